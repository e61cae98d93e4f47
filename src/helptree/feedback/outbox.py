"""Where rows wait, durable on this machine, while the database is away. A SQLite file of its own, in order.

Several processes may share it: each row has a key, so that two who drain at once store it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, Text, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL

from helptree.feedback.database import make_engine, reading
from helptree.feedback.rows import Row, from_json

_metadata = MetaData()
_waiting = Table(
    "waiting",
    _metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("key", String(40), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("payload", Text, nullable=False),
    Column("set_aside", Integer, nullable=False, default=0),
    sqlite_autoincrement=True,
)


class Outbox:
    """A queue on disk. Raises what SQLite raises."""

    def __init__(self, folder: Path) -> None:
        self._engine = make_engine(URL.create("sqlite", database=str(folder / "outbox.db")))
        self._made = False

    def put(self, rows: Iterable[Row]) -> None:
        """Append rows, all or none. Durable on return."""
        self._make()
        values = [{"key": row.key, "kind": row.table, "payload": row.to_json()} for row in rows]
        with self._engine.begin() as connection:
            connection.execute(insert(_waiting).on_conflict_do_nothing(), values)

    def first(self, most: int) -> Sequence[Row]:
        """Return the rows that have waited longest."""
        self._make()
        query = select(_waiting).where(_waiting.c.set_aside == 0).order_by(_waiting.c.seq).limit(most)
        with reading(self._engine) as connection:
            return [from_json(row.kind, row.key, row.payload) for row in connection.execute(query)]

    def remove(self, rows: Sequence[Row]) -> None:
        """Forget rows that the database has; those set aside stay."""
        passed_on = (_waiting.c.key.in_([row.key for row in rows]), _waiting.c.set_aside == 0)
        with self._engine.begin() as connection:
            connection.execute(delete(_waiting).where(*passed_on))

    def set_aside(self, row: Row) -> None:
        """Keep a row that the database refuses for what it is from holding up the others."""
        with self._engine.begin() as connection:
            connection.execute(update(_waiting).where(_waiting.c.key == row.key).values(set_aside=1))

    def erase(self, receipt: str) -> bool:
        """Forget a submission that is still waiting."""
        self._make()
        with self._engine.begin() as connection:
            return connection.execute(delete(_waiting).where(_waiting.c.key == receipt)).rowcount > 0

    def count(self) -> dict[str, int]:
        """Return how many wait: submissions, events, and those set aside."""
        self._make()
        query = select(_waiting.c.kind, _waiting.c.set_aside, func.count()).group_by(
            _waiting.c.kind, _waiting.c.set_aside
        )
        counts = {"submission": 0, "event": 0, "set_aside": 0}
        with reading(self._engine) as connection:
            for kind, aside, number in connection.execute(query):
                counts["set_aside" if aside else kind] += number
        return counts

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _make(self) -> None:
        if not self._made:
            _metadata.create_all(self._engine)
            self._made = True
