"""JSON Schema for every content file, so that editors complete and check while an author types."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from helptree.problems import CATALOGUE
from helptree.shapes import FOLDERS, ID_PATTERN, TABLES, TreeFile

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every kind of content file by file name."""
    found: dict[str, dict[str, Any]] = {"tree.json": TreeFile.model_json_schema()}
    for kind, shape in FOLDERS.values():
        found[f"{kind}.json"] = shape.model_json_schema()
    for name, (_, shape) in TABLES.items():
        stem = Path(name).stem
        found[f"{stem}.json"] = TypeAdapter(dict[str, shape]).json_schema()  # type: ignore[valid-type]
    found["redirects.json"] = {
        "type": "object",
        "additionalProperties": {"type": "string", "pattern": ID_PATTERN},
    }
    return {name: {"$schema": _DRAFT, **schema} for name, schema in found.items()}


def problems_page() -> str:
    """Return the page that explains every problem: code, meaning, repair."""
    rows = [
        "# What `helptree check` may find",
        "",
        "Every finding reads `path:line:column: severity code: what. Repair.`",
        "Errors stop a build. Warnings are told, and stop only `helptree check --strict`.",
        "This page is made by `helptree schema` from the catalogue in `src/helptree/problems.py`.",
        "",
    ]
    for code, kind in sorted(CATALOGUE.items()):
        rows += [
            f"## {code}",
            "",
            f"*{kind.severity.value}* - {_readable(kind.message)}.",
            "",
            _readable(kind.repair),
            "",
        ]
    return "\n".join(rows).rstrip() + "\n"


class _Gap:
    """Stands for any value of a message."""

    def __str__(self) -> str:
        return "`...`"

    __repr__ = __str__


def _readable(message: str) -> str:
    """Show the gaps of a message as `...`, and what stands in braces as code."""
    text = message.format_map(defaultdict(_Gap)).replace("{`...`}", "{...}")
    return re.sub(r"\{[^{}]*\}", r"`\g<0>`", text)


def files() -> dict[str, str]:
    """Return every generated file by its path below the tree's folder."""
    made = {
        f"schema/{name}": json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        for name, schema in schemas().items()
    }
    return made | {"PROBLEMS.md": problems_page()}


def outdated(folder: Path) -> list[str]:
    """Return the generated files that differ from what `write` would make."""
    return [name for name, text in files().items() if not _same(folder / name, text)]


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def write(folder: Path) -> list[str]:
    """Write all generated files and return the names of those that changed."""
    changed = outdated(folder)
    for name in changed:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files()[name], encoding="utf-8")
    return changed
