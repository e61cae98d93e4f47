"""What stands around the articles of a locale: the theme's page, rendered once for each kind of page, with gaps.

Material's templates cost more than all the rest of a page, and give the same for each but for a few words. MkDocs
renders a page whose words are marks (site_pages.py); here the marks are gaps, and pages fill them. Tests compare with
pages that MkDocs has made whole.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from helptree.html_check import PageFacts, PageRules, inspect_article, inspect_shell
from helptree.render.article import article_html, data_script, relative
from helptree.render.quick import quick_html
from helptree.render.quick_inline import NotQuick
from helptree.site_search import search_entries

# Letters alone: whatever a template does to words and addresses, it leaves these as they are.
GAPS = ("title", "description", "url", "heading", "data", "article")
NOT_FOUND = "404.html"
_MARK = re.compile("zqgap([a-z]+)zq")
_WORDS_WITH_MARKUP = re.compile(r"[<>\"]")
_PLAIN_NAME = re.compile(r"[\w./-]*")


class BuildFault(Exception):
    """MkDocs complained. `messages`: each complaint."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__("\n".join(messages))


def mark(gap: str) -> str:
    """Return what stands for a gap while the theme renders a page."""
    return f"zqgap{gap}zq"


class ShellKind(NamedTuple):
    """What a theme may decide by. `depth`: folders between the page and its locale's root, 0 for the home page."""

    depth: int
    is_complete: bool
    is_described: bool
    has_data: bool

    @property
    def url(self) -> str:
        """An address of such a page, with a mark in it."""
        return f"{mark('url')}/" * self.depth

    @classmethod
    def of(cls, address: str, meta: Mapping[str, Any]) -> ShellKind:
        """Return the kind of a page."""
        complete, described = bool(meta.get("complete", True)), bool(meta.get("description"))
        return cls(address.count("/"), complete, described, bool(meta.get("data")))


@dataclass(frozen=True, slots=True)
class ShellSettings:
    """What the configuration says. `is_plain`: nothing in it but what we know of has a say in articles; `root`: the
    site's address, '' when nobody knows it; `wizard`: where it stands; `search`: what the search index begins with."""

    is_plain: bool
    root: str
    wizard: str
    search: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shell:
    """A page with gaps. `parts`: HTML and names of gaps, in turn; `facts`: what is known of it without an article."""

    parts: tuple[str, ...]
    facts: PageFacts

    def fill(self, words: Mapping[str, str]) -> str:
        """Return the page."""
        parts = list(self.parts)
        parts[1::2] = [words[gap] for gap in parts[1::2]]
        return "".join(parts)


def make_shell(html: str, kind: ShellKind, rules: PageRules) -> Shell:
    """Turn a page with marks into one with gaps."""
    if kind.depth:
        html = html.replace(kind.url, f"{mark('url')}")
    return Shell(tuple(_MARK.split(html)), inspect_shell(html, rules))


@dataclass(frozen=True, slots=True)
class QuickPage:
    """A whole page, what it holds, and what the search is to know of it."""

    html: str
    facts: PageFacts
    search: list[dict[str, str]]


@dataclass
class ShellStore:
    """The shells of one locale: kept from build to build, as long as nothing they are made of changes.

    `sources`: Markdown or picture -> its address; `render` asks MkDocs for a page with marks.
    """

    rules: PageRules
    frame: Mapping[str, Any]
    sources: Mapping[str, str]
    render: Callable[[ShellKind], str]
    read_settings: Callable[[], ShellSettings]
    shells: dict[ShellKind, Shell] = field(default_factory=dict)
    kept_settings: ShellSettings | None = None

    @property
    def settings(self) -> ShellSettings:
        """What the configuration says: kept with the shells, for asking MkDocs takes longer than a page."""
        if self.kept_settings is None:
            self.kept_settings = self.read_settings()
        return self.kept_settings

    def make(self, source: str, address: str, meta: Mapping[str, Any], markdown: str) -> QuickPage | None:
        """Return a page; None when only MkDocs can make it."""
        if not self.settings.is_plain or not meta.get("title"):
            return None
        found = quick_html(markdown, lambda target: self._link(target, source, address))
        if not found:
            return None
        article = article_html(found.html, meta, address, self.frame, self.settings.wizard)
        data, locale = meta.get("data"), self.frame["locale"]
        words = {
            "title": meta["title"],
            "description": meta.get("description", ""),
            "url": address,
            "heading": found.first_heading,
            "data": data_script(data, address, self.settings.root, locale) if data else "",
            "article": article,
        }
        shell = self._shell(ShellKind.of(address, meta))
        search = search_entries(found.html, address, meta["title"])
        return QuickPage(shell.fill(words), self._facts(shell, words), search)

    def _shell(self, kind: ShellKind) -> Shell:
        if kind not in self.shells:
            self.shells[kind] = make_shell(self.render(kind), kind, self.rules)
        return self.shells[kind]

    def _link(self, target: str, source: str, address: str) -> str:
        """Return where a link to another page's file leads; MkDocs has the words for one that leads nowhere."""
        path, hash_, anchor = target.partition("#")
        file = _join(source, path)
        if file not in self.sources or "?" in target:
            raise NotQuick(target)
        return relative_link(self.sources[file], address) + hash_ + anchor

    def _facts(self, shell: Shell, words: Mapping[str, str]) -> PageFacts:
        """Return what the whole page holds: its shell was judged once, the article and the words in gaps are now."""
        article = inspect_article(words["article"], words["title"], self.rules)
        found = [*shell.facts.found, *article.found]
        if any(_WORDS_WITH_MARKUP.search(words[gap]) for gap in ("title", "description")) or "<" in words["data"]:
            found.append("the title, the description or the data would end where they stand")
        if not all(_PLAIN_NAME.fullmatch(words[gap]) for gap in ("url", "heading")):
            found.append("the address or the first heading's id is not a plain name")
        links = [_MARK.sub(lambda gap: words[gap[1]], link) for link in shell.facts.links]
        anchors = [*shell.facts.anchors, *article.anchors]
        return PageFacts(found, links + article.links, anchors, shell.facts.inline + article.inline)


def _join(source: str, path: str) -> str:
    parts = source.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            if not parts:
                raise NotQuick(path)
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts)


def relative_link(address: str, url: str) -> str:
    """Return the address of a page or picture as a link from the page at `url`, as MkDocs writes it."""
    link = relative(address, url)
    return f"{link}/" if not address else link


def save_shells(path: Path, store: ShellStore) -> None:
    """Keep the shells of a locale."""
    rows = [[*kind, list(shell.parts), asdict(shell.facts)] for kind, shell in store.shells.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_text(json.dumps([asdict(store.settings), rows]), encoding="utf-8")
    os.replace(scratch, path)


def load_shells(path: Path, store: ShellStore) -> None:
    """Take the shells that were kept, if they can be read."""
    try:
        settings, rows = json.loads(path.read_text(encoding="utf-8"))
        shells = {ShellKind(*kind): Shell(tuple(parts), PageFacts(**facts)) for *kind, parts, facts in rows}
        store.kept_settings = ShellSettings(**settings)
    except (OSError, ValueError, TypeError):
        return
    store.shells.update(shells)
