"""The catalogs on disk: template, merge, statistics. Written in one step, and only when something changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from helptree.catalogs import Catalog, TranslationState, count_states, make_template, merge, parse_po
from helptree.project import Project

_FOLDER = "catalogs"


def write_template(project: Project) -> Path:
    """Write catalogs/helptree.pot and return its path."""
    path = project.folder / _FOLDER / "helptree.pot"
    _write(path, str(make_template(project.entries)))
    return path


def merge_catalogs(project: Project) -> Iterator[Path]:
    """Bring every language's catalog in step with the texts; yield the paths of those that changed.

    A language without a catalog cannot be opened (`missing-locale`); its first catalog is an empty file that
    this fills.
    """
    write_template(project)
    for tag, language in project.languages.items():
        path = project.folder / _FOLDER / f"{language.file_stem}.po"
        if tag == project.tree.source_locale:
            continue
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        old = parse_po(before) if before else None
        after = str(merge(old, project.entries, language.plural_forms, tag))
        if after != before:
            _write(path, after)
            yield path


def _write(path: Path, text: str) -> None:
    text = text if text.endswith("\n") else text + "\n"
    staged = path.with_name(f".{path.name}.new")
    staged.write_text(text, encoding="utf-8")
    os.replace(staged, path)


def _counts(project: Project) -> dict[str, dict[str, int]]:
    counts = {}
    for tag in project.languages:
        if tag == project.tree.source_locale:
            continue
        found = count_states(project.catalogs.get(tag, Catalog(tag)), project.entries)
        counts[tag] = {
            "entries": len(project.entries),
            "translated": found[TranslationState.TRANSLATED],
            "stale": found[TranslationState.STALE],
            "missing": found[TranslationState.MISSING],
        }
    return counts


def stats_json(project: Project) -> str:
    """Return `{"locales": {"fr": {"entries": ..., "translated": ..., ...}}}`."""
    return json.dumps({"locales": _counts(project)}, indent=2)


def stats_text(project: Project) -> str:
    """Return one line a language."""
    lines = []
    for tag, row in _counts(project).items():
        share = 100 * row["translated"] / row["entries"]
        lines.append(
            f"{tag:8} {share:5.1f} %  {row['translated']} of {row['entries']} translated, "
            f"{row['stale']} stale, {row['missing']} missing"
        )
    return "\n".join(lines) or "Only the source language."
