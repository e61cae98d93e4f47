"""Makes HTML of templates/: everything in it is escaped, but for what `sides` made safe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from helptree.staff.html import environment
from helptree.wizard.staff.address import PAGES

_TEMPLATES = Path(__file__).with_name("templates")


def render(template: str, **values: Any) -> str:
    """Return one part of a page."""
    made = environment(_TEMPLATES).get_template(f"{template}.html.j2")
    return made.render(replace=replace, pages=PAGES, **values)
