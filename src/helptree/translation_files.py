"""The catalogs on disk: template, merge, stamps, reviews. Written in one step, and only when something changed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from helptree.catalogs import Catalog, parse_po, state_of
from helptree.locales import Language, LanguageState
from helptree.merging import make_template, merge
from helptree.project import Project
from helptree.reviews import Review, hash_forms, hash_source, read_reviews, write_reviews
from helptree.text_entry import TextEntry

FOLDER = "catalogs"


def catalog_path(project: Project, language: Language) -> Path:
    """Return the place of a language's catalog."""
    return project.folder / FOLDER / f"{language.file_stem}.po"


def review_path(project: Project, language: Language) -> Path:
    """Return the place of a language's review sheet."""
    return project.folder / FOLDER / f"{language.file_stem}.review.csv"


def write_template(project: Project) -> Path:
    """Write catalogs/helptree.pot and return its path."""
    path = project.folder / FOLDER / "helptree.pot"
    write_text(path, str(make_template(project.entries_for_translators())))
    return path


def target_languages(project: Project) -> dict[str, Language]:
    """Return the languages that are translated into: those with a catalog, and those that readers can choose."""
    return {
        tag: language
        for tag, language in project.all_languages.items()
        if tag != project.tree.source_locale
        and (language.state is not LanguageState.OFF or catalog_path(project, language).exists())
    }


def merge_catalogs(project: Project, only: str | None = None, confirmed: Collection[str] = ()) -> Iterator[Path]:
    """Bring the template and the catalogs in step with the texts; yield the paths of the catalogs that changed.

    `only`: this language alone, whose catalog is begun if there is none. `confirmed`: keys whose translation
    somebody says to be valid still.
    """
    write_template(project)
    languages = {only: project.all_languages[only]} if only else target_languages(project)
    for language in languages.values():
        path, after = catalog_path(project, language), merged_catalog(project, language, confirmed)
        if write_text(path, after):
            yield path


def merged_catalog(project: Project, language: Language, confirmed: Collection[str] = ()) -> str:
    """Return the text of a language's catalog, brought in step."""
    path = catalog_path(project, language)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    old, entries = parse_po(before) if before else None, project.entries_for_translators()
    renamed = _renamed(project, entries)
    return str(merge(old, entries, language.plural_forms, language.tag, confirmed=confirmed, renamed=renamed))


def _renamed(project: Project, entries: Collection[TextEntry]) -> dict[str, str]:
    """Return new key -> old key for what redirects.yaml says to be renamed."""
    old_ids = {new: old for old, new in project.tree.redirects.items() if "/" not in old}
    renamed = {}
    for kind, id_, *rest in (entry.key.split(".") for entry in entries):
        if id_ in old_ids:
            renamed[".".join([kind, id_, *rest])] = ".".join([kind, old_ids[id_], *rest])
    return renamed


def select_keys(project: Project, patterns: Collection[str], reviewable: Language | None = None) -> list[str]:
    """Return the keys that some patterns (`remedy.*.title`) name. Raises KeyError for one that names nothing.

    `reviewable`: of what a `*` stands for, only what has a current translation into this language.
    """
    found: dict[str, None] = {}
    for pattern in patterns:
        entries = [entry for entry in project.entries if fnmatchcase(entry.key, pattern)]
        if reviewable and "*" in pattern:
            catalog = project.catalogs.get(reviewable.tag, Catalog(reviewable.tag))
            entries = [entry for entry in entries if state_of(catalog, entry).is_current]
        if not entries:
            raise KeyError(pattern)
        found.update(dict.fromkeys(entry.key for entry in entries))
    return list(found)


def write_review(project: Project, language: Language, keys: Collection[str], template: Review) -> Path:
    """Stamp the translations of some keys as judged, as they are now; `template` says by whom, when and how.

    Raises KeyError for a key whose translation is not current: there is nothing to review.
    """
    path, catalog = review_path(project, language), project.catalogs.get(language.tag, Catalog(language.tag))
    reviews = read_reviews(path.read_text(encoding="utf-8")) if path.exists() else {}
    by_key = {entry.key: entry for entry in project.entries}
    for key in keys:
        entry, found = by_key[key], catalog.entries.get(key)
        if not found or not found.state_for(entry.text, entry.plural).is_current:
            raise KeyError(key)
        hashes = hash_source(found.source), hash_forms(found.forms)
        reviews[key] = Review(key, *hashes, *_judgement(template))
    write_text(path, write_reviews(reviews))
    return path


def _judgement(review: Review) -> tuple[str, ...]:
    return (review.state, review.who, review.date, review.minor, review.major, review.critical, review.note)


def write_text(path: Path, text: str) -> bool:
    """Write a file in one step, unless it holds just this already; say whether it was written."""
    text = text if text.endswith("\n") else text + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    staged = path.with_name(f".{path.name}.new")
    staged.write_text(text, encoding="utf-8", newline="\n")
    os.replace(staged, path)
    return True
