"""The database: adds rows, each once, and erases. Raises what the database raises; the service decides what then."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from helptree.feedback import schema
from helptree.feedback.rows import Row, Values
from helptree.feedback.types import ERASED, this_hour

_TABLES = {"submission": schema.submission, "event": schema.event}


class Store:
    """Rows in, once each."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(self, rows: Iterable[Row]) -> None:
        """Store all rows or none; a row whose key is there already changes nothing. Durable on return."""
        by_table: dict[str, list[Values]] = {}
        for row in rows:
            by_table.setdefault(row.table, []).append(row.values)
        with self.engine.begin() as connection:
            for table, values in by_table.items():
                add_new(connection, _TABLES[table], values)

    def answers(self) -> bool:
        """Whether the database takes a question now."""
        with self.engine.connect().execution_options(reads_only=True) as connection:
            connection.execute(select(schema.submission.c.receipt).limit(1))
        return True

    def erase(self, receipt: str) -> bool:
        """Take out what was submitted under a receipt; False when there was nothing.

        A stub stays, so that a copy still waiting in an outbox somewhere is not stored after all.
        """
        stub = {"at": this_hour(), "kind": ERASED, "node": "", "locale": "", "text": None}
        table = schema.submission
        with self.engine.begin() as connection:
            there = table.c.receipt == receipt
            done = connection.execute(update(table).where(there, table.c.kind != ERASED).values(**stub)).rowcount
            add_new(connection, table, [{"receipt": receipt, **stub}])
            connection.execute(delete(schema.work).where(schema.work.c.receipt == receipt))
        self.forget_old_pages()
        return done > 0

    def forget_old_pages(self) -> None:
        """Empty SQLite's log of changes, in which erased texts would live on for a while."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                raw = connection.connection.driver_connection
                assert raw is not None
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def add_new(connection: Connection, table: Table, values: list[Values]) -> None:
    """Insert the rows whose key is not there yet."""
    if not values:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), values)
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), values)


def clear(connection: Connection) -> None:
    """Empty all tables."""
    for table in schema.TABLES:
        connection.execute(delete(table))


def insert_all(connection: Connection, table: Table, values: list[Values]) -> None:
    """Insert rows that cannot be there yet."""
    if values:
        connection.execute(insert(table), values)
