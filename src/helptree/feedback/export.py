"""Submissions as a table for other programs: CSV that no spreadsheet runs, or JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TextIO

from sqlalchemy import Engine, select

from helptree.feedback.database import reading
from helptree.feedback.schema import submission
from helptree.feedback.types import ERASED

COLUMNS = ("receipt", "at", "kind", "node", "locale", "text")
# What a spreadsheet takes for the beginning of a formula, in any width, and after white space too.
_FORMULA = tuple("=+-@|%＝＋－＠")


def export(engine: Engine, format_: str, out: TextIO) -> int:
    """Write all submissions, oldest first; return how many. Raises what the database raises."""
    query = select(submission).where(submission.c.kind != ERASED).order_by(submission.c.at, submission.c.receipt)
    with reading(engine) as connection:
        rows = connection.execution_options(yield_per=1000).execute(query)
        return FORMATS[format_]((dict(row._mapping) for row in rows), out)


def _write_csv(rows: Iterable[dict[str, Any]], out: TextIO) -> int:
    writer, count = csv.writer(out, lineterminator="\r\n"), 0
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([safe_cell(_plain(row[column])) for column in COLUMNS])
        count += 1
    return count


def _write_jsonl(rows: Iterable[dict[str, Any]], out: TextIO) -> int:
    count = 0
    for row in rows:
        out.write(json.dumps({column: _plain(row[column]) for column in COLUMNS}, ensure_ascii=False) + "\n")
        count += 1
    return count


def safe_cell(value: str) -> str:
    """Return a cell that a spreadsheet shows and does not run."""
    is_formula = value.lstrip().startswith(_FORMULA) or value.startswith(("\t", "\r", "\n"))
    return f"'{value}" if is_formula else value


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value or "")


FORMATS: dict[str, Callable[[Iterable[dict[str, Any]], TextIO], int]] = {"csv": _write_csv, "jsonl": _write_jsonl}
