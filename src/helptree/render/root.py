"""The pages above the locales: the language page at `/`, and the 404 page of the root."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helptree.render.frame import make_frame
from helptree.translator import Translator


def root_pages(translators: Iterable[Translator], site_url: str) -> Iterator[tuple[str, str]]:
    """Yield name and HTML of each page."""
    frames = [make_frame(translator) for translator in translators]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("languages.html.j2")
    root = urlsplit(site_url).path.rstrip("/") + "/"
    yield "index.html", template.render(frames=frames, missing=False, base="")
    yield "404.html", template.render(frames=frames, missing=True, base=root)
