"""Tells findings: as lines for people, as JSON for programs, as annotations for continuous integration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from helptree.problems import Problem, Severity


def as_text(problems: Iterable[Problem], folder: Path) -> str:
    """Return one line a problem: `path:line:column: severity code: what. Did you mean ...? Repair.`"""
    return "".join(f"{folder.as_posix()}/{found}\n" for found in problems)


def as_json(problems: Iterable[Problem], folder: Path) -> str:
    """Return a JSON list; each finding with path, line, column, severity, code, message, suggestion, repair."""
    rows = [
        {
            "path": f"{folder.as_posix()}/{found.location.path}",
            "line": found.location.line,
            "column": found.location.column,
            "severity": found.kind.severity.value,
            "code": found.kind.code,
            "message": found.message,
            "suggestion": found.suggestion,
            "repair": found.repair,
        }
        for found in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_annotations(problems: Iterable[Problem], folder: Path) -> str:
    """Return workflow commands that a forge shows beside the changed lines (GitHub, Gitea, Forgejo)."""
    return "".join(_annotation(found, folder) for found in problems)


def _annotation(found: Problem, folder: Path) -> str:
    path = _escape(f"{folder.as_posix()}/{found.location.path}", in_property=True)
    place = f"file={path},line={found.location.line},col={found.location.column},title={found.kind.code}"
    hint = f" Did you mean {found.suggestion!r}?" if found.suggestion else ""
    return f"::{found.kind.severity.value} {place}::{_escape(f'{found.message}.{hint} {found.repair}')}\n"


def _escape(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


FORMATS: dict[str, Callable[[Iterable[Problem], Path], str]] = {
    "text": as_text,
    "json": as_json,
    "ci": as_annotations,
}


def summary(problems: Iterable[Problem]) -> str:
    """Return `2 errors, 1 warning`."""
    found = list(problems)
    errors = sum(1 for item in found if item.kind.severity is Severity.ERROR)
    warnings = len(found) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
