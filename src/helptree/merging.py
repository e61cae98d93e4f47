"""Writes PO: the template of all texts, and catalogs brought in step with it by key, never by similarity.

msgmerge and its like empty a translation whose English was reworded strongly. Here it is kept as fuzzy, with
the English it was made from. Nothing holds a date: the same tree gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

import polib

from helptree.catalogs import is_changed
from helptree.plural_forms import plural_rule
from helptree.text_entry import TextEntry

BRACE_FORMAT = "python-brace-format"


def make_template(entries: Iterable[TextEntry]) -> polib.POFile:
    """Return a POT file of all entries."""
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
    new.comment = "\n".join(entry.notes)
    if entry.plural:
        new.msgid_plural = entry.plural
        new.msgstr_plural = {0: "", 1: ""}
    if "{" in entry.text:
        new.flags.append(BRACE_FORMAT)
    return new


def merge(
    old: polib.POFile | None,
    entries: Iterable[TextEntry],
    plural_forms: str,
    locale: str,
    *,
    confirmed: Container[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> polib.POFile:
    """Return a catalog for today's entries that keeps every translation.

    Changed English keeps the translation as fuzzy, unless its key is `confirmed`: then somebody says that it still
    holds. A change of white space alone changes nothing for the translator. What has no entry any more is kept as
    obsolete, and comes back with its key. `renamed`: new key -> old key.
    """
    known = _by_key(old)
    po, (count, _) = _new_po(plural_forms, locale), plural_rule(plural_forms)
    po.header = old.header if old is not None else ""
    for entry in entries:
        new = _new_entry(entry)
        if entry.plural:
            new.msgstr_plural = dict.fromkeys(range(count), "")
        before = known.pop(entry.key, None) or known.pop((renamed or {}).get(entry.key, ""), None)
        if before:
            _carry_over(before, new)
        if entry.key in confirmed:
            confirm(new)
        po.append(new)
    po.extend(_obsolete(entry) for entry in known.values() if _is_translated(entry))
    return po


def _by_key(old: polib.POFile | None) -> dict[str, polib.POEntry]:
    """Return the entries of a catalog by key; a living one goes before an obsolete one."""
    entries = list(old or ())
    return {e.msgctxt or "": e for e in sorted(entries, key=lambda e: not e.obsolete)}


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    entry.obsolete = True
    entry.occurrences, entry.comment = [], ""
    if entry.previous_msgid:  # it goes by the English it was made from, which shows by itself what has changed
        entry.msgid, entry.msgid_plural = entry.previous_msgid, entry.previous_msgid_plural or entry.msgid_plural
        confirm(entry)
    return entry


def _is_translated(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any(entry.msgstr_plural.values()))


def _carry_over(before: polib.POEntry, new: polib.POEntry) -> None:
    new.msgstr, new.tcomment = before.msgstr, before.tcomment
    if new.msgid_plural:
        singular = {0: before.msgstr} if before.msgstr else {}
        new.msgstr, forms = "", before.msgstr_plural or singular
        new.msgstr_plural = {i: forms.get(i, "") for i in new.msgstr_plural}
    elif before.msgstr_plural:
        new.msgstr = before.msgstr_plural.get(0, "")
    if _is_translated(new):
        _mark_stale(before, new)


def _mark_stale(before: polib.POEntry, new: polib.POEntry) -> None:
    """Mark as fuzzy what was made from other English; English that came back to what it was is no other."""
    made_from = before.previous_msgid or before.msgid
    made_from_plural = before.previous_msgid_plural or before.msgid_plural
    if is_changed(made_from, new.msgid) or is_changed(made_from_plural, new.msgid_plural):
        new.flags.insert(0, "fuzzy")
        new.previous_msgid = made_from
        new.previous_msgid_plural = made_from_plural or None
    elif before.fuzzy and not before.previous_msgid:
        new.flags.insert(0, "fuzzy")  # a translator's own mark


def confirm(entry: polib.POEntry) -> None:
    """Stamp a translation as valid for the English as it is."""
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgid_plural = None
