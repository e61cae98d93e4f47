"""Markdown as plain text, for terminals and attributes."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[([^\]]*)\]\(\s*([^)\s]*)\s*\)")
_BLANKS = re.compile(r"[ \t\r\n]+")
_MARKS = re.compile(r"\*\*|__|`")


def one_line(text: str) -> str:
    """Fold line breaks and runs of blanks; no-break spaces, which French and others need, stay as they are."""
    if "  " not in text and text.isprintable():
        # Nothing to fold, as in most texts: line breaks and tabs are not printable.
        return text.strip(" ")
    return _BLANKS.sub(" ", text).strip(" \t\r\n")


def to_plain(markdown: str) -> str:
    """Return the words alone; an outside address follows its link in brackets, a `ref:` is left out."""
    return _MARKS.sub("", _LINK.sub(_link, markdown))


def _link(match: re.Match[str]) -> str:
    words, target = match.groups()
    return words if target.startswith(("ref:", "term:", "#")) else f"{words} ({target})"
