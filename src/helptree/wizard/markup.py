"""Texts as HTML: authors' Markdown, marked with its language where that is not the page's.

Texts reach the page by `st.html` and our own Markdown, never by `st.markdown`: Streamlit's would read colours,
formulas, icons and emoji codes into them. Buttons know no other way than a Markdown label: see `plain_label`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from helptree.locales import Language
from helptree.translator import Text

# Stands between letters without being seen: keeps what looks like an emoji code or an arrow from becoming one.
_JOINER = "\u2060"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ARROW = re.compile(r"(?<=[<>=-])(?=[<>=-])")
_LINE_END = re.compile(r"[ \t\r\n]+")  # not every space: French holds its marks by one that does not break
_ICON = re.compile(r"(?<=:)(?=[\w+/-]+:)")


@cache
def _parser() -> MarkdownIt:
    """Return a parser for CommonMark with HTML and images off; links to our own pages and https only."""
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading", "code", "hr"])


def _set_targets(tokens: list[Token]) -> None:
    for token in tokens:
        if token.type == "link_open" and str(token.attrs.get("href", "")).startswith("https:"):
            token.attrs["target"] = "_blank"
        _set_targets(token.children or [])


@lru_cache(4096)
def inline_html(markdown: str) -> str:
    """Return one line of Markdown as HTML without a paragraph around it."""
    tokens = _parser().parseInline(markdown)
    _set_targets(tokens)
    return str(_parser().renderer.render(tokens, _parser().options, {}))


@lru_cache(4096)
def block_html(markdown: str) -> str:
    """Return paragraphs of Markdown as HTML."""
    tokens = _parser().parse(markdown)
    _set_targets(tokens)
    return str(_parser().renderer.render(tokens, _parser().options, {}))


@lru_cache(4096)
def plain_text(markdown: str) -> str:
    """Return the words of one line of Markdown."""
    parts: list[str] = []

    def collect(tokens: list[Token]) -> None:
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                parts.append(" ")
            elif token.children:
                collect(token.children)
            else:
                parts.append(token.content)

    collect(_parser().parseInline(markdown))
    return "".join(parts)


@lru_cache(4096)
def plain_label(words: str) -> str:
    """Escape plain words for a Streamlit label, so that they are shown as they are."""
    words = _ICON.sub(_JOINER, _ARROW.sub(_JOINER, _LINE_END.sub(" ", words).strip(" ")))
    return _PUNCTUATION.sub(r"\\\1", words)


def attributes(**values: str | None) -> str:
    """Return HTML attributes, escaped; `_` stands for `-`, and None leaves one out."""
    return "".join(
        f' {name.strip("_").replace("_", "-")}="{escape(value)}"' for name, value in values.items() if value is not None
    )


def tag(name: str, inner: str, **values: str | None) -> str:
    """Return an element around inner HTML."""
    return f"<{name}{attributes(**values)}>{inner}</{name}>"


def language_of(text: Text, page: str, languages: Mapping[str, Language]) -> dict[str, str | None]:
    """Return the attributes that mark a text in another language than the page's."""
    if text.locale == page:
        return {}
    language = languages.get(text.locale)
    return {"lang": text.locale, "dir": language.direction if language else "auto"}
