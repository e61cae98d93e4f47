"""Checks built pages against an allow-list: the last barrier, behind checks/ and the Writer.

Inside the article only elements, attributes and addresses that our pages need; on the whole page nothing fetched
from another host, one first heading, the right language and direction, no left-over placeholder or key.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from html import unescape
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
# What Material's own frame around the article is made of.
FRAME = frozenset(
    ["html", "head", "meta", "base", "title", "link", "script", "style", "body", "header", "main", "article", "footer",
     "aside", "section", "span", "form", "label", "input", "button", "svg", "path", *ELEMENTS]
)  # fmt: skip
# Scripts of these types are data: no browser runs them, and no policy asks for their hash.
_DATA = frozenset(["application/json", "application/ld+json"])
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_]*\}|\{\{|\{%|\{:|\{#")
_KEY = re.compile(r"\b(?:ui|tree|status|question|outcome|remedy|message)\.[a-z0-9-]+\.[a-z][a-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class PageRules:
    """What the pages of one locale must be like. `hosts`: those that a text may link to."""

    locale: str
    direction: str
    hosts: frozenset[str]


@dataclass(slots=True)
class PageFacts:
    """What a page holds. `found`: what is wrong with it; `links`, `anchors`: hrefs and ids; `inline`: what a content
    security policy has to allow, such as `script 'sha256-...'`."""

    found: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)


# Strict on purpose: a `<` that is not the start of one of these is a finding, so that no browser reads a page
# in another way than this check does.
_TAG = re.compile(
    r"""<!--(?:(?!-->|<!--).)*-->|<!doctype\ html>
    |<(/?)([a-z][a-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*/?>""",
    re.I | re.S | re.X,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_RAW = frozenset(["script", "style"])
# Code and messages show words as they are: braces there are nobody's left-overs.
_VERBATIM = frozenset(["code", *_RAW])


@dataclass(frozen=True, slots=True)
class _Tag:
    """A start tag, judged. `inside`, `outside`: what is wrong with it in the article, and around it."""

    name: str
    values: Mapping[str, str]
    links: tuple[str, ...]
    inside: tuple[str, ...]
    outside: tuple[str, ...]


@lru_cache(maxsize=16)
def _known_tags(hosts: frozenset[str]) -> dict[str, _Tag]:
    """Return the tags judged so far: the language has no say in them, but the hosts have."""
    return {}


class _Checker:
    """Judges pages of one locale. Tags are remembered: most of a page's stand on every other page, too."""

    def __init__(self, rules: PageRules) -> None:
        self.rules = rules
        self._tags = _known_tags(rules.hosts)

    def tag(self, text: str, name: str, attributes: str) -> _Tag:
        """Return a start tag, judged."""
        if text not in self._tags:
            self._tags[text] = self._judge(name.lower(), attributes)
        return self._tags[text]

    def _judge(self, name: str, attributes: str) -> _Tag:
        values: dict[str, str] = {}
        found = []
        for key, *alternatives in _ATTRIBUTE.findall(attributes):
            if key.lower() in values:
                found.append(f"the attribute {key!r} of <{name}> is given twice")
            values.setdefault(key.lower(), unescape("".join(alternatives)))
        found += self._fetches(name, values)
        links = tuple(values[key] for key in ("href", "src") if values.get(key) and name != "base")
        inside, outside = (*found, *self._in_article(name, values)), (*found, *self._in_frame(name, values))
        return _Tag(name, values, links, inside, outside)

    @staticmethod
    def _fetches(tag: str, values: Mapping[str, str]) -> Iterator[str]:
        for name, value in values.items():
            fetches = name in FETCHED or (tag == "link" and name == "href" and values.get("rel") != "canonical")
            if fetches and value and _is_foreign(value):
                yield f"<{tag}> would fetch {value!r}"

    def _in_article(self, tag: str, values: Mapping[str, str]) -> Iterator[str]:
        if tag not in ELEMENTS:
            yield f"the element <{tag}> is not allowed"
        if tag == "img" and not (values.get("alt") and _PICTURE.fullmatch(values.get("src", ""))):
            yield f"the picture {values.get('src')!r} is none of ours, or has no words"
        for name, value in values.items():
            if name not in (_IMAGE_ATTRIBUTES if tag == "img" else ATTRIBUTES):
                yield f"the attribute {name!r} of <{tag}> is not allowed"
            elif name == "href" and not self._is_allowed_target(value):
                yield f"a link may not go to {value!r}"

    @staticmethod
    def _in_frame(tag: str, values: Mapping[str, str]) -> Iterator[str]:
        if tag not in FRAME:
            yield f"the element <{tag}> is not allowed"
        for name, value in values.items():
            # Our policy stops both in the browser; here they are seen before anybody is served.
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"the attribute {name!r} of <{tag}> is not allowed"

    def _is_allowed_target(self, target: str) -> bool:
        parts = urlsplit(target.strip())
        if parts.scheme == "https":
            return parts.netloc in self.rules.hosts
        return parts.scheme in ("mailto", "tel") or not (parts.scheme or parts.netloc or target.startswith("\\"))


class _Reader:
    """Reads a page, or a part of one. `inside`: the part stands in the article; `words`: to be judged with its own."""

    def __init__(self, checker: _Checker, html: str, *, inside: bool = False, words: str = "") -> None:
        self.checker, self.html = checker, html
        self.facts = PageFacts()
        self._first_headings = self._verbatim = 0
        self._inside = self._article = int(inside)
        self._languages: list[tuple[str | None, str | None]] = []
        self._words: list[str] = [words]

    def read(self, headings: int = 1) -> PageFacts:
        """Return what the page or part holds, and what is wrong with it. `headings`: first ones that it must have."""
        self._read()
        judged = [*self._find_left_overs(), *self._find_headings(headings), *self._find_languages()]
        self.facts.found = list(dict.fromkeys([*self.facts.found, *judged]))
        return self.facts

    def _read(self) -> None:
        html, place, find = self.html, 0, _TAG.search
        while found := find(html, place):
            if (text := html[place : found.start()]) and text != "\n":
                self._text(text)
            place = found.end()
            if found[2]:
                place = self._element(found, place)
        self._text(html[place:])

    def _element(self, found: re.Match[str], place: int) -> int:
        """Take in a tag; return where reading goes on."""
        if found[1]:
            name = found[2].lower()
            self._article -= name == "article"
            if self._article < self._inside:
                self.facts.found.append("the article ends before its end")
            self._verbatim -= name in _VERBATIM
            return place
        tag = self.checker.tag(found[0], found[2], found[3])
        self._start(tag)
        return self._raw(tag, place) if tag.name in _RAW else place

    def _start(self, tag: _Tag) -> None:
        facts, values = self.facts, tag.values
        facts.found += tag.inside if self._article else tag.outside
        facts.links += tag.links
        if id_ := values.get("id"):
            facts.anchors.append(id_)
        self._first_headings += tag.name == "h1"
        if tag.name == "html":
            self._languages.append((values.get("lang"), None))
        if tag.name == "body":
            self._languages.append((None, values.get("dir")))
        self._article += tag.name == "article"
        self._verbatim += tag.name in _VERBATIM

    def _raw(self, tag: _Tag, place: int) -> int:
        """Take in a script or a style as it stands; return where its end tag begins."""
        end = self.html.find(f"</{tag.name}>", place)
        text = self.html[place:end]
        if end < 0 or "<!--" in text:
            self.facts.found.append(f"a <{tag.name}> can't be read")
            return len(self.html)
        if "src" not in tag.values and tag.values.get("type") not in _DATA:
            self.facts.inline.append(f"{tag.name} '{_hash(text)}'")
        return end

    def _text(self, text: str) -> None:
        if "<" in text:
            self.facts.found.append(f"this can't be read as HTML: {text[text.index('<') :][:40]!r}")
        if not self._verbatim and text and not text.isspace():
            self._words.append(text)

    def _find_left_overs(self) -> Iterator[str]:
        words = unescape("\n".join(self._words))
        for pattern, what in ((_PLACEHOLDER, "a placeholder is not filled in"), (_KEY, "a key stands in for its text")):
            yield from (f"{what}: {found[0]!r}" for found in pattern.finditer(words))

    def _find_headings(self, wanted: int) -> Iterator[str]:
        if self._first_headings != wanted:
            yield f"there are {self._first_headings} first headings (h1), not {'one' if wanted else 'none'}"

    def _find_languages(self) -> Iterator[str]:
        rules = self.checker.rules
        expected = [(rules.locale, None), (None, rules.direction)]
        if self._languages != expected and not self._inside:
            yield f"language and direction are {self._languages}, not {expected}"


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _is_foreign(address: str) -> bool:
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme not in ("", "data")


_checker = lru_cache(maxsize=64)(_Checker)


def inspect_page(html: str, rules: PageRules) -> PageFacts:
    """Return what a built page holds, and what is wrong with it."""
    return _Reader(_checker(rules), html).read()


def inspect_shell(html: str, rules: PageRules) -> PageFacts:
    """Return the same for a page that has no article yet."""
    return _Reader(_checker(rules), html).read(headings=0)


def inspect_article(html: str, title: str, rules: PageRules) -> PageFacts:
    """Return the same for what stands inside of an article. `title`: the page's, whose words are judged as well."""
    return _Reader(_checker(rules), html, inside=True, words=title).read()


def check_page(html: str, rules: PageRules) -> list[str]:
    """Return what is wrong with a built page."""
    return inspect_page(html, rules).found
