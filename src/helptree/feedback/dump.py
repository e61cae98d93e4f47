"""Backup and restore while the wizard runs: a copy of the SQLite file, or JSON lines that either database reads.

What was erased after the backup stays erased after the restore.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.engine import URL

from helptree.feedback import schema
from helptree.feedback.database import make_engine, reading
from helptree.feedback.migrate import migrate
from helptree.feedback.settings import make_private
from helptree.feedback.store import Store, clear, insert_all
from helptree.feedback.types import ERASED, FeedbackError

_MAGIC = {"helptree": "feedback", "version": schema.HEAD}
# Backups of these versions lack a table and are read as they are.
_READ = [_MAGIC, {"helptree": "feedback", "version": "0001"}]
_SQLITE = b"SQLite format 3\0"
_BATCH = 500


def backup(engine: Engine, file: Path) -> int:
    """Write one moment of the database to a file, whole or not at all; return how many submissions it holds.

    A file that ends in .jsonl gets JSON lines; any other a copy of the SQLite file. Raises FeedbackError, OSError.
    """
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    make_private(file.parent, part)
    try:
        if file.suffix == ".jsonl":
            count = _write_lines(engine, part)
        elif engine.dialect.name == "sqlite":
            count = _copy_sqlite(engine, part)
        else:
            raise FeedbackError(f"{file}: a backup of PostgreSQL is JSON lines: name a file that ends in .jsonl")
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return count


def restore(engine: Engine, file: Path, *, replace: bool = False) -> int:
    """Put back what `backup` wrote, all or nothing; return how many submissions. Raises FeedbackError, OSError."""
    migrate(engine)
    with file.open("rb") as start:
        is_copy = start.read(len(_SQLITE)) == _SQLITE
    source = make_engine(URL.create("sqlite", database=str(file))) if is_copy else None
    with engine.begin() as connection:
        count = connection.execute(select(func.count()).select_from(schema.submission)).scalar_one()
        if count and not replace:
            raise FeedbackError(f"the database holds {count} submissions; --replace puts the backup in their place")
        there = schema.submission.c.kind == ERASED
        erased = list(connection.scalars(select(schema.submission.c.receipt).where(there)))
        clear(connection)
        _fill(connection, _rows_of_copy(source) if source else _rows_of_lines(file))
        restored = connection.execute(select(func.count()).select_from(schema.submission)).scalar_one()
    for receipt in erased:
        Store(engine).erase(receipt)
    return restored


def _copy_sqlite(engine: Engine, part: Path) -> int:
    with engine.connect().execution_options(reads_only=True) as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        copy = sqlite3.connect(part)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without its log
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise FeedbackError("the database is damaged; the backup was not written")
            return int(copy.execute("SELECT count(*) FROM submission").fetchone()[0])
        finally:
            copy.close()


def _write_lines(engine: Engine, part: Path) -> int:
    count = 0
    with reading(engine) as connection, part.open("w", encoding="utf-8") as out:
        out.write(json.dumps(_MAGIC) + "\n")
        for table in schema.TABLES:
            rows = connection.execution_options(yield_per=1000).execute(select(table).order_by(*table.primary_key))
            for row in rows:
                values = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in row._mapping.items()}
                out.write(json.dumps([table.name, values], ensure_ascii=False) + "\n")
                count += table is schema.submission
    return count


def _rows_of_lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with file.open(encoding="utf-8") as lines:
            if json.loads(next(lines, "null")) not in _READ:
                raise FeedbackError(f"{file} is no backup of feedback, or of another version than {schema.HEAD}")
            for line in lines:
                table, values = json.loads(line)
                if "at" in values:
                    values["at"] = datetime.fromisoformat(values["at"])
                yield table, values
    except (ValueError, UnicodeDecodeError) as error:
        raise FeedbackError(f"{file} is no backup of feedback, or is damaged; nothing was restored") from error


def _rows_of_copy(source: Engine) -> Iterator[tuple[str, dict[str, Any]]]:
    migrate(source)
    with reading(source) as connection:
        for table in schema.TABLES:
            for row in connection.execute(select(table).order_by(*table.primary_key)):
                yield table.name, dict(row._mapping)
    source.dispose()


def _fill(connection: Connection, rows: Iterator[tuple[str, dict[str, Any]]]) -> None:
    tables = {table.name: table for table in schema.TABLES}
    waiting: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
    for name, values in rows:
        waiting[name].append(values)
        if len(waiting[name]) >= _BATCH:
            insert_all(connection, tables[name], waiting[name])
            waiting[name] = []
    for name, values_left in waiting.items():
        insert_all(connection, tables[name], values_left)
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence('event', 'seq'), coalesce(max(seq), 0) + 1) FROM event")
        )
