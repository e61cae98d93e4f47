"""How staff pages are made of templates: everything in them is escaped, and a name that is missing is a mistake."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from helptree.staff.words import label


@cache
def environment(folder: Path) -> Environment:
    """Return what renders the templates of a folder; `word` is known in each."""
    made = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["word"] = label
    return made
