"""A Python-Markdown extension that takes raw HTML away: what looks like a tag is shown as text."""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.extensions import Extension


class NoHtml(Extension):
    """Removes the two places where Python-Markdown lets HTML through."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")


def makeExtension(**options: Any) -> NoHtml:
    """Named so by Python-Markdown, which calls it."""
    return NoHtml(**options)
