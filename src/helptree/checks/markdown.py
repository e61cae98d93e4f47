"""Checks Markdown as untrusted text: no HTML, no templates, links only where they may go.

The parser is markdown-it, with its own link filter off so that a hidden scheme is seen and told instead of
shown as text. The built HTML is checked again against an allow list (see site.py), because the site uses
another parser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_BRACKETS = 20
Finding = tuple[int, str, dict[str, Any]]

# Most texts need no parser: without one of these characters, and without a line that begins as a block does, there is
# no link, HTML or block. Sets and plain beginnings, which are searched ten times as fast as alternatives.
_MARKUP = re.compile(r"[<\[|\r]")
_BLOCK_BEGINS = re.compile(
    r"\n\s*(?:[-+*>=]+(?:\s|\Z)|[0-9]+[.)](?:\s|\Z)|[>#]|```|~~~|[-=_*]{3}|_[ \t]*_)|\n(?:[ \t]{4}|[ ]*\t)"
)
# A link to one of our own pages, of which the ids are all there is to judge.
_OWN_LINK = re.compile(r"(?<!!)\[[^\s\[\]\\`<>&][^\n\[\]\\`<>&]*\]\((ref|term):([a-z0-9-]+)\)")
# And without one of these no template, include or hidden scheme; code is blanked before these are looked for.
_MAY_BE_RAW = re.compile(r"<|\$|\{[{%#:.\s`]|\[\^|!include|\.\. include|:(?<=[tTaA\s`]:)")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S)
_TEMPLATE = re.compile(r"\{\{.*?(\}\}|$)|\{%.*?(%\}|$)|\{#.*?(#\}|$)|\$\{[^}]*\}?|<%.*?(%>|$)|\$\([^)]*\)", re.S)
_ATTR_LIST = re.compile(r"\{:[^}]*\}?|\{\s*[.#][\w-]+[^}]*\}")
_INCLUDE = re.compile(r"^[ \t]*(-+8<-+|;*--8<--|!include\b|\.\. include::)", re.M)
# "data: 3 maggio" is a date in Italian; a data address names a media type, or begins with a mark.
_BAD_SCHEME = re.compile(r"\b(?:(?:javascript|vbscript)\s*:\s*\S|data\s*:\s*(?:[a-z]+/[a-z]|[;,]))", re.I)
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_HTML = re.compile(r"<(?!https:|mailto:)[a-zA-Z/!?][^>\n]*>?")
# Capitals only: `todo` is Spanish for "all".
_MAYBE_UNFINISHED = re.compile(r"TODO|FIXME|XXX|TBD|TRANSLATE ME|l[oO][rR][eE][mM]|L[oO][rR][eE][mM]")
_UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|TBD|TRANSLATE ME)\b|(?i:lorem ipsum)")


@dataclass(frozen=True, slots=True)
class LinkRules:
    """Where links may go. `pages`: ids for `ref:`; `terms`: ids for `term:`; `hosts`: allowed https hosts."""

    pages: frozenset[str]
    terms: frozenset[str] = field(default_factory=frozenset)
    hosts: frozenset[str] = field(default_factory=frozenset)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # costly, and most texts need no parser

    parser = MarkdownIt("commonmark", {"linkify": False}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def find_in_text(text: str, rules: LinkRules) -> Iterator[Finding]:
    """Yield `(line offset, code, names)` for a text in which only words, bold, code and links are allowed."""
    if _needs_parser(text, rules):
        yield from _find(text, rules, blocks=False)
    elif _MAY_BE_RAW.search(text):
        yield from _find_raw(text)


def _needs_parser(text: str, rules: LinkRules) -> bool:
    if _BLOCK_BEGINS.search(f"\n{text}"):
        return True
    if not _MARKUP.search(text):
        return False
    targets = _OWN_LINK.findall(text)
    if len(targets) > MAX_BRACKETS or len(targets) != text.count("[") or any(char in text for char in "<|\r"):
        return True
    return not all(id_ in (rules.pages if kind == "ref" else rules.terms) for kind, id_ in targets)


def find_in_page(text: str, rules: LinkRules) -> Iterator[Finding]:
    """Yield findings for a hand-written page: blocks are allowed, with exactly one first heading."""
    if text.startswith("---"):
        yield 0, "front-matter-forbidden", {}
        return
    yield from _find(text, rules, blocks=True)


def _find(text: str, rules: LinkRules, *, blocks: bool) -> Iterator[Finding]:
    brackets = _deepest_brackets(text)
    if brackets > MAX_BRACKETS:
        yield 0, "too-nested", {"count": brackets}
        return
    yield from _find_raw(text)
    tokens = _parser().parse(text)
    anchors = {_slug(tokens[i + 1].content) for i, token in enumerate(tokens) if token.type == "heading_open"}
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield line, "html-forbidden", {"what": _shorten(token.content)}
        elif token.type == "inline":
            yield from ((line, code, names) for code, names in _find_inline(token, rules, anchors, blocks))
        elif not blocks and (what := _BLOCKS.get(token.type)):
            yield line, "block-markdown", {"what": what}
    if blocks:
        yield from _check_headings(tokens)


_BLOCKS = {
    "heading_open": "a heading",
    "bullet_list_open": "a list",
    "ordered_list_open": "a numbered list",
    "blockquote_open": "a quotation",
    "table_open": "a table",
    "fence": "a code block",
    "code_block": "an indented code block",
    "hr": "a rule",
}


def _deepest_brackets(text: str) -> int:
    """Return how many [ are open at once: link parsing costs more than their square."""
    depth = deepest = 0
    for char in text:
        if char == "[":
            depth += 1
            deepest = max(deepest, depth)
        elif char == "]" and depth:
            depth -= 1
    return deepest


def _find_raw(text: str) -> Iterator[Finding]:
    """Find what is no Markdown at all but would be run by a plugin or a template, outside of code."""
    bare = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    for pattern, code in _RAW_RULES:
        for match in pattern.finditer(bare):
            names = {"what": _shorten(match.group()), "value": _shorten(match.group())}
            yield bare.count("\n", 0, match.start()), code, dict(names)


_RAW_RULES = (
    (_TEMPLATE, "template-syntax"),
    (_ATTR_LIST, "attr-list-forbidden"),
    (_INCLUDE, "include-forbidden"),
    (_FOOTNOTE, "dead-link"),
    (_BAD_SCHEME, "link-scheme"),
    (_HTML, "html-forbidden"),
)


def _find_inline(
    token: Token, rules: LinkRules, anchors: set[str], blocks: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    children = token.children or []
    for index, child in enumerate(children):
        if child.type == "link_open":
            yield from check_target(str(child.attrs.get("href", "")), rules, anchors)
            if not _has_text(children[index + 1 :]):
                yield "a11y-link-name", {}
        elif child.type == "image":
            yield from _check_image(child, blocks)


def _has_text(children: list[Token]) -> bool:
    for child in children:
        if child.type == "link_close":
            return False
        if child.content.strip():
            return True
    return False


def _check_image(image: Token, blocks: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    source = str(image.attrs.get("src", ""))
    if not image.content.strip():
        yield "a11y-image-alt", {}
    if ":" in source or source.startswith("//"):
        yield "link-scheme", {"value": _shorten(source)}
    elif not blocks:
        yield "block-markdown", {"what": "an image"}


def check_target(
    target: str, rules: LinkRules, anchors: set[str] | frozenset[str] = frozenset()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is wrong with a link's target."""
    href = unquote(target).strip()
    scheme, separator, rest = href.partition(":")
    scheme = re.sub(r"[\x00-\x20]", "", scheme).lower()
    if not href:
        yield "dead-link", {"value": ""}
    elif href.startswith("#"):
        if href[1:] not in anchors:
            yield "dead-link", {"value": href}
    elif scheme in ("ref", "term") and separator:
        if rest not in (rules.pages if scheme == "ref" else rules.terms):
            yield "dead-link", {"value": href}
    elif scheme in ("mailto", "tel") and separator:
        return
    elif scheme == "https" and separator:
        yield from _check_host(href, rules)
    elif separator and re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
        yield "link-scheme", {"value": _shorten(href)}
    else:
        yield "dead-link", {"value": _shorten(href)}


def _check_host(href: str, rules: LinkRules) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        parts = urlsplit(href)
        host, user, port = parts.hostname or "", parts.username, parts.port
    except ValueError:
        host, user, port = "", None, None
    if host not in rules.hosts or user is not None or port is not None or not host.isascii():
        yield "link-host", {"value": host or _shorten(href)}


def _slug(heading: str) -> str:
    """Return the anchor that the site gives a heading (Python-Markdown's default slug)."""
    value = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", value).strip().lower())


def _check_headings(tokens: list[Token]) -> Iterator[Finding]:
    before = 0
    for token in tokens:
        if token.type != "heading_open":
            continue
        level, line = int(token.tag[1]), token.map[0] if token.map else 0
        if level == 1 and before:
            yield line, "a11y-heading-order", {"why": "a second first heading"}
        elif level > before + 1 and before:
            yield (
                line,
                "a11y-heading-order",
                {"why": f"a heading of level {level} follows one of level {before}"},
            )
        before = level
    if not before:
        yield 0, "a11y-heading-order", {"why": "the page has no first heading"}


def find_unfinished(text: str) -> str:
    """Return a left-over marker of unfinished work in a text, or ''."""
    found = _MAYBE_UNFINISHED.search(text) and _UNFINISHED.search(text)
    return found.group() if found else ""


def _shorten(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
