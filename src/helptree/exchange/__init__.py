"""Catalogs to and from files that translators work in: XLIFF 1.2, XLIFF 2.0 and CSV.

Every format carries the same rows; this module makes them from a catalog and puts them back. What comes back is
judged like a catalog before anything is written, and a row whose English is no longer today's comes in as stale.
The formats are written here and not by translate-toolkit, which is GPL; it reads them in the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import polib

from helptree.catalogs import Catalog, TranslationState, forms_of, is_changed, state_of
from helptree.plural_forms import examples
from helptree.text_entry import TextEntry

FORMATS = ("xliff12", "xliff20", "csv")


class CannotImport(ValueError):
    """Raised for a file that cannot be read. `line` counts from 1."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One text as it travels. `form`: which plural form, None when there are none.

    `has_own_state`: the file says by itself that a text is stale, and not just because it was exported so.
    """

    key: str
    source: str
    target: str
    state: TranslationState
    form: int | None = None
    notes: tuple[str, ...] = ()
    max_length: int = 0
    line: int = 1
    has_own_state: bool = True

    @property
    def id(self) -> str:
        """The key, with the number of the plural form: `ui.unit.day[1]`."""
        return self.key if self.form is None else f"{self.key}[{self.form}]"


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a file and the language they are in."""

    source_locale: str
    locale: str
    rows: tuple[Row, ...]


def split_id(id_: str) -> tuple[str, int | None]:
    """Return key and plural form of a row's id."""
    key, bracket, form = id_.partition("[")
    if not bracket:
        return key, None
    number = form.removesuffix("]")
    return (key, int(number)) if number.isdecimal() else (id_, None)


def make_rows(
    catalog: Catalog, entries: Iterable[TextEntry], plural_forms: str, only: Collection[TranslationState] = ()
) -> Iterator[Row]:
    """Yield the rows of a catalog in the order of its entries; `only`: those in some states."""
    for entry in entries:
        state, found = state_of(catalog, entry), catalog.entries.get(entry.key)
        if only and state not in only:
            continue
        forms = found.forms if found else ()
        notes = (*entry.notes, f"Was in English: {found.previous}") if found and found.previous else entry.notes
        if not entry.plural:
            yield Row(entry.key, entry.text, forms[0] if forms else "", state, None, notes, entry.max_length)
            continue
        for form, numbers in enumerate(examples(plural_forms)):
            source = entry.text if form == 0 and numbers in ("1", "0, 1") else entry.plural
            target = forms[form] if form < len(forms) else ""
            yield Row(entry.key, source, target, state, form, (*notes, f"For the numbers {numbers}, ..."))


def apply_rows(po: polib.POFile, rows: Iterable[Row]) -> dict[str, Row]:
    """Put rows into a catalog that is in step; return the rows that changed something, by key.

    An empty row erases nothing; a key that the catalog does not know is left out.
    """
    entries, changed = {e.msgctxt: e for e in po if not e.obsolete}, dict[str, Row]()
    for row in rows:
        entry = entries.get(row.key)
        if entry is not None and row.target and _apply(entry, row):
            changed[row.key] = row
    return changed


def _apply(entry: polib.POEntry, row: Row) -> bool:
    before = (forms_of(entry), entry.fuzzy, entry.previous_msgid)
    if row.form is None and not entry.msgid_plural:
        is_new = entry.msgstr != row.target
        entry.msgstr = row.target
    elif row.form in entry.msgstr_plural:
        is_new = entry.msgstr_plural[row.form] != row.target
        entry.msgstr_plural[row.form] = row.target
    else:
        return False
    _set_state(entry, row, is_new)
    return before != (forms_of(entry), entry.fuzzy, entry.previous_msgid)


def _set_state(entry: polib.POEntry, row: Row, is_new: bool) -> None:
    is_old = all(is_changed(text, row.source) for text in (entry.msgid, entry.msgid_plural) if text)
    stays_stale = row.state is TranslationState.STALE and (row.has_own_state or not is_new)
    if is_old and (is_new or entry.fuzzy):
        entry.previous_msgid = row.source if is_new else entry.previous_msgid
        entry.previous_msgid_plural = None
        _set_fuzzy(entry, True)
    elif not is_old:
        _set_fuzzy(entry, stays_stale)
        if not stays_stale:
            entry.previous_msgid = entry.previous_msgid_plural = None


def _set_fuzzy(entry: polib.POEntry, is_fuzzy: bool) -> None:
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.flags = ["fuzzy", *flags] if is_fuzzy else flags
