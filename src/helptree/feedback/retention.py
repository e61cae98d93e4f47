"""Forgets what is old: texts go, walks become counts. The wizard does so daily, an operator whenever they like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from helptree.feedback.schema import event, submission, tally
from helptree.feedback.store import Store
from helptree.feedback.tally import Tally, tally_events
from helptree.feedback.types import this_hour

DAYS = 180
_WALKS_AT_ONCE = 500
_LOCK = 0x7072756E65  # "prune": two replicas must not count the same walks


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was forgotten."""

    texts: int
    walks: int


def prune(engine: Engine, days: int = DAYS, now: datetime | None = None) -> Pruned:
    """Empty texts older than so many days and turn walks as old into counts. Raises what the database raises."""
    now = now or this_hour()
    before = now - timedelta(days=days)
    old = (submission.c.at < before, submission.c.text.is_not(None))
    with engine.begin() as connection:
        texts = connection.execute(update(submission).where(*old).values(text=None)).rowcount
    walks = 0
    while some := _prune_walks(engine, before, now):
        walks += some
    if texts or walks:
        Store(engine).forget_old_pages()
    return Pruned(texts, walks)


def _prune_walks(engine: Engine, before: datetime, now: datetime) -> int:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        oldest = select(event.c.walk).group_by(event.c.walk).having(func.max(event.c.at) < before).limit(_WALKS_AT_ONCE)
        walks = list(connection.scalars(oldest))
        if walks:
            among = event.c.walk.in_(walks)
            events = connection.execute(select(event).where(among).order_by(event.c.walk, event.c.seq))
            add_counts(connection, tally_events(events, now))
            connection.execute(delete(event).where(among))
    return len(walks)


def add_counts(connection: Connection, counts: Tally) -> None:
    """Add counts to those kept."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for key, count in counts.items():
        parts = {name: getattr(count, name) for name in ("views", "helped", "not_helped", "left_here")}
        new = insert(tally).values(**key._asdict(), kind=count.kind, **parts)
        more = {name: tally.c[name] + new.excluded[name] for name in parts}
        connection.execute(new.on_conflict_do_update(index_elements=["week", "locale", "node"], set_=more))
