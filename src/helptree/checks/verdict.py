"""Judges whole catalogs, and keeps the verdicts: only what has changed since is judged again.

A verdict depends on the bytes of a catalog and its reviews, on the context, and for each entry on its English. The
first three are in the name it is kept under; the English is compared entry by entry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from helptree import kept
from helptree.catalogs import Catalog, Translation, TranslationState, locale_of, make_catalog, read_rows, state_of
from helptree.checks.judge import Judge, check_header
from helptree.files import RawText
from helptree.halves import in_halves
from helptree.locales import LOCALE
from helptree.problems import Location, Problem, nearest, problem
from helptree.reviews import Review, read_reviews
from helptree.text_entry import TextEntry

# Characters of catalogs from which on a second process is ready sooner than the first one alone.
_WORTH_A_PROCESS = 500_000
Rows = dict[str, tuple[object, ...]]


def check_locale(tag: str, where: Location) -> Iterator[Problem]:
    """Yield a problem when `tag` is not a canonical BCP 47 language tag (language, script, region)."""
    if not LOCALE.match(tag):
        parts = re.split("[-_]", tag)
        cased = [parts[0].lower(), *(p.title() if len(p) == 4 else p.upper() for p in parts[1:])]
        suggestion = "-".join(cased) if LOCALE.match("-".join(cased)) else ""
        yield problem("unknown-locale", where, suggestion=suggestion, value=tag)


def print_of(entry: TextEntry) -> int:
    """Return a fingerprint of what a judgement asks of an entry."""
    parts = f"{entry.max_length}\0{entry.text}\0{entry.plural}"
    return int.from_bytes(blake2b(parts.encode(), digest_size=8).digest(), "big")


@dataclass(slots=True)
class Verdict:
    """What was found in a catalog. `whole`: problems of no single entry; `found`: entry -> its problems; `states`:
    entry -> state; `prints`: entry -> fingerprint of the English that it was judged by; `unknown`: key -> line;
    `stale`: entry -> line; `content`: fingerprint of the translations, wherever they stand; `rows`: their own name."""

    locale: str
    name: str
    whole: tuple[Problem, ...] = ()
    found: dict[str, list[Problem]] = field(default_factory=dict)
    states: dict[str, TranslationState] = field(default_factory=dict)
    prints: Mapping[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    stale: dict[str, int] = field(default_factory=dict)
    content: str = ""
    rows: str = ""
    is_readable: bool = True

    def problems(self, entries: Callable[[], Mapping[str, TextEntry]]) -> Iterator[Problem]:
        """Yield all problems. `entries` are asked for only where something is missing."""
        yield from self.whole
        for found in self.found.values():
            yield from found
        for key, line in self.unknown.items():
            suggestion = nearest(key, entries(), cutoff=85)
            yield problem("unknown-entry", Location(self.name, line), suggestion, value=key, locale=self.locale)
        for key, line in self.stale.items():
            yield problem("stale-translation", Location(self.name, line), locale=self.locale, key=key)
        for key, state in self.states.items():
            if state is TranslationState.MISSING:
                yield self._missing(entries()[key])

    def _missing(self, entry: TextEntry) -> Problem:
        text = entry.text if len(entry.text) < 60 else entry.text[:59] + "…"
        # The interface's English is no file of the author's: its gap is told in the catalog.
        where = Location(self.name) if entry.key.startswith("ui.") else entry.location
        return problem("missing-translation", where, locale=self.locale, key=entry.key, text=text, file=self.name)


@dataclass(slots=True)
class Sheets:
    """A catalog as it was read, with the sheet of its reviews. `key`: fingerprint of both, '' where none is known."""

    catalog: Callable[[], RawText]
    reviews: Callable[[], RawText | None]
    name: str
    key: str

    @property
    def locale(self) -> str:
        """The language, by the name of the file."""
        return locale_of(self.name.rpartition("/")[2].removesuffix(".po"))


Judged = tuple[Verdict, Callable[[], Catalog]]


def judge_catalogs(
    all_sheets: Sequence[Sheets],
    judge: Judge,
    prints: Mapping[str, int],
    meanwhile: Callable[[], None] | None = None,
) -> dict[str, Judged]:
    """Return the verdict on each catalog by its name, and the catalog, which is read when it is asked for.

    `meanwhile` is done here if another process has much to judge.
    """
    known = {sheets.name: _kept_verdict(sheets, judge) for sheets in all_sheets}
    unknown = [sheets for sheets in all_sheets if known[sheets.name] is None]
    read = dict(zip((sheets.name for sheets in unknown), _read_all(unknown, judge, prints, meanwhile), strict=True))
    return {sheets.name: _judged(sheets, judge, prints, known[sheets.name], read) for sheets in all_sheets}


def _names(sheets: Sheets, judge: Judge) -> Iterator[str]:
    """Yield what a verdict, and a catalog, are kept under."""
    for kind, extra in (("verdict", judge.context_key), ("catalog", "")):
        yield f"{kind}-{kept.digest(kept.engine_key(), sheets.key, extra)}"


def _kept_verdict(sheets: Sheets, judge: Judge) -> Verdict | None:
    verdict = kept.find(next(_names(sheets, judge))) if sheets.key else None
    return verdict if isinstance(verdict, Verdict) else None


def _read_all(
    all_sheets: Sequence[Sheets], judge: Judge, prints: Mapping[str, int], meanwhile: Callable[[], None] | None
) -> list[tuple[Verdict, Catalog]]:
    """Read and judge catalogs of which nothing is kept."""

    def work(sheets: Sheets) -> tuple[Verdict, Rows]:
        verdict, catalog = _read(sheets, sheets.locale, judge, prints)
        # The same for all, and not to be carried over.
        verdict.prints = {}
        return verdict, pack(catalog)

    size = sum(len(sheets.catalog().text) for sheets in all_sheets)
    if size < _WORTH_A_PROCESS:
        return [_read(sheets, sheets.locale, judge, prints) for sheets in all_sheets]
    found = [(verdict, unpack(verdict.locale, rows)) for verdict, rows in in_halves(work, all_sheets, meanwhile)]
    for verdict, _ in found:
        verdict.prints = prints
    return found


def _judged(
    sheets: Sheets,
    judge: Judge,
    prints: Mapping[str, int],
    verdict: Verdict | None,
    read: Mapping[str, tuple[Verdict, Catalog]],
) -> Judged:
    name, rows = _names(sheets, judge)
    if verdict and verdict.prints == prints:
        return verdict, lambda: _kept_catalog(rows, sheets)
    if verdict:
        catalog = _kept_catalog(rows, sheets)
        _update(verdict, catalog, judge, prints)
    else:
        verdict, catalog = read[sheets.name]
        if sheets.key and verdict.is_readable:
            kept.save(rows, pack(catalog))
    verdict.rows = rows
    if sheets.key and verdict.is_readable:
        kept.save(name, verdict)
    return verdict, lambda: catalog


def _kept_catalog(rows: str, sheets: Sheets) -> Catalog:
    locale = sheets.locale
    if (found := kept.find(rows)) is not None:
        return unpack(locale, found)
    reviews, _ = read_review_sheet(sheets.reviews())
    return make_catalog(locale, read_rows(sheets.catalog().text)[1], reviews)


def pack(catalog: Catalog) -> Rows:
    """Return a catalog as plain data: that is read five times as fast."""
    return {key: _row(entry) for key, entry in catalog.entries.items()}


# dataclasses.astuple copies whatever it meets, which takes ten times as long.
_row: Callable[[Translation], tuple[object, ...]] = attrgetter(*(each.name for each in fields(Translation)))


def unpack(locale: str, rows: Rows) -> Catalog:
    """Return a catalog of plain data."""
    return Catalog(locale, {key: Translation(*row) for key, row in rows.items()})  # type: ignore[arg-type]


def content_key(catalog: Catalog) -> str:
    """Return the fingerprint of a catalog's translations, wherever they stand in their file."""
    return kept.digest(repr([(key, *_without_line(catalog.entries[key])) for key in sorted(catalog.entries)]))


