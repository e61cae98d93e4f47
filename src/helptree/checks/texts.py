"""Checks every text a reader will see: not empty, no HTML, links and placeholders that resolve."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from helptree.characters import find_bad_characters, is_blank
from helptree.checks.markdown import LinkRules, find_in_page
from helptree.checks.words import check_words
from helptree.content import Content, Item
from helptree.files import RawText, locate
from helptree.locales import LOCALE
from helptree.placeholders import PLACEHOLDER
from helptree.problems import Location, Problem, nearest, problem
from helptree.shapes import ID_PATTERN, RESERVED_IDS, MessageFile, TreeFile
from helptree.text_entry import TextEntry


def link_rules(content: Content) -> LinkRules:
    """Return where links in this tree may go."""
    pages = content.ids("status", "question", "outcome", "remedy")
    pages |= {page.stem for page in content.pages if "." not in page.stem}
    hosts = content.tree.shape.allowed_hosts if content.tree and isinstance(content.tree.shape, TreeFile) else []
    return LinkRules(frozenset(pages), frozenset(content.ids("term")), frozenset(hosts))


def check_texts(content: Content, entries: Iterable[TextEntry]) -> Iterator[Problem]:
    """Yield problems of all source texts (`entries`) and hand-written pages."""
    rules, facts, in_message = link_rules(content), content.ids("fact"), {}
    for item in content.of("message").values():
        assert isinstance(item.shape, MessageFile)
        in_message[item.id] = facts | {p.id for p in item.shape.placeholders}
        yield from _check_versions(item, item.shape)
        yield from _find_unused(item, item.shape)
    for entry in entries:
        kind, id_, *_ = entry.key.split(".")
        yield from _check_text(entry, rules, in_message[id_] if kind == "message" else facts)
    for page in content.pages:
        yield from _check_page(page, content, rules)


def _find_unused(item: Item, shape: MessageFile) -> Iterator[Problem]:
    used = set(PLACEHOLDER.findall(shape.text))
    for index, placeholder in enumerate(shape.placeholders):
        if placeholder.id not in used:
            yield problem("unused-placeholder", item.at(("placeholders", index)), value=placeholder.id)


def _check_versions(item: Item, shape: MessageFile) -> Iterator[Problem]:
    """The same text in the recipient's language has the same placeholders, and no markup at all."""
    wanted = Counter(PLACEHOLDER.findall(shape.text))
    for locale, text in shape.also_in.items():
        where = item.at(("also_in", locale))
        yield from check_words(text, where, LinkRules(frozenset()))
        if (found := Counter(PLACEHOLDER.findall(text))) != wanted:
            why = f"{locale} has the placeholders {sorted(found)} instead of {sorted(wanted)}"
            yield problem("placeholder-mismatch", where, why=why)


def _check_text(entry: TextEntry, rules: LinkRules, known: set[str]) -> Iterator[Problem]:
    where = entry.location
    if is_blank(entry.text):
        yield problem("empty-text", where, where=entry.key)
        return
    if len(entry.text) > entry.max_length:
        length = len(entry.text)
        yield problem("too-long", where, what=entry.key, length=length, limit=entry.max_length)
    if entry.is_line and "\n" in entry.text.strip():
        yield problem("block-markdown", where, what="a line break")
    yield from check_words(entry.text, where, rules, is_block=entry.is_block)
    for name in PLACEHOLDER.findall(entry.text):
        if name not in known:
            yield problem("unknown-placeholder", where, suggestion=nearest(name, known), value=name)


def _check_page(page: RawText, content: Content, rules: LinkRules) -> Iterator[Problem]:
    where = Location(page.name)
    id_, _, locale = page.stem.partition(".")
    if not re.fullmatch(ID_PATTERN, id_) or (locale and not LOCALE.match(locale)):
        yield problem("file-name", where, value=page.name.rpartition("/")[2], suffix="[.<locale>].md")
    elif id_ in RESERVED_IDS:
        yield problem("id-reserved", where, value=id_)
    elif not locale and (taken := _taken(content, id_)):
        yield problem("duplicate-id", where, value=id_, other=taken)
    if is_blank(page.text):
        yield problem("empty", where)
    for index, code, names in find_bad_characters(page.text):
        yield problem(code, locate(page.text, index, page.name), **names)
    for offset, code, names in find_in_page(page.text, rules):
        yield problem(code, Location(page.name, offset + 1), **names)


def _taken(content: Content, id_: str) -> str:
    for kind in ("status", "question", "outcome", "remedy", "message"):
        if id_ in content.of(kind):
            return content.of(kind)[id_].name
    return ""
