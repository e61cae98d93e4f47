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
from typing import Any, NamedTuple

from helptree import kept
from helptree.catalogs import Catalog, Translation, TranslationState, locale_of, make_catalog, read_rows, state_of
from helptree.checks.judge import Judge, check_header
from helptree.files import RawBytes
from helptree.locales import LOCALE
from helptree.problems import Location, Problem, nearest, problem
from helptree.reviews import Review, read_reviews
from helptree.sharing import share
from helptree.text_entry import TextEntry

# Bytes of catalogs from which on a second process is ready sooner than the first one alone.
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
    `stale`: entry -> line; `content`: fingerprint of the translations, wherever they stand."""

    locale: str
    name: str
    whole: tuple[Problem, ...] = ()
    found: dict[str, list[Problem]] = field(default_factory=dict)
    states: dict[str, TranslationState] = field(default_factory=dict)
    prints: Mapping[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    stale: dict[str, int] = field(default_factory=dict)
    content: str = ""
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
    """A catalog, with the sheet of its reviews."""

    catalog: RawBytes
    reviews: RawBytes | None

    @property
    def name(self) -> str:
        """The name of the catalog."""
        return self.catalog.name

    @property
    def locale(self) -> str:
        """The language, by the name of the file."""
        return locale_of(self.catalog.stem)

    @property
    def key(self) -> str:
        """The fingerprint of both."""
        return kept.digest(self.name, self.catalog.data, self.reviews.data if self.reviews else b"")


Judged = tuple[Verdict, Callable[[], Catalog]]


def judge_catalogs(
    all_sheets: Sequence[Sheets],
    judge: Judge,
    prints: Mapping[str, int],
    meanwhile: Callable[[], None] | None = None,
) -> dict[str, Judged]:
    """Return the verdict on each catalog by its name, and the catalog, which is read when it is asked for.

    `meanwhile` is done if there is much to judge: here, while another process begins.
    """
    names = {sheets.name: _names(sheets, judge) for sheets in all_sheets}
    found = {name: kept.find(places.verdict) for name, places in names.items()}
    known = {name: verdict for name, verdict in found.items() if isinstance(verdict, Verdict)}
    unknown = [sheets for sheets in all_sheets if sheets.name not in known]
    judged = {}
    for sheets, (verdict, rows) in zip(unknown, _read_all(unknown, judge, prints, meanwhile, names), strict=True):
        judged[sheets.name] = _judged_now(sheets, names[sheets.name], verdict, rows)
    for sheets in all_sheets:
        if sheets.name in known:
            places = names[sheets.name]
            judged[sheets.name] = _judged_before(sheets, places, known[sheets.name], judge, prints)
    return judged


class _Names(NamedTuple):
    """What a verdict and a catalog are kept under."""

    verdict: str = ""
    rows: str = ""


def _names(sheets: Sheets, judge: Judge) -> _Names:
    if not kept.folder():
        return _Names()
    key, engine = sheets.key, kept.engine_key()
    verdict, rows = kept.digest(engine, key, judge.context_key), kept.digest(engine, key, "")
    return _Names(f"verdict-{verdict}", f"catalog-{rows}")


def _read_all(
    all_sheets: Sequence[Sheets],
    judge: Judge,
    prints: Mapping[str, int],
    meanwhile: Callable[[], None] | None,
    names: Mapping[str, _Names],
) -> list[tuple[Verdict, Rows]]:
    """Read and judge catalogs of which nothing is kept; keep what they hold."""

    def work(sheets: Sheets) -> tuple[Verdict, Rows]:
        verdict, catalog = _read(sheets, sheets.locale, judge, prints)
        # The same for all, and not to be carried over.
        verdict.prints = {}
        rows = pack(catalog)
        if verdict.is_readable:
            kept.save(names[sheets.name].rows, rows)
        return verdict, rows

    size = sum(len(sheets.catalog.data) for sheets in all_sheets)
    is_much = size >= _WORTH_A_PROCESS
    found = share(work, all_sheets, meanwhile) if is_much else [work(sheets) for sheets in all_sheets]
    for verdict, _ in found:
        verdict.prints = prints
    return found


def _judged_now(sheets: Sheets, places: _Names, verdict: Verdict, rows: Rows) -> Judged:
    if verdict.is_readable:
        kept.save(places.verdict, verdict)
    return verdict, lambda: unpack(sheets.locale, rows)


def _judged_before(sheets: Sheets, places: _Names, verdict: Verdict, judge: Judge, prints: Mapping[str, int]) -> Judged:
    if verdict.prints == prints:
        return verdict, lambda: _kept_catalog(places.rows, sheets)
    catalog = _kept_catalog(places.rows, sheets)
    _update(verdict, catalog, judge, prints)
    kept.save(places.verdict, verdict)
    return verdict, lambda: catalog


def _kept_catalog(rows: str, sheets: Sheets) -> Catalog:
    locale = sheets.locale
    if (found := kept.find(rows)) is not None:
        return unpack(locale, found)
    reviews, _ = read_review_sheet(sheets.reviews)
    return make_catalog(locale, read_rows(sheets.catalog.decode()[0])[1], reviews)


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
    name, where = sheets.catalog.name, Location(sheets.catalog.name)
    reviews, problems = read_review_sheet(sheets.reviews)
    text, faults = sheets.catalog.decode()
    try:
        header, rows = read_rows(text)
    except ValueError as error:
        faults.append(problem("catalog-syntax", _syntax_place(name, str(error)), why=error, locale=locale))
    if faults:
        return Verdict(locale, name, whole=(*problems, *faults), is_readable=False), Catalog(locale)
    verdict, catalog = Verdict(locale, name), make_catalog(locale, rows, reviews)
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


def read_review_sheet(raw: RawBytes | None) -> tuple[dict[str, Review], list[Problem]]:
    """Return the reviews of a sheet, and what is wrong with it."""
    text, problems = raw.decode() if raw else ("", [])
    if not raw or problems:
        return {}, problems
    try:
        return read_reviews(text), []
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
