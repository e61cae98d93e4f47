"""Reads a folder of content into raw files: where everything is, nothing judged but bytes, YAML and names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from helptree.files import GLOSSARY, MAX_FILES, REVIEW_SUFFIX, RawBytes, RawText, decode, raw_bytes, read_bytes
from helptree.problems import Location, Problem, nearest, problem
from helptree.shapes import FOLDERS, TABLES
from helptree.sharing import begin
from helptree.source import Mapping, parse

# Bytes of sayings from which on a second process is ready sooner than the first one alone.
_WORTH_A_PROCESS = 300_000
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


class _Yaml(NamedTuple):
    """A YAML file to read. `kind` is '' for a table."""

    name: str
    kind: str = ""


@dataclass(slots=True)
class RawTree:
    """A folder as it was read. `by_kind`: kind -> files; `tables`: file name -> file."""

    folder: Path
    by_kind: dict[str, list[RawFile]] = field(default_factory=dict)
    tables: dict[str, RawFile] = field(default_factory=dict)
    pages: list[RawText] = field(default_factory=list)
    catalogs: list[RawBytes] = field(default_factory=list)
    # the CSV files beside the catalogs: glossary and reviews
    sheets: list[RawBytes] = field(default_factory=list)
    # kind -> ids of files that exist but could not be read
    broken: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # What was read already, by name: what is judged is what was looked at before.
    files: MappingABC[str, bytes] = field(default_factory=dict)
    # Sayings that another process still reads.
    late: Callable[[], Iterable[RawFile]] = tuple

    def take(self, file: _Yaml, parsed: RawFile | None, problems: list[Problem]) -> None:
        """Take in a YAML file that was read, or not."""
        self.problems += problems
        if parsed and file.kind:
            self.by_kind.setdefault(file.kind, []).append(parsed)
        elif parsed:
            self.tables[file.name] = parsed
        elif file.kind:
            self.broken.setdefault(file.kind, set()).add(_stem(file.name))


def load(folder: Path, files: MappingABC[str, bytes] | None = None) -> RawTree:
    """Read all content below `folder`. What cannot be read is told in `problems` and left out.

    `files`: the bytes of some of them, when they were read already. Then `late` may have to be asked for the rest.
    """
    raw = RawTree(folder, problems=find_missing_tree(folder), files=files or {})
    if folder.is_dir():
        _parse_all(raw, list(_look_through(raw)))
    return raw


def find_missing_tree(folder: Path) -> list[Problem]:
    """Return a problem when a folder is no tree at all."""
    if (folder / "tree.yaml").exists():
        return []
    return [problem("missing-file", Location("tree.yaml"), what=f"{folder.name}/tree.yaml")]


def _look_through(raw: RawTree) -> Iterator[_Yaml]:
    """Yield the YAML files of a folder; take in the others, and tell what does not belong there."""
    budget = MAX_FILES
    for entry in _entries(raw.folder):
        if _leads_out(raw, entry, entry.name):
            continue
        if entry.name in _ROOT_FILES:
            yield _Yaml(entry.name)
        elif entry.name in _ROOT_FOLDERS and entry.is_dir():
            files = _entries(raw.folder / entry.name)
            if len(files) > budget:
                where = Location(entry.name)
                raw.problems.append(problem("too-many", where, count=len(files), what="files", limit=MAX_FILES))
                continue
            budget -= len(files)
            yield from _look_into(raw, entry.name, files)
        elif entry.name not in _COMPANIONS:
            known = nearest(entry.name, _ROOT_FILES | _ROOT_FOLDERS)
            raw.problems.append(_unknown_file(entry.name, known))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what lies in a folder in a fixed order; hidden files belong to editors and version control."""
    try:
        found = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=lambda entry: entry.name)


def _unknown_file(name: str, suggestion: str = "") -> Problem:
    return problem("unknown-file", Location(name), suggestion=suggestion, what=name)


def _look_into(raw: RawTree, folder: str, files: list[os.DirEntry[str]]) -> Iterator[_Yaml]:
    for entry in files:
        name = f"{folder}/{entry.name}"
        if _leads_out(raw, entry, name):
            continue
        if folder == "catalogs":
            yield from _look_at_catalog_file(raw, name)
        elif folder == "pages":
            _load_page(raw, name)
        elif not entry.name.endswith(".yaml"):
            raw.problems.append(problem("file-name", Location(name), value=entry.name, suffix=".yaml"))
        else:
            yield _Yaml(name, FOLDERS[folder][0])


def _look_at_catalog_file(raw: RawTree, name: str) -> Iterator[_Yaml]:
    if name in TABLES:
        yield _Yaml(name)
    elif name.endswith(".po"):
        _load_bytes(raw, raw.catalogs, name)
    elif name == GLOSSARY or name.endswith(REVIEW_SUFFIX):
        _load_bytes(raw, raw.sheets, name)
    elif not name.endswith((".pot", ".md")) and name != "catalogs/weblate.json":
        raw.problems.append(_unknown_file(name, nearest(name, [GLOSSARY])))


def _leads_out(raw: RawTree, entry: os.DirEntry[str], name: str) -> bool:
    # os.path, not pathlib: a link in a circle is no reason to raise.
    if not entry.is_symlink() or Path(os.path.realpath(entry.path)).is_relative_to(os.path.realpath(raw.folder)):
        return False
    raw.problems.append(problem("not-a-regular-file", Location(name), what=name))
    return True


def _read_bytes(raw: RawTree, name: str) -> tuple[bytes, list[Problem]]:
    data = raw.files.get(name)
    return read_bytes(os.path.join(raw.folder, name), name) if data is None else (data, [])


def _read(raw: RawTree, name: str) -> tuple[str, list[Problem]]:
    data, problems = _read_bytes(raw, name)
    return ("", problems) if problems else decode(data, name)


def _parse_all(raw: RawTree, files: list[_Yaml]) -> None:
    """Parse all YAML files, the sayings in another process if they are large: long texts, soon carried over."""
    apart = [file for file in files if file.kind == "sayings"]
    if sum(len(raw.files.get(file.name, b"")) for file in apart) < _WORTH_A_PROCESS:
        apart = []
    results = begin(lambda file: _parse(raw, file.name), apart)
    for file in files:
        if not apart or file.kind != "sayings":
            raw.take(file, *_parse(raw, file.name))

    def late() -> Iterator[RawFile]:
        for file, found in zip(apart, results(), strict=True):
            raw.take(file, *found)
        yield from raw.by_kind.get("sayings", ()) if apart else ()

    raw.late = late


def _parse(raw: RawTree, name: str) -> tuple[RawFile | None, list[Problem]]:
    text, problems = _read(raw, name)
    if problems:
        return None, problems
    node, problems = parse(text, name)
    return RawFile(name, _stem(name), node, "#" in text) if node and not problems else None, problems


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".yaml")


def _load_page(raw: RawTree, name: str) -> None:
    if not name.endswith(".md"):
        raw.problems.append(problem("file-name", Location(name), value=Path(name).name, suffix=".md"))
        return
    text, problems = _read(raw, name)
    raw.problems += problems
    if not problems:
        raw.pages.append(RawText(name, Path(name).stem, text))


def _load_bytes(raw: RawTree, files: list[RawBytes], name: str) -> None:
    data, problems = _read_bytes(raw, name)
    raw.problems += problems
    if not problems:
        files.append(raw_bytes(name, data))
