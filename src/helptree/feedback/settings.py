"""Where feedback is kept: decided by the environment, told to the operator without passwords."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from helptree.feedback.types import FeedbackError

DATA = "HELPTREE_DATA"
DATABASE_URL = "HELPTREE_DATABASE_URL"
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite",
}


def data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for the database and the outbox.

    The one named by HELPTREE_DATA, else systemd's STATE_DIRECTORY, else the user's folder for such things.
    """
    if named := environment.get(DATA):
        return Path(named).expanduser()
    if by_systemd := environment.get("STATE_DIRECTORY"):
        return Path(by_systemd.split(":")[0])
    return platformdirs.user_state_path("helptree", appauthor=False)


def database_url(folder: Path, named: str | None = None) -> URL:
    """Return the address of the database: the one named, or a SQLite file in the folder."""
    if not named:
        return URL.create("sqlite", database=str(folder / "feedback.db"))
    try:
        url = make_url(named)
    except (ArgumentError, ValueError) as error:
        raise FeedbackError(f"{DATABASE_URL} is not the address of a database, such as postgresql://...") from error
    if url.drivername not in _DRIVERS:
        raise FeedbackError(f"{DATABASE_URL}: {url.drivername!r} is none of: postgresql, sqlite")
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise FeedbackError(f"{DATABASE_URL}: a SQLite address needs a file, such as sqlite:////srv/feedback.db")
    return url.set(drivername=_DRIVERS[url.drivername])


def told(url: URL) -> str:
    """Return the address as it may be shown: no password, and no parameters, which may hold one."""
    return url.set(query={}).render_as_string(hide_password=True)


def make_private(folder: Path, *files: Path) -> None:
    """Create the folder and files that nobody but this user may read. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in files:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
