"""CSV: one row a text, for translators who work in a spreadsheet.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, which is taken off on the way back.
The byte order mark tells Excel that the file is UTF-8.
"""

from __future__ import annotations

import csv
import io
import re

from helptree.catalogs import TranslationState
from helptree.exchange import CannotImport, Row, Sheet, split_id

_BOM = "\ufeff"
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_FIXED = ("key", "state", "notes")


def write_csv(sheet: Sheet) -> str:
    """Return the rows as CSV: key, state, the source text, the translation, notes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["key", "state", f"source {sheet.source_locale}", f"translation {sheet.locale}", "notes"])
    for row in sheet.rows:
        cells = [row.id, row.state.value, row.source, row.target, "\n".join(row.notes)]
        writer.writerow([guard(cell) for cell in cells])
    return _BOM + out.getvalue()


def guard(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguard(cell: str) -> str:
    """Return what a cell held before it was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell


def read_csv(text: str) -> Sheet:
    """Return the rows of a CSV file. Raises CannotImport."""
    text = text.removeprefix(_BOM).replace("\r\n", "\n")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        raise CannotImport(str(error), reader.line_num) from error
    columns = lines[0][1] if lines else []
    source, target = (_column(columns, word) for word in ("source ", "translation "))
    if source is None or target is None or columns[:1] != ["key"]:
        raise CannotImport("the first line must be: key,state,source <language>,translation <language>,notes")
    state = columns.index("state") if "state" in columns else None
    rows = []
    for line, cells in lines[1:]:
        if len(cells) != len(columns):
            raise CannotImport(f"{len(cells)} cells instead of {len(columns)}", line)
        told = cells[state] if state is not None else ""
        rows.append(_row([unguard(cell) for cell in (cells[0], cells[source], cells[target])], told, line))
    return Sheet(columns[source].split(" ", 1)[1], columns[target].split(" ", 1)[1], tuple(rows))


def _delimiter(text: str) -> str:
    """Spreadsheets write a semicolon where the comma belongs into numbers, or tabulators."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _column(columns: list[str], word: str) -> int | None:
    return next((index for index, name in enumerate(columns) if name.startswith(word)), None)


def _row(cells: list[str], told: str, line: int) -> Row:
    key, form = split_id(cells[0])
    state = TranslationState.STALE if told == "stale" else TranslationState.TRANSLATED
    # Nobody sets the column `state` in a spreadsheet: a new text in a stale row is a new translation.
    return Row(key, cells[1], cells[2], state, form, line=line, has_own_state=False)
