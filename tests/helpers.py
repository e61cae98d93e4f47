"""Small trees on disk for tests: the minimal tree with some files changed, and what `helptree check` says of it."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from helptree.problems import Problem, ProblemsFound
from helptree.project import Project, open_project
from helptree.source import parse

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)  # for all that is judged by the calendar
MINIMAL = ROOT / "tests" / "trees" / "minimal"


@dataclass(frozen=True)
class Edit:
    """Replace `old`, which must be there exactly once, by `new`."""

    old: str
    new: str

    def apply(self, path: Path) -> str:
        text = path.read_text(encoding="utf-8")
        assert text.count(self.old) == 1, f"{path.name} holds {self.old!r} {text.count(self.old)} times"
        return text.replace(self.old, self.new)


Changes = Mapping[str, str | bytes | Edit | None]


def write_tree(folder: Path, changes: Changes | None = None) -> Path:
    """Copy the minimal tree to `folder`; then each path is written anew, edited, or with None removed."""
    shutil.copytree(MINIMAL, folder, dirs_exist_ok=True)
    change_files(folder, changes or {})
    return folder


def change_files(folder: Path, changes: Changes) -> None:
    for name, change in changes.items():
        path = folder / name
        if change is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        text = change.apply(path) if isinstance(change, Edit) else change
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


def findings_in(folder: Path) -> list[Problem]:
    """Everything found, whether the tree can be opened or not."""
    try:
        return list(open_project(folder, TODAY).problems)
    except ProblemsFound as found:
        return found.problems


def problems_of(folder: Path) -> list[str]:
    """One line a finding, without its repair."""
    return [line_of(found) for found in findings_in(folder)]


def line_of(found: Problem) -> str:
    return str(found).removesuffix(f" {found.repair}")


def problems_in(text: str, name: str = "x.yaml") -> list[str]:
    """What is wrong with one YAML text: `line:column code`."""
    _, found = parse(text, name)
    return [f"{p.location.line}:{p.location.column} {p.kind.code}" for p in found]


def open_tree(folder: Path, changes: Changes | None = None) -> Project:
    """Write the minimal tree with its changes and open it."""
    return open_project(write_tree(folder, changes), TODAY)
