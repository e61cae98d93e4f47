"""The state of the translations: counts for all languages, and for one language what is left to do, page by page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from helptree.catalogs import Catalog, TranslationState, count_states, states
from helptree.coverage import Coverage, measure
from helptree.locales import Language
from helptree.project import Project
from helptree.translation_files import target_languages


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries there are, and how many stand in each state; `translated` counts the reviewed ones too."""

    entries: int
    translated: int
    reviewed: int
    stale: int
    missing: int


@dataclass(frozen=True, slots=True)
class Gap:
    """One entry that readers meet in another language. `previous`: the English of a stale `translation`."""

    key: str
    state: TranslationState
    source: str
    translation: str = ""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class PageGaps:
    """The gaps of one page. `kind`: status, question, outcome, remedy, message, term, tree or ui; `id`: its id."""

    kind: str
    id: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class TranslationReport:
    """All that a page of translation state tells of one language. `pages`: in the order of reading."""

    language: Language
    counts: Counts
    coverage: Coverage
    pages: tuple[PageGaps, ...] = field(default_factory=tuple)


def count(project: Project, tag: str) -> Counts:
    """Return the counts of one language. The source language is complete by definition, and reviewed by nobody."""
    if tag == project.tree.source_locale:
        return Counts(len(project.entries), len(project.entries), 0, 0, 0)
    found = count_states(project.catalogs.get(tag, Catalog(tag)), project.entries)
    reviewed = found[TranslationState.REVIEWED]
    return Counts(
        entries=len(project.entries),
        translated=found[TranslationState.TRANSLATED] + reviewed,
        reviewed=reviewed,
        stale=found[TranslationState.STALE],
        missing=found[TranslationState.MISSING],
    )


def translation_report(project: Project, tag: str) -> TranslationReport:
    """Return counts, coverage, and every stale or missing entry by page. Raises KeyError for an unknown language."""
    catalog, pages = project.catalogs.get(tag, Catalog(tag)), dict[tuple[str, str], list[Gap]]()
    is_source = tag == project.tree.source_locale
    for entry, state in () if is_source else states(catalog, project.entries_for_translators()):
        if state.is_current:
            continue
        found = catalog.entries.get(entry.key)
        gap = Gap(entry.key, state, entry.text)
        if found and state is TranslationState.STALE:
            gap = Gap(entry.key, state, entry.text, found.forms[0], found.previous or found.source)
        pages.setdefault(page_of(entry.key), []).append(gap)
    coverage = Coverage(1.0, 1.0) if is_source else measure(catalog, project.entries)
    rows = tuple(PageGaps(kind, id_, tuple(gaps)) for (kind, id_), gaps in pages.items())
    return TranslationReport(project.all_languages[tag], count(project, tag), coverage, rows)


def page_of(key: str) -> tuple[str, str]:
    """Return kind and id of the page where an entry shows: `remedy.wait.title` -> remedy, wait."""
    kind, rest = key.split(".", 1)
    return (kind, "") if kind == "tree" else (kind, rest.split(".")[0])


def _all_counts(project: Project) -> dict[str, Counts]:
    source = project.tree.source_locale
    return {tag: count(project, tag) for tag in (source, *target_languages(project))}


def stats_json(project: Project) -> str:
    """Return `{"locales": {"fr": {"entries": ..., "translated": ..., ...}}}`."""
    rows = {
        tag: {name: getattr(counts, name) for name in Counts.__slots__} for tag, counts in _all_counts(project).items()
    }
    return json.dumps({"locales": rows}, indent=2)


def stats_text(project: Project) -> str:
    """Return one line a language."""
    source = project.tree.source_locale
    lines = [f"{source:8} {len(project.entries)} entries; the source language"]
    for tag, row in _all_counts(project).items():
        if tag != source:
            share = 100 * row.translated / row.entries if row.entries else 100
            states = f"{row.reviewed} of them reviewed, {row.stale} stale, {row.missing} missing"
            shown = project.all_languages[tag].state.value
            lines.append(f"{tag:8} {share:5.1f} %  {row.translated} of {row.entries} translated, {states}; {shown}")
    return "\n".join(lines)
