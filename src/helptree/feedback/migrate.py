"""Brings the tables up to date. Any number of replicas may do so at once: one works, the others wait."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from helptree.feedback.database import reading
from helptree.feedback.schema import HEAD
from helptree.feedback.types import FeedbackError

_LOCK = 0x68656C7074726565 >> 1  # "helptree" as a number: the name of our advisory lock in PostgreSQL


def version(connection: Connection) -> str | None:
    """Return the version of the tables, None when there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine) -> tuple[str | None, str]:
    """Bring the tables to HEAD; return the version before and after. Raises what the database raises.

    All in one transaction, on both databases: a migration is done or has never been.
    """
    with reading(engine) as connection:
        before = version(connection)
    if before == HEAD:  # without loading Alembic: this is every start but the first
        return before, HEAD
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '60s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        before = version(connection)
        if before != HEAD:
            _upgrade(connection)
    return before, HEAD


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise FeedbackError(f"the database is newer than this program (which knows version {HEAD})") from error
