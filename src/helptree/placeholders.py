"""Placeholders: `{name}` in a text."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def names_in(text: str) -> list[str]:
    """Return the names of a text's placeholders in order, repetitions included."""
    return PLACEHOLDER.findall(text) if "{" in text else []
