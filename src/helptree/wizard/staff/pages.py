"""Makes HTML of templates/: everything in it is escaped, but for what `sides` made safe."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helptree.staff.words import label
from helptree.wizard.staff.address import PAGES


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(word=label, replace=replace, pages=PAGES)
    return environment


def render(template: str, **values: Any) -> str:
    """Return one part of a page."""
    return _environment().get_template(f"{template}.html.j2").render(**values)
