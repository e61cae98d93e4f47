"""Turns texts that nobody trusts into Markdown that can only be words, bold, emphasis, code and links.

The second barrier: checks/ has refused everything else already. A text is read by a CommonMark parser without
HTML, and what it says is written anew, every other character that Python-Markdown could act on disarmed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from helptree.addresses import GLOSSARY
from helptree.render.plain import one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Whatever Python-Markdown or one of its extensions acts on inside a line.
_SPECIAL = re.compile(r"[\\`*_{}\[\]#<>&|~]")
# What begins a list, a heading, a box, a quotation or a definition, but only at the start of a line.
_LINE_START = re.compile(r"[-+=?:/!]")
_NUMBERED = re.compile(r"(\d+)([.)])")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S)
_FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1[`~]*\s*$", re.S | re.M)
# Whatever CommonMark acts on inside a line.
_MARKED = re.compile(r"[\\`*_\[\]<&!\n]")
_SAFE_TARGET = re.compile(r"(https://|mailto:|tel:|#)[^\s<>\"'`{}]*\Z", re.I)

AddressOf = Callable[[str], str]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # costly, and words without marks need no parser

    return MarkdownIt("commonmark", {"html": False}).disable(["image", "autolink"])


def escape(text: str) -> str:
    """Return words as Markdown that shows exactly these words, on one line."""
    text = _disarm(one_line(text))
    if numbered := _NUMBERED.match(text):
        return f"{numbered[1]}&#{ord(numbered[2])};{text[numbered.end() :]}"
    return _entity(text[0]) + text[1:] if _LINE_START.match(text) else text


def _entity(char: str) -> str:
    return f"&#{ord(char)};"


def _disarm(text: str) -> str:
    # The two control characters are Python-Markdown's own marks.
    text = text.replace("\2", "").replace("\3", "")
    return _SPECIAL.sub(lambda found: _entity(found[0]), text)


def inline(text: str, address_of: AddressOf) -> str:
    """Return a text's words, bold, emphasis, code and links as safe Markdown on one line."""
    text = one_line(text)
    if text and not _MARKED.search(text):
        # No mark of Markdown in it: the parser would return these very words, later.
        return escape(text) + _blank_end(text)
    tokens = _parser().parseInline(text)
    return _write(tokens[0].children or [], address_of) if tokens else ""


def paragraphs(text: str, address_of: AddressOf) -> list[str]:
    """Return each paragraph of a text as safe Markdown on one line."""
    return [inline(part, address_of) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _write(tokens: Sequence[Token], address_of: AddressOf) -> str:
    out: list[str] = []
    targets: list[str] = []
    for token in tokens:
        if token.type == "code_inline":
            out.append(_code(token.content))
        elif token.type == "link_open":
            targets.append(_target(str(token.attrs.get("href", "")), address_of))
            out.append("[")
        elif token.type == "link_close":
            out.append(f"]({targets.pop()})")
        elif token.type in _MARKS:
            out.append(_MARKS[token.type])
        elif token.type in ("softbreak", "hardbreak"):
            out.append(" ")
        else:
            # Only the very first words can begin a block.
            out.append(_disarm(token.content) if out else escape(token.content) + _blank_end(token.content))
    return "".join(out)


_MARKS = {"strong_open": "**", "strong_close": "**", "em_open": "*", "em_close": "*"}


def _blank_end(text: str) -> str:
    return " " if text[-1:] == " " else ""


def _code(content: str) -> str:
    ticks = "`" * (max(map(len, re.findall("`+", content)), default=0) + 1)
    pad = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{ticks}{pad}{content}{pad}{ticks}"


def _target(href: str, address_of: AddressOf) -> str:
    scheme, _, rest = href.partition(":")
    if scheme in ("ref", "term"):
        return address_of(rest if scheme == "ref" else f"{GLOSSARY}#{rest}")
    if not _SAFE_TARGET.match(href):
        raise ValueError(f"a link may not go to {href!r}")
    return href.replace("(", "%28").replace(")", "%29")


def page_markdown(text: str, address_of: AddressOf) -> str:
    """Return a hand-written page with its `ref:` links resolved and attribute lists and boxes disarmed.

    Raw HTML needs no care here: the site's Markdown has no HTML (see no_html.py).
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\2{len(kept) - 1}\3"

    bare = _CODE.sub(keep, _FENCE.sub(keep, text.replace("\2", "").replace("\3", "")))
    bare = bare.replace("{", "\\{").replace("}", "\\}")
    bare = re.sub(r"^(\s*)(!{3}|\?{3})", r"\1\\\2", bare, flags=re.M).replace("\\???", "&#63;??")
    bare = re.sub(r"\]\(\s*([^)\s]+)\s*\)", lambda found: f"]({_target(found[1], address_of)})", bare)
    return re.sub("\2(\\d+)\3", lambda found: kept[int(found[1])], bare)
