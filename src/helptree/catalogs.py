"""PO catalogs: translations by key, and what is known of each (missing, stale, translated, reviewed).

Writing and merging them is in merging.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from helptree.quick_po import PoRow, read_quickly
from helptree.reviews import Review, normal
from helptree.text_entry import TextEntry

if TYPE_CHECKING:
    import polib

_PO_LINE = re.compile(r'\s*(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s*)?"(\\.|[^"\\])*")?\s*')
_LINE = re.compile(r"\bline (\d+)")


class TranslationState(StrEnum):
    """What is known of one text in one locale."""

    SOURCE = "source"
    MISSING = "missing"
    STALE = "stale"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"

    @property
    def is_current(self) -> bool:
        """Say whether the translation says what today's source says, and is shown."""
        return self in (TranslationState.TRANSLATED, TranslationState.REVIEWED)


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry of a catalog.

    `source`, `plural`: the English it stands for. `forms`: the texts, one for each plural form. `previous`: the
    English a fuzzy translation was made from. `line`: where it stands. `is_reviewed`: somebody has read these texts.
    """

    source: str
    forms: tuple[str, ...]
    fuzzy: bool
    line: int
    plural: str = ""
    previous: str = ""
    is_reviewed: bool = False

    def state_for(self, source: str, plural: str = "") -> TranslationState:
        """Compare with today's source text. A change of white space alone is none."""
        if not all(self.forms):
            return TranslationState.MISSING
        if self.fuzzy or is_changed(self.source, source) or (plural and is_changed(self.plural, plural)):
            return TranslationState.STALE
        return TranslationState.REVIEWED if self.is_reviewed else TranslationState.TRANSLATED


def is_changed(before: str, after: str) -> bool:
    """Say whether a translator has to look at a text again: its words or its paragraphs have changed."""
    return before != after and normal(before) != normal(after)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All translations into one locale, by key."""

    locale: str
    entries: Mapping[str, Translation] = field(default_factory=dict)


def locale_of(stem: str) -> str:
    """Return the language tag of a catalog's file name: pt_BR -> pt-BR."""
    return stem.replace("_", "-")


def parse_po(text: str) -> polib.POFile:
    """Read a PO file. Raises ValueError with polib's reason when it is not one."""
    import polib  # costly, and not needed where what was read before is kept

    for number, line in enumerate(text.split("\n"), 1):
        if not _PO_LINE.fullmatch(line):  # polib takes the first and last letter for quotes
            raise ValueError(f"not a line of an entry (line {number})")
    try:
        # polib takes a string for a path when such a file exists; the newline keeps it a text.
        return polib.pofile("\n" + text, wrapwidth=0)
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(_LINE.sub(lambda match: f"line {int(match[1]) - 1}", str(error))) from error


def read_catalog(locale: str, po: polib.POFile, reviews: Mapping[str, Review] | None = None) -> Catalog:
    """Return the catalog of a PO file; obsolete entries are left out."""
    return make_catalog(locale, _rows_of(po), reviews or {})


def read_rows(text: str) -> tuple[Mapping[str, str], list[PoRow]]:
    """Return a PO file's header and its entries, without the obsolete. Raises ValueError when it is not one."""
    if found := read_quickly(text):
        return found
    po = parse_po(text)
    return po.metadata, list(_rows_of(po))


def make_catalog(locale: str, rows: Iterable[PoRow], reviews: Mapping[str, Review]) -> Catalog:
    """Return the catalog of some entries."""
    return Catalog(locale, {row.key or "": _translation(row, reviews.get(row.key or "")) for row in rows})


def forms_of(entry: polib.POEntry) -> tuple[str, ...]:
    """Return the texts of a PO entry, one for each plural form."""
    return tuple(text for _, text in sorted(entry.msgstr_plural.items())) or (entry.msgstr,)


def _rows_of(po: polib.POFile) -> Iterator[PoRow]:
    for entry in po:
        if not entry.obsolete:
            line, plural, previous = (entry.linenum or 2) - 1, entry.msgid_plural or "", entry.previous_msgid or ""
            yield PoRow(entry.msgctxt, entry.msgid, forms_of(entry), entry.fuzzy, line, plural, previous)


def _translation(row: PoRow, review: Review | None) -> Translation:
    is_reviewed = review is not None and review.covers(row.source, row.forms)
    return Translation(row.source, row.forms, row.fuzzy, row.line, row.plural, row.previous, is_reviewed)


def count_states(catalog: Catalog, entries: Iterable[TextEntry]) -> dict[TranslationState, int]:
    """Return how many entries stand in each state."""
    counts = dict.fromkeys(TranslationState, 0)
    for _, state in states(catalog, entries):
        counts[state] += 1
    return counts


def state_of(catalog: Catalog, entry: TextEntry) -> TranslationState:
    """Return the state of one entry in a catalog."""
    found = catalog.entries.get(entry.key)
    return found.state_for(entry.text, entry.plural) if found else TranslationState.MISSING


def states(catalog: Catalog, entries: Iterable[TextEntry]) -> Iterator[tuple[TextEntry, TranslationState]]:
    """Yield every entry with its state in a catalog."""
    for entry in entries:
        yield entry, state_of(catalog, entry)
