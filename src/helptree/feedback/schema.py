"""The tables, as the newest migration leaves them. Times are hours, in UTC; no column says who it was."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Index, Integer, MetaData, String, Table, Text

HEAD = "0002"
metadata = MetaData()
Sequence = BigInteger().with_variant(Integer(), "sqlite")  # only INTEGER counts up by itself in SQLite

submission = Table(
    "submission",
    metadata,
    Column("receipt", String(32), primary_key=True, comment="derived from the idempotency key"),
    Column("at", DateTime, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("node", String(120), nullable=False),
    Column("locale", String(40), nullable=False),
    Column("text", Text, comment="masked; emptied by retention"),
    Index("submission_at", "at"),
)
event = Table(
    "event",
    metadata,
    Column("seq", Sequence, primary_key=True, autoincrement=True),
    Column("key", String(40), nullable=False, unique=True),
    Column("at", DateTime, nullable=False),
    Column("walk", String(120), nullable=False, comment="random, one for each walk"),
    Column("kind", String(20), nullable=False),
    Column("node", String(120), nullable=False),
    Column("locale", String(40), nullable=False),
    Index("event_walk", "walk", "seq"),
)
tally = Table(
    "tally",
    metadata,
    Column("week", String(8), primary_key=True, comment="ISO week, such as 2026-W48"),
    Column("locale", String(40), primary_key=True),
    Column("node", String(120), primary_key=True, comment="empty: whole walks"),
    Column("kind", String(20), nullable=False, comment="walk, question or outcome"),
    Column("views", Integer, nullable=False),
    Column("helped", Integer, nullable=False),
    Column("not_helped", Integer, nullable=False),
    Column("left_here", Integer, nullable=False),
    CheckConstraint("helped >= 0 AND not_helped >= 0 AND left_here >= 0", name="tally_counts"),
    CheckConstraint("helped + not_helped + left_here <= views", name="tally_parts"),
)
work = Table(
    "work",
    metadata,
    Column("receipt", String(32), primary_key=True, comment="of the submission"),
    Column("state", String(10), nullable=False, comment="seen or solved; new again, too"),
    Column("version", Integer, nullable=False, comment="how often it was changed"),
    CheckConstraint("version > 0", name="work_version"),
)
TABLES = (submission, event, tally, work)
