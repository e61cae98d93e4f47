"""Connections that keep what they acknowledge, on SQLite and on PostgreSQL, and the telling of outages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from helptree.feedback.settings import make_private

BUSY_MILLISECONDS = 2000
# An operator may ask for more than "on" (remote_apply), never for less.
SYNCHRONOUS_COMMIT = "on"
_POSTGRES = f"""
    SELECT set_config('synchronous_commit', '{SYNCHRONOUS_COMMIT}', false)
     WHERE current_setting('synchronous_commit') IN ('off', 'local');
    SET statement_timeout = '30s'; SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '60s';
    SET timezone = 'UTC'
"""
_SQLITE = f"""
    PRAGMA busy_timeout = {BUSY_MILLISECONDS};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
"""
_POSTGRES_CONNECT: dict[str, Any] = {
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 5000,  # milliseconds a dead server may leave us waiting
    "application_name": "helptree",
    "prepare_threshold": None,  # poolers such as PgBouncer hand a session from one client to the next
}
# Refused for what it is, whenever it comes: no outage, so waiting would not help.
REJECTED = (DataError, IntegrityError)
FAILED = (SQLAlchemyError, OSError)


def make_engine(url: URL) -> Engine:
    """Return an engine. Opens nothing yet, so it works while the database is away."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    connect = {**_POSTGRES_CONNECT, **url.query}
    engine = create_engine(
        url.set(query={}), connect_args=connect, hide_parameters=True, pool_pre_ping=True, pool_timeout=2
    )
    event.listen(engine, "connect", _set_up_postgres)
    return engine


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, pool_timeout=2, connect_args={"timeout": BUSY_MILLISECONDS / 1000}
    )
    file = Path(url.database or "")

    @event.listens_for(engine, "do_connect")
    def make_file(*_: Any) -> None:
        make_private(file.parent, file)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in _SQLITE.strip().split(";\n"):
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads_only")
        # A transaction that starts as a reader may find, once it writes, that it has come too late.
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _set_up_postgres(connection: Any, _: Any) -> None:
    connection.autocommit = True
    connection.execute(_POSTGRES)
    connection.autocommit = False


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment of the database, however long the reading takes."""
    options: dict[str, Any] = {"reads_only": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def why(error: BaseException) -> str:
    """Name an error without its text: messages of databases quote the row, and addresses hold passwords."""
    cause = getattr(error, "orig", None) or error
    state = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return f"{type(cause).__name__} {state}" if state else type(cause).__name__
