"""What is old or unsure: overdue facts, stale and missing translations, labels that no source shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from helptree.catalogs import Catalog
from helptree.model import Status, Tree


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


def unattested(tree: Tree, locales: Iterator[str] | list[str]) -> list[Labels]:
    """Return each status and language of the tree for which no source shows the words on the screen."""
    found = []
    for status in tree.statuses.values():
        for locale in locales:
            own = [each for each in status.wordings if each.locale.partition("-")[0] == locale.partition("-")[0]]
            own = [each for each in own if each.on_screen]
            if not any(each.attested for each in own):
                found.append(Labels(status, locale, tuple(each.text for each in own)))
    return found


def waiting(keys: Mapping[str, tuple[str, str]], catalogs: Mapping[str, Catalog], locales: list[str]) -> list[Waiting]:
    """Return what waits for translators. `keys`: each text's key -> its source text and the one for many."""
    rows = []
    for locale in locales:
        entries = catalogs[locale].entries if locale in catalogs else {}
        states = {key: entries[key].state_for(*texts) if key in entries else None for key, texts in keys.items()}
        missing = tuple(key for key, state in states.items() if state is None or state.value == "missing")
        stale = tuple(key for key, state in states.items() if state is not None and state.value == "stale")
        rows.append(Waiting(locale, missing, stale))
    return rows
