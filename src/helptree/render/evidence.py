"""What the page of sources and dates shows: each number with its age, source and use, and all sources by their kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from helptree import cldr
from helptree.catalogs import TranslationState
from helptree.model import Entry, Fact, Source, Tree
from helptree.render.view import View
from helptree.translator import Text

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def pages_by_fact(tree: Tree) -> dict[str, list[str]]:
    """Return for each fact the ids of the pages that quote it, in the order of the tree."""
    found: dict[str, list[str]] = {id_: [] for id_ in tree.facts}
    for group in (tree.statuses, tree.questions, tree.outcomes, tree.remedies):
        for item in group.values():
            messages = [tree.messages[id_] for id_ in getattr(item, "messages", ())]
            for name in dict.fromkeys(_names([item, *messages])):
                if name in found:
                    found[name].append(item.id)
    return found


def _names(value: Any) -> Iterator[str]:
    """Yield the placeholders of all texts inside a piece of content."""
    if isinstance(value, Entry):
        yield from _NAME.findall(value.text)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _names(getattr(value, each.name))
    elif isinstance(value, (list, tuple)):
        for member in value:
            yield from _names(member)


def fact_lines(view: View) -> Iterator[str]:
    """Yield one point a fact: value, dates, source, and the pages that quote it."""
    pages = pages_by_fact(view.tree)
    for fact in view.tree.facts.values():
        dates = view.ui("site.fact-dates", as_of=long_date(view, fact.as_of), reviewed=long_date(view, fact.reviewed))
        used = ", ".join(view.reference(id_) for id_ in pages[fact.id])
        yield f"-   **{view.words(view.own(view.translator.fact(fact)))}**{{: #fact-{fact.id} }}\n"
        yield f"    {view.words(dates)} {view.words(view.ui('site.fact-source'))} {_source_link(view, fact)}\n"
        if used:
            yield f"    {view.words(view.ui('site.fact-used'))} {used}\n"


def _source_link(view: View, fact: Fact) -> str:
    return f"[{_title(view, view.tree.sources[fact.source])}](#source-{fact.source})"


def _title(view: View, source: Source) -> str:
    # A title is quoted, not translated: it makes no page incomplete.
    return view.words(Text(source.title, view.tree.source_locale, TranslationState.SOURCE))


def source_groups(view: View) -> Iterator[tuple[Text, str, list[str]]]:
    """Yield heading, id and lines of each kind of source, kinds in the order of their first source."""
    kinds = dict.fromkeys(source.kind for source in view.tree.sources.values())
    for kind in kinds:
        members = (source for source in view.tree.sources.values() if source.kind == kind)
        name = kind.replace("_", "-")
        yield view.ui(f"site.kind-{name}"), f"kind-{name}", list(_source_lines(view, members))


def _source_lines(view: View, sources: Iterable[Source]) -> Iterator[str]:
    language = view.language(view.tree.source_locale)
    for source in sources:
        host = urlsplit(source.url or "").hostname or ""
        where = ", ".join(filter(None, [host.removeprefix("www."), source.date]))
        more = f" *({view.words(view.own(where))})*{{: .ht-plain {language} }}" if where else ""
        title = _title(view, source)
        if source.url and source.url.startswith("https://") and host in view.tree.allowed_hosts:
            title = f"[{title}]({source.url.replace('(', '%28').replace(')', '%29')})"
        yield f"-   **{title}**{{: #source-{source.id} .ht-source }}{more}"


def long_date(view: View, day: date) -> str:
    """Return a date in the words of the locale that the line around it is in."""
    locale = view.translator.ui_text("site.fact-dates").locale
    return cldr.long_date(day, locale)
