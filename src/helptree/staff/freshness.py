"""What is old or unsure: overdue facts, stale and missing translations, labels that no source shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from helptree.catalogs import Catalog, TranslationState, states
from helptree.model import Status, Tree
from helptree.text_entry import TextEntry
from helptree.wordings import own_wordings


@dataclass(frozen=True, slots=True)
class Age:
    """A page or a fact, and how long ago it was compared with its sources."""

    kind: str
    id: str
    reviewed: date
    days: int
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one status in one language: `ours` says that no source shows any; `none` that there are none."""

    status: Status
    locale: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many texts of a language are not translated, or older than their source."""

    locale: str
    missing: tuple[str, ...]
    stale: tuple[str, ...]


def ages(tree: Tree, interval: float, today: date) -> list[Age]:
    """Return all statuses, remedies and facts, the oldest first."""
    groups = (("status", tree.statuses), ("remedy", tree.remedies), ("fact", tree.facts))
    found = [_age(kind, item.id, item.reviewed, interval, today) for kind, group in groups for item in group.values()]
    return sorted(found, key=lambda age: (-age.days, age.kind, age.id))


def _age(kind: str, id_: str, reviewed: date, interval: float, today: date) -> Age:
    days = (today - reviewed).days
    return Age(kind, id_, reviewed, days, days > interval)


def unattested(tree: Tree, locales: Iterable[str]) -> list[Labels]:
    """Return each status and language of the tree for which no source shows the words on the screen."""
    found = []
    for status in tree.statuses.values():
        for locale in locales:
            own = own_wordings(status, locale)
            if not any(each.attested for each in own):
                found.append(Labels(status, locale, tuple(each.text for each in own)))
    return found


def waiting(entries: Sequence[TextEntry], catalogs: Mapping[str, Catalog], locales: Iterable[str]) -> Iterator[Waiting]:
    """Yield what waits for translators, by language."""
    for locale in locales:
        found = [(entry.key, state) for entry, state in states(catalogs.get(locale, Catalog(locale)), entries)]
        missing, stale = (
            tuple(key for key, state in found if state is wanted)
            for wanted in (TranslationState.MISSING, TranslationState.STALE)
        )
        yield Waiting(locale, missing, stale)
