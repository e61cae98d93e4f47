"""Checks built pages against an allow-list: the last barrier, behind checks/ and the Writer.

Inside the article only elements, attributes and addresses that our pages need; on the whole page nothing fetched
from another host, one first heading, the right language and direction, no left-over placeholder or key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

_TEXT = ["a", "p", "strong", "em", "code", "pre", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6"]
_BLOCKS = ["ul", "ol", "li", "div", "nav", "details", "summary", "blockquote"]
_TABLE = ["table", "thead", "tbody", "tr", "th", "td"]
ELEMENTS = frozenset(["img", *_TEXT, *_BLOCKS, *_TABLE])
# An image is one of our own pictures, beside the page or above it.
_IMAGE_ATTRIBUTES = frozenset(["src", "alt", "width", "height", "loading", "class"])
_PICTURE = re.compile(r"(\.\./)*(pictures/)?[a-z0-9-]+\.svg")
ATTRIBUTES = frozenset(["class", "id", "href", "lang", "dir", "title", "aria-label", "open", "align"])
# Attributes that make a browser fetch something without being asked.
FETCHED = frozenset(["src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href"])
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}|\{\{|\{%|\{:|\{#")
_KEY = re.compile(r"\b(?:ui|tree|status|question|outcome|remedy|message)\.[a-z0-9-]+\.[a-z][a-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class PageRules:
    """What the pages of one locale must be like. `hosts`: those that a text may link to."""

    locale: str
    direction: str
    hosts: frozenset[str]


@dataclass
class _Reader(HTMLParser):
    rules: PageRules
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.first_headings = 0
        self._article = 0
        self._verbatim = 0
        self._languages: list[tuple[str | None, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.first_headings += tag == "h1"
        if tag == "html":
            self._languages.append((values.get("lang"), None))
        if tag == "body":
            self._languages.append((None, values.get("dir")))
        self._check_fetched(tag, values)
        if self._article:
            self._check_allowed(tag, values)
        self._article += tag == "article"
        # Code and messages show words as they are: braces there are nobody's left-overs.
        self._verbatim += tag in ("script", "style", "code")

    def handle_endtag(self, tag: str) -> None:
        self._article -= tag == "article"
        self._verbatim -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        if self._verbatim:
            return
        for pattern, what in ((_PLACEHOLDER, "a placeholder is not filled in"), (_KEY, "a key stands in for its text")):
            if match := pattern.search(data):
                self.found.append(f"{what}: {match[0]!r}")

    def _check_fetched(self, tag: str, values: dict[str, str | None]) -> None:
        for name, value in values.items():
            fetches = name in FETCHED or (tag == "link" and name == "href" and values.get("rel") != "canonical")
            if fetches and value and _is_foreign(value):
                self.found.append(f"<{tag}> would fetch {value!r}")

    def _check_allowed(self, tag: str, values: dict[str, str | None]) -> None:
        if tag not in ELEMENTS:
            self.found.append(f"the element <{tag}> is not allowed")
        if tag == "img" and not (values.get("alt") and _PICTURE.fullmatch(values.get("src") or "")):
            self.found.append(f"the picture {values.get('src')!r} is none of ours, or has no words")
        for name, value in values.items():
            if name not in (_IMAGE_ATTRIBUTES if tag == "img" else ATTRIBUTES):
                self.found.append(f"the attribute {name!r} of <{tag}> is not allowed")
            elif name == "href" and not self._is_allowed_target(value or ""):
                self.found.append(f"a link may not go to {value!r}")

    def _is_allowed_target(self, target: str) -> bool:
        parts = urlsplit(target.strip())
        if parts.scheme == "https":
            return parts.netloc in self.rules.hosts
        return parts.scheme in ("mailto", "tel") or not (parts.scheme or parts.netloc or target.startswith("\\"))

    def verdict(self) -> Iterator[str]:
        yield from dict.fromkeys(self.found)
        if self.first_headings != 1:
            yield f"there are {self.first_headings} first headings (h1), not one"
        expected = [(self.rules.locale, None), (None, self.rules.direction)]
        if self._languages != expected:
            yield f"language and direction are {self._languages}, not {expected}"


def _is_foreign(address: str) -> bool:
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def check_page(html: str, rules: PageRules) -> list[str]:
    """Return what is wrong with a built page."""
    reader = _Reader(rules)
    reader.feed(html)
    reader.close()
    return list(reader.verdict())


def check_pages(folder: Path, rules: PageRules) -> list[str]:
    """Return what is wrong with all built pages of a locale, each with its file."""
    found = []
    for path in sorted(folder.rglob("*.html")):
        for message in check_page(path.read_text(encoding="utf-8"), rules):
            found.append(f"{rules.locale}/{path.relative_to(folder).as_posix()}: {message}")
    return found
