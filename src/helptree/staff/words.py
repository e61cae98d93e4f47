"""The staff reference's own labels, in English alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("words.yaml")


@cache
def labels() -> dict[str, str]:
    """Return all labels by name."""
    return dict(yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))


def label(name: str) -> str:
    """Return a label. Raises KeyError for a name that is not in words.yaml."""
    return labels()[name]
