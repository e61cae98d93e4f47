"""Walks the built site as readers do, by its links alone; and finds links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from helptree.engine import Answer
from helptree.project import Project


@dataclass
class Link:
    """A link of a page: its whole text, the text of its bold part (an option's label), classes and target."""

    href: str
    classes: tuple[str, ...]
    text: str = ""
    label: str = ""


@dataclass
class ParsedPage(HTMLParser):
    """What a walker reads of a page."""

    h1: str = ""
    links: list[Link] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    fetched: list[str] = field(default_factory=list)
    base: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._link: Link | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.anchors.add(values["id"])
        if tag == "base":
            self.base = values["href"]
        if tag == "a" and "href" in values:
            self._link = Link(values["href"], tuple(values.get("class", "").split()))
            self.links.append(self._link)
        elif tag in ("img", "script", "link") and (address := values.get("src") or values.get("href")):
            self.fetched.append(address)
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if "h1" in self._open:
            self.h1 += data
        if self._link:
            self._link.text += data
            self._link.label += data if "strong" in self._open else ""


def parse_page(html: str) -> ParsedPage:
    """Return what stands on a page."""
    page = ParsedPage()
    page.feed(html)
    return page


class SiteWalker:
    """Walks the built site by its links alone, as a reader without JavaScript does."""

    def __init__(self, site_dir: Path, project: Project, locale: str) -> None:
        self.site_dir = site_dir.resolve()
        self.translator = project.translator(locale)
        self._page = cache(self._read)

    def walk(self, answers: Iterable[Answer]) -> str:
        """Follow the answers, in order, from the home page; return the h1 of the outcome's page."""
        return plain(self._page(self.walk_to_address(answers)).h1)

    def walk_to_address(self, answers: Iterable[Answer]) -> str:
        """Follow the answers and return the address they lead to, such as `/fr/outcomes/x/`."""
        address = f"/{self.translator.locale}/"
        for answer in answers:
            address = self._choose(address, answer)
        # A status that leads straight to an outcome has one large link to it.
        return self.links(address, "ht-next", [address])[0]

    def steps(self, answers: Iterable[Answer]) -> list[str]:
        """Follow the answers and return every address on the way, the outcome's last."""
        found = [f"/{self.translator.locale}/"]
        for answer in answers:
            found.append(self._choose(found[-1], answer))
        last = self.links(found[-1], "ht-next", [found[-1]])[0]
        return [*found[1:], *([last] if last != found[-1] else [])]

    def links(self, address: str, css: str, default: Sequence[str] = ()) -> Sequence[str]:
        """Return where the links of one class lead."""
        found = [urljoin(address, link.href) for link in self._page(address).links if css in link.classes]
        return found or default

    def _choose(self, address: str, answer: Answer) -> str:
        chosen = self.translator.tree.questions[answer.question].option(answer.option)
        assert chosen, answer
        label = plain(self.translator.text(chosen.label).value)
        options = [link for link in self._page(address).links if "ht-option" in link.classes]
        matching = {link.href for link in options if plain(link.label) == label}
        assert len(matching) == 1, f"{address}: {label!r} among {[link.label for link in options]}"
        return urljoin(address, matching.pop())

    def _read(self, address: str) -> ParsedPage:
        return parse_page(file_of(self.site_dir, address).read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Return a text as it reads on a page."""
    return re.sub(r"[ \n]+", " ", text.replace("**", "").replace("`", "")).strip(" ")


def file_of(site_dir: Path, address: str) -> Path:
    """Return the file that a server gives for an address."""
    path = site_dir / unquote(urldefrag(address)[0]).lstrip("/")
    return path / "index.html" if address.endswith("/") or path.is_dir() else path


def dead_links(site_dir: Path) -> list[str]:
    """Return every inner link, anchor or fetched file of a site that leads nowhere."""
    site_dir = site_dir.resolve()
    pages = {
        "/" + path.relative_to(site_dir).as_posix(): parse_page(path.read_text(encoding="utf-8"))
        for path in sorted(site_dir.rglob("*.html"))
    }
    dead = []
    for address, page in pages.items():
        here = urljoin(address, page.base)
        for target in (*(link.href for link in page.links), *page.fetched):
            if "://" in target or target.startswith(("mailto:", "tel:", "data:")):
                continue
            found, _, anchor = urljoin(here, target).partition("#")
            file = file_of(site_dir, found)
            name = "/" + file.relative_to(site_dir).as_posix() if file.is_relative_to(site_dir) else ""
            if not file.is_file() or (anchor and anchor not in pages[name].anchors):
                dead.append(f"{address} -> {target}")
    return dead
