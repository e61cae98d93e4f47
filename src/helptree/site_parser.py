"""The Markdown parser of the site: Python-Markdown, told not to look for marks in words that have none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

# What Python-Markdown's own patterns need to act, and their names. With another pattern registered, all are tried.
_ACTED_ON = re.compile(r"[\\`*_\[\]<&!]|  \n")
_OWN = frozenset(
    ["backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref",
     "autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong", "em_strong2"]
)  # fmt: skip


class _QuickInline(InlineProcessor):
    """Leaves words without marks alone, where the original tries each of sixteen patterns on them."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if not _ACTED_ON.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc,no-any-return]


def make_parser(extensions: Sequence[str], configs: Mapping[str, Any]) -> Markdown:
    """Return a parser that gives the same HTML as MkDocs' own; it may be used for many pages."""
    parser = Markdown(extensions=extensions, extension_configs=configs)
    names = {item.name for item in parser.inlinePatterns._priority}  # type: ignore[attr-defined]
    if names <= _OWN and hasattr(InlineProcessor, "_InlineProcessor__handleInline"):
        parser.treeprocessors.register(_QuickInline(parser), "inline", 20)
    return parser
