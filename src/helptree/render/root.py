"""What stands above the locales: the language page at `/`, the 404 page of the root, robots.txt and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helptree.render.frame import Frame, make_frame
from helptree.render.root_files import root_files
from helptree.translator import Translator

Complete = Mapping[str, Mapping[str, bool]]


def write_root(translators: Iterable[Translator], complete: Complete, folder: Path, site_url: str) -> None:
    """Write the files at the site's root. `complete`: locale -> address -> nothing on that page fell back."""
    translators = list(translators)
    frames = [make_frame(translator) for translator in translators]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("languages.html.j2")
    root = urlsplit(site_url).path.rstrip("/") + "/"
    _write(folder / "index.html", template.render(frames=frames, missing=False, base=""))
    _write(folder / "404.html", template.render(frames=frames, missing=True, base=root))
    for name, content in root_files(translators, site_url):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    _write(folder / "robots.txt", robots(site_url))
    if site_url:
        _write(folder / "sitemap.xml", sitemap(frames, complete, site_url.rstrip("/") + "/"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def robots(site_url: str) -> str:
    """Return a robots.txt that lets everybody in; it counts only at the root of a host."""
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, f"Sitemap: {site_url.rstrip('/')}/sitemap.xml"] if site_url else lines) + "\n"


def sitemap(frames: list[Frame], complete: Complete, root: str) -> str:
    """Return the sitemap of all fully translated pages, each with its other languages and the default one."""
    source = frames[0].source_locale
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for address in complete[source]:
        published = [frame.locale for frame in frames if complete[frame.locale].get(address)]
        # The language page is the default of the home pages only.
        links = [(locale, f"{root}{locale}/{address}") for locale in published]
        links.append(("x-default", f"{root}{source}/{address}" if address else root))
        alternates = "".join(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{url}"/>' for tag, url in links)
        lines += [f"<url><loc>{root}{locale}/{address}</loc>{alternates}</url>" for locale in published]
    return "\n".join([*lines, f"<url><loc>{root}</loc></url>", "</urlset>", ""])
