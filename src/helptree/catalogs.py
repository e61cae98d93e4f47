"""PO catalogs: translations by key, and what is known of each (missing, stale, translated)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polib

from helptree.entries import TextEntry
from helptree.locales import plural_rule

_PO_LINE = re.compile(r'\s*(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s*)?"(\\.|[^"\\])*")?\s*')

_LINE = re.compile(r"\bline (\d+)")


class TranslationState(StrEnum):
    """What is known of one text in one locale."""

    SOURCE = "source"
    MISSING = "missing"
    STALE = "stale"
    TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry of a catalog. `forms`: the texts, one for each plural form; `line`: where it stands."""

    source: str
    forms: tuple[str, ...]
    fuzzy: bool
    line: int

    def state_for(self, source: str) -> TranslationState:
        """Compare with today's source text; white space does not count, see `merge`."""
        if not all(self.forms):
            return TranslationState.MISSING
        changed = self.source != source and self.source.split() != source.split()
        return TranslationState.STALE if self.fuzzy or changed else TranslationState.TRANSLATED


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
    for number, line in enumerate(text.split("\n"), 1):
        if not _PO_LINE.fullmatch(line):  # polib takes the first and last letter for quotes
            raise ValueError(f"not a line of an entry (line {number})")
    try:
        # polib takes a string for a path when such a file exists; the newline keeps it a text.
        return polib.pofile("\n" + text, wrapwidth=0)
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(_LINE.sub(lambda match: f"line {int(match[1]) - 1}", str(error))) from error


def read_catalog(locale: str, po: polib.POFile) -> Catalog:
    """Return the catalog of a PO file; obsolete entries are left out."""
    return Catalog(locale, {e.msgctxt or "": _translation(e) for e in po if not e.obsolete})


def _translation(entry: polib.POEntry) -> Translation:
    plural = tuple(text for _, text in sorted(entry.msgstr_plural.items()))
    return Translation(entry.msgid, plural or (entry.msgstr,), entry.fuzzy, (entry.linenum or 2) - 1)


def make_template(entries: Iterable[TextEntry]) -> polib.POFile:
    """Return a POT file of all entries. It holds no date, so that the same tree gives the same bytes."""
    po = _new_po()
    po.extend(_new_entry(entry) for entry in entries)
    return po


def _new_po(plural_forms: str = "nplurals=INTEGER; plural=EXPRESSION;", locale: str = "") -> polib.POFile:
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms,
    }
    return po


def _new_entry(entry: TextEntry) -> polib.POEntry:
    new = polib.POEntry(msgctxt=entry.key, msgid=entry.text, occurrences=[(entry.location.path, "")])
    if entry.plural:
        new.msgid_plural = entry.plural
        new.msgstr_plural = {0: "", 1: ""}
    if "{" in entry.text:
        new.flags.append("python-brace-format")
    return new


def merge(old: polib.POFile | None, entries: Iterable[TextEntry], plural_forms: str, locale: str) -> polib.POFile:
    """Return a catalog for today's entries that keeps every translation whose key is still there.

    Merged by key, never by similarity. Changed English keeps the translation as fuzzy, with the English it was
    made from; a change of white space alone changes nothing for the translator.
    """
    known = {e.msgctxt: e for e in old if not e.obsolete} if old is not None else {}
    po, (count, _) = _new_po(plural_forms, locale), plural_rule(plural_forms)
    for entry in entries:
        new = _new_entry(entry)
        if entry.plural:
            new.msgstr_plural = dict.fromkeys(range(count), "")
        if before := known.get(entry.key):
            _carry_over(before, new)
        po.append(new)
    return po


def _carry_over(before: polib.POEntry, new: polib.POEntry) -> None:
    new.msgstr, new.tcomment = before.msgstr, before.tcomment
    if new.msgid_plural and before.msgstr_plural:
        new.msgstr_plural = {i: before.msgstr_plural.get(i, "") for i in new.msgstr_plural}
    translated = bool(new.msgstr or any(new.msgstr_plural.values()))
    changed = before.msgid.split() != new.msgid.split() or before.msgid_plural.split() != new.msgid_plural.split()
    if translated and (before.fuzzy or changed):
        new.flags.insert(0, "fuzzy")
        new.previous_msgid = before.previous_msgid or before.msgid
        new.previous_msgctxt = None


def count_states(catalog: Catalog, entries: Iterable[TextEntry]) -> dict[TranslationState, int]:
    """Return how many entries stand in each state."""
    counts = dict.fromkeys(TranslationState, 0)
    for _, state in states(catalog, entries):
        counts[state] += 1
    return counts


def states(catalog: Catalog, entries: Iterable[TextEntry]) -> Iterator[tuple[TextEntry, TranslationState]]:
    """Yield every entry with its state in a catalog."""
    for entry in entries:
        found = catalog.entries.get(entry.key)
        yield entry, found.state_for(entry.text) if found else TranslationState.MISSING
