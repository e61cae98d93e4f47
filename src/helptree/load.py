"""Reads a folder of content into raw files: where everything is, nothing judged but bytes, YAML and names."""

from __future__ import annotations

import os
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field
from pathlib import Path

from helptree.files import GLOSSARY, MAX_FILES, REVIEW_SUFFIX, RawText, decode, read_text
from helptree.problems import Location, Problem, nearest, problem
from helptree.shapes import FOLDERS, TABLES
from helptree.source import Mapping, parse

# Beside the content: documents and what is generated from it.
_COMPANIONS = {"README.md", "PROBLEMS.md", "schema"}
_ROOT_FILES = {
    "tree.yaml",
    "facts.yaml",
    "glossary.yaml",
    "sources.yaml",
    "redirects.yaml",
    "synonyms.yaml",
    "other_topics.yaml",
}
_ROOT_FOLDERS = {*FOLDERS, "pages", "catalogs"}


@dataclass(frozen=True, slots=True)
class RawFile:
    """One YAML file. `name` is its path below the tree's folder, `stem` its file name without `.yaml`.

    `may_have_comments`: a text in it may be cut short by one.
    """

    name: str
    stem: str
    node: Mapping
    may_have_comments: bool = True


@dataclass(slots=True)
class RawTree:
    """A folder as it was read. `by_kind`: kind -> files; `tables`: file name -> file."""

    folder: Path
    by_kind: dict[str, list[RawFile]] = field(default_factory=dict)
    tables: dict[str, RawFile] = field(default_factory=dict)
    pages: list[RawText] = field(default_factory=list)
    catalogs: list[RawText] = field(default_factory=list)
    # the CSV files beside the catalogs: glossary and reviews
    sheets: list[RawText] = field(default_factory=list)
    # kind -> ids of files that exist but could not be read
    broken: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # What was read already, by name: what is judged is what was looked at before.
    files: MappingABC[str, bytes] = field(default_factory=dict)


def load(folder: Path, files: MappingABC[str, bytes] | None = None) -> RawTree:
    """Read all content below `folder`. What cannot be read is told in `problems` and left out.

    `files`: the bytes of some of them, when they were read already.
    """
    raw = RawTree(folder, problems=find_missing_tree(folder), files=files or {})
    if not folder.is_dir():
        return raw
    budget = MAX_FILES
    for entry in _entries(folder):
        if _leads_out(raw, entry, entry.name):
            continue
        if entry.name in _ROOT_FILES:
            _load_table(raw, entry.name)
        elif entry.name in _ROOT_FOLDERS and entry.is_dir():
            budget -= _load_folder(raw, entry.name, budget)
        elif entry.name not in _COMPANIONS:
            known = nearest(entry.name, _ROOT_FILES | _ROOT_FOLDERS)
            raw.problems.append(_unknown_file(entry.name, known))
    return raw


def find_missing_tree(folder: Path) -> list[Problem]:
    """Return a problem when a folder is no tree at all."""
    if (folder / "tree.yaml").exists():
        return []
    return [problem("missing-file", Location("tree.yaml"), what=f"{folder.name}/tree.yaml")]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what lies in a folder in a fixed order; hidden files belong to editors and version control."""
    try:
        found = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=lambda entry: entry.name)


def _unknown_file(name: str, suggestion: str = "") -> Problem:
    return problem("unknown-file", Location(name), suggestion=suggestion, what=name)


def _load_folder(raw: RawTree, folder: str, budget: int) -> int:
    entries = _entries(raw.folder / folder)
    if len(entries) > budget:
        where = Location(folder)
        raw.problems.append(problem("too-many", where, count=len(entries), what="files", limit=MAX_FILES))
        return 0
    for entry in entries:
        name = f"{folder}/{entry.name}"
        if _leads_out(raw, entry, name):
            continue
        if folder == "pages":
            _load_text(raw, raw.pages, name, ".md")
        elif folder == "catalogs":
            _load_catalog_file(raw, name)
        elif not entry.name.endswith(".yaml"):
            raw.problems.append(problem("file-name", Location(name), value=entry.name, suffix=".yaml"))
        else:
            _load_yaml(raw, name, FOLDERS[folder][0])
    return len(entries)


def _load_catalog_file(raw: RawTree, name: str) -> None:
    if name in TABLES:
        _load_table(raw, name)
    elif name.endswith(".po"):
        _load_text(raw, raw.catalogs, name, ".po")
    elif name == GLOSSARY or name.endswith(REVIEW_SUFFIX):
        _load_text(raw, raw.sheets, name, ".csv")
    elif not name.endswith((".pot", ".md")) and name != "catalogs/weblate.json":
        raw.problems.append(_unknown_file(name, nearest(name, [GLOSSARY])))


def _leads_out(raw: RawTree, entry: os.DirEntry[str], name: str) -> bool:
    # os.path, not pathlib: a link in a circle is no reason to raise.
    if not entry.is_symlink() or Path(os.path.realpath(entry.path)).is_relative_to(os.path.realpath(raw.folder)):
        return False
    raw.problems.append(problem("not-a-regular-file", Location(name), what=name))
    return True


def _read(raw: RawTree, name: str) -> str | None:
    data = raw.files.get(name)
    text, problems = read_text(os.path.join(raw.folder, name), name) if data is None else decode(data, name)
    raw.problems += problems
    return None if problems else text


def _parse(raw: RawTree, name: str) -> RawFile | None:
    text = _read(raw, name)
    if text is None:
        return None
    node, problems = parse(text, name)
    raw.problems += problems
    return RawFile(name, _stem(name), node, "#" in text) if node is not None and not problems else None


def _load_yaml(raw: RawTree, name: str, kind: str) -> None:
    if file := _parse(raw, name):
        raw.by_kind.setdefault(kind, []).append(file)
    else:
        raw.broken.setdefault(kind, set()).add(_stem(name))


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".yaml")


def _load_table(raw: RawTree, name: str) -> None:
    if file := _parse(raw, name):
        raw.tables[name] = file


def _load_text(raw: RawTree, files: list[RawText], name: str, suffix: str) -> None:
    if not name.endswith(suffix):
        raw.problems.append(problem("file-name", Location(name), value=Path(name).name, suffix=suffix))
    elif (text := _read(raw, name)) is not None:
        files.append(RawText(name, Path(name).name.removesuffix(suffix), text))
