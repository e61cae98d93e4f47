"""Which translations a page was made of: what it asked for is noted while it is made, each with a fingerprint.

As long as the tree, the program and these answers stay the same, the page would come out the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar

from helptree.catalogs import Catalog, Translation

T = TypeVar("T")
# Stands for an entry that is not there; and, as a key, for all entries of a catalog.
ABSENT, EVERYTHING = 0, "*"
# Locale -> key -> fingerprint of the answer.
Trace = dict[str, dict[str, int]]


def print_of(entry: Translation) -> int:
    """Return the fingerprint of a translation, wherever it stands."""
    parts = (entry.source, entry.forms, entry.fuzzy, entry.plural, entry.previous, entry.is_reviewed)
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=6).digest(), "big") or 1


class _Entries(Mapping[str, Translation]):
    """The entries of a catalog, with a note of those that were asked for."""

    def __init__(self, entries: Mapping[str, Translation], asked: Callable[[str], None]) -> None:
        self._entries, self._asked = entries, asked

    def __getitem__(self, key: str) -> Translation:
        self._asked(key)
        return self._entries[key]

    def get(self, key: str, default: T | None = None) -> Translation | T | None:  # type: ignore[override]
        self._asked(key)
        return self._entries.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._asked(str(key))
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        self._asked(EVERYTHING)
        return iter(self._entries)

    def __len__(self) -> int:
        self._asked(EVERYTHING)
        return len(self._entries)


class _Answers:
    """The fingerprints of one catalog's entries, worked out when they are asked for."""

    def __init__(self, entries: Mapping[str, Translation]) -> None:
        self._entries = entries
        self._known: dict[str, int] = {}

    def of(self, key: str) -> int:
        if key not in self._known:
            self._known[key] = self._everything if key == EVERYTHING else self._one(key)
        return self._known[key]

    def _one(self, key: str) -> int:
        entry = self._entries.get(key)
        return print_of(entry) if entry else ABSENT

    @cached_property
    def _everything(self) -> int:
        return hash_of(sorted((key, print_of(entry)) for key, entry in self._entries.items()))


def hash_of(value: object) -> int:
    """Return the fingerprint of plain data."""
    return int.from_bytes(blake2b(repr(value).encode(), digest_size=6).digest(), "big")


@dataclass
class WatchedCatalogs(Mapping[str, Catalog]):
    """The catalogs of a project. `asked`: what was asked for since `begin`."""

    catalogs: Mapping[str, Catalog]
    # Those in which nothing has changed since: all their answers are the same.
    unchanged: frozenset[str] = frozenset()
    asked: dict[str, set[str]] = field(default_factory=dict)
    _watched: dict[str, Catalog] = field(default_factory=dict)
    _answers: dict[str, _Answers] = field(default_factory=dict)

    def trace(self, make: Callable[[], T]) -> tuple[T, Trace]:
        """Return what `make` makes, and what it asked for. Traces may stand inside of each other."""
        before, self.asked = self.asked, {}
        try:
            made = make()
            return made, {tag: {key: self.answer(tag, key) for key in sorted(keys)} for tag, keys in self.asked.items()}
        finally:
            inside, self.asked = self.asked, before
            for tag, keys in inside.items():
                self.asked.setdefault(tag, set()).update(keys)

    def answer(self, tag: str, key: str) -> int:
        """Return the fingerprint of what a catalog answers now. Key '' asks whether it is there."""
        if tag not in self.catalogs:
            return ABSENT
        if not key:
            return 1
        if tag not in self._answers:
            self._answers[tag] = _Answers(self.catalogs[tag].entries)
        return self._answers[tag].of(key)

    def still(self, trace: Trace) -> bool:
        """Say whether all answers are still the same."""
        changed = [tag for tag in trace if tag not in self.unchanged]
        return all(self.answer(tag, key) == answer for tag in changed for key, answer in trace[tag].items())

    def _ask(self, tag: str, key: str) -> None:
        self.asked.setdefault(tag, set()).add(key)

    def __getitem__(self, tag: str) -> Catalog:
        self._ask(tag, "")
        if tag not in self._watched:
            catalog = self.catalogs[tag]
            self._watched[tag] = Catalog(catalog.locale, _Entries(catalog.entries, lambda key: self._ask(tag, key)))
        return self._watched[tag]

    def get(self, tag: str, default: T | None = None) -> Catalog | T | None:  # type: ignore[override]
        try:
            return self[tag]
        except KeyError:
            return default

    def __contains__(self, tag: object) -> bool:
        self._ask(str(tag), "")
        return tag in self.catalogs

    def __iter__(self) -> Iterator[str]:
        for tag in self.catalogs:
            self._ask(tag, "")
        return iter(self.catalogs)

    def __len__(self) -> int:
        return len(list(iter(self)))