def _without_line(entry: Translation) -> tuple[object, ...]:
    return (entry.source, entry.forms, entry.fuzzy, entry.plural, entry.previous, entry.is_reviewed)


def _read(sheets: Sheets, locale: str, judge: Judge, prints: Mapping[str, int]) -> tuple[Verdict, Catalog]:
    raw, where = sheets.catalog(), Location(sheets.name)
    reviews, problems = read_review_sheet(sheets.reviews())
    verdict = Verdict(locale, raw.name)
    try:
        header, rows = read_rows(raw.text)
    except ValueError as error:
        place = _syntax_place(raw.name, str(error))
        verdict.whole = (*problems, problem("catalog-syntax", place, why=error, locale=locale))
        verdict.is_readable = False
        return verdict, Catalog(locale)
    catalog = make_catalog(locale, rows, reviews)
    problems += check_header(header.get("Plural-Forms", ""), judge.plural_forms(locale), where, locale)
    seen = Counter(row.key for row in rows)
    problems += [problem("duplicate-entry", where, value=key, locale=locale) for key, n in seen.items() if n > 1]
    verdict.whole = tuple(problems)
    verdict.content = content_key(catalog)
    _update(verdict, catalog, judge, prints)
    return verdict, catalog


def _update(verdict: Verdict, catalog: Catalog, judge: Judge, prints: Mapping[str, int]) -> None:
    """Judge the entries whose English is another than before, and forget those that are gone."""
    entries = judge.entries()
    changed = [key for key in entries if prints[key] != verdict.prints.get(key)]
    for key in verdict.prints.keys() - prints.keys():
        for known in (verdict.found, verdict.states, verdict.stale):
            known.pop(key, None)
    for key in changed:
        translation = catalog.entries.get(key)
        where = Location(verdict.name, translation.line if translation else 1)
        state = verdict.states[key] = state_of(catalog, entries[key])
        found = judge.judge(key, catalog, where) if translation else []
        _put(verdict.found, key, found)
        _put(verdict.stale, key, where.line if state is TranslationState.STALE else 0)
    verdict.unknown = {key: entry.line for key, entry in catalog.entries.items() if key not in entries}
    verdict.prints = prints


def _put(known: dict[str, Any], key: str, value: Any) -> None:
    if value:
        known[key] = value
    else:
        known.pop(key, None)


def read_review_sheet(raw: RawText | None) -> tuple[dict[str, Review], list[Problem]]:
    """Return the reviews of a sheet, and what is wrong with it."""
    if raw is None:
        return {}, []
    try:
        return read_reviews(raw.text), []
    except ValueError as error:
        return {}, [sheet_problem(raw.name, error)]


def sheet_problem(name: str, error: ValueError) -> Problem:
    """Return the problem of a sheet that can't be read."""
    found = re.match(r"line (\d+): ", str(error))
    why = str(error).removeprefix(found[0] if found else "")
    return problem("sheet-syntax", Location(name, int(found[1]) if found else 1), why=why)


def _syntax_place(name: str, why: str) -> Location:
    found = re.search(r"line (\d+)", why)
    return Location(name, max(1, int(found[1])) if found else 1)
