"""Exports a catalog to a file for translators, and imports what they send back, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from helptree.catalogs import Catalog, TranslationState, parse_po, read_catalog
from helptree.checks.shape import check_shapes
from helptree.checks.translations import make_judge
from helptree.exchange import CannotImport, Row, Sheet, apply_rows, make_rows
from helptree.exchange.sheet import read_csv, write_csv
from helptree.exchange.xliff import read_xliff, write_xliff12, write_xliff20
from helptree.files import read_text
from helptree.load import load
from helptree.locales import Language
from helptree.problems import Location, Problem, ProblemsFound, has_errors, problem
from helptree.project import Project
from helptree.translation_files import catalog_path, merged_catalog, write_text

_WRITERS: dict[str, Callable[[Sheet], str]] = {
    "xliff12": write_xliff12,
    "xliff20": write_xliff20,
    "csv": write_csv,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the catalog's path, how many entries changed, and warnings."""

    path: Path
    changed: int
    warnings: tuple[Problem, ...]


def export(project: Project, language: Language, format_: str, only: Collection[TranslationState] = ()) -> str:
    """Return a language's catalog in another format; `only`: the entries in these states."""
    # Brought in step first, so that a translator never works on English that is no longer there.
    catalog = _with_reviews(project, parse_catalog(project, language))
    rows = make_rows(catalog, project.entries_for_translators(), language.plural_forms, only)
    return _WRITERS[format_](Sheet(project.tree.source_locale, language.tag, tuple(rows)))


def parse_catalog(project: Project, language: Language) -> Catalog:
    """Return a language's catalog as it will be after merging."""
    return read_catalog(language.tag, parse_po(merged_catalog(project, language)))


def _with_reviews(project: Project, catalog: Catalog) -> Catalog:
    known = project.catalogs.get(catalog.locale, Catalog(catalog.locale)).entries
    reviewed = {key for key, found in known.items() if found.is_reviewed}
    entries = {key: replace(found, is_reviewed=key in reviewed) for key, found in catalog.entries.items()}
    return Catalog(catalog.locale, entries)


def import_file(project: Project, path: Path) -> Imported:
    """Put a translator's file into its catalog. Raises ProblemsFound, located in that file, and writes nothing then."""
    sheet, name = _read(path), path.name
    if why := _misfit(project, sheet):
        raise ProblemsFound([problem("import-syntax", Location(name), why=why)])
    language = project.all_languages[sheet.locale]
    po = parse_po(merged_catalog(project, language))
    known = {entry.key for entry in project.entries}
    problems = [*_repeated(sheet, name), *_unknown(sheet.rows, known, name)]
    changed = apply_rows(po, sheet.rows)
    problems += _judge(project, read_catalog(language.tag, po), changed, name)
    if has_errors(problems):
        raise ProblemsFound(problems)
    write_text(catalog_path(project, language), str(po))
    return Imported(catalog_path(project, language), len(changed), tuple(problems))


def _read(path: Path) -> Sheet:
    text, problems = read_text(path, path.name)
    if problems:
        raise ProblemsFound(problems)
    try:
        return read_xliff(text) if text.lstrip().startswith("<") else read_csv(text)
    except CannotImport as error:
        raise ProblemsFound([problem("import-syntax", Location(path.name, error.line), why=error)]) from error


def _misfit(project: Project, sheet: Sheet) -> str:
    if sheet.source_locale != project.tree.source_locale:
        return f"it translates from {sheet.source_locale!r}, the tree is written in {project.tree.source_locale!r}"
    if sheet.locale not in project.all_languages or sheet.locale == project.tree.source_locale:
        return f"it translates to {sheet.locale!r}, which is no language to translate to in catalogs/languages.yaml"
    return ""


def _repeated(sheet: Sheet, name: str) -> Iterator[Problem]:
    seen = Counter(row.id for row in sheet.rows)
    for row in sheet.rows:
        if seen[row.id] > 1:
            yield problem("duplicate-entry", Location(name, row.line), value=row.id, locale=sheet.locale)


def _unknown(rows: Iterable[Row], known: Collection[str], name: str) -> Iterator[Problem]:
    for row in rows:
        if row.key not in known:
            yield problem("unknown-entry", Location(name, row.line), value=row.id)


def _judge(project: Project, catalog: Catalog, changed: dict[str, Row], name: str) -> Iterator[Problem]:
    content, _ = check_shapes(load(project.folder))
    judge = make_judge(content, project.entries)
    for key, row in changed.items():
        where = Location(name, row.line)
        yield from judge.find_errors(judge.entries()[key], catalog.entries[key], catalog.locale, where)
        yield from judge.find_hints(judge.entries()[key], catalog, where)
