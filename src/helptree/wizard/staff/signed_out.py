"""Sign-ins that ended before their time, on disk: who took a cookie away before gets nothing for it after a restart.

Of a sign-in there is only a hash, and when it would have ended by itself; then its row goes.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

FILE = "signed-out.db"
_TABLE = "CREATE TABLE IF NOT EXISTS signed_out (session TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID"
FAILED = (OSError, sqlite3.Error)


def read_signed_out(file: Path) -> dict[str, float]:
    """Return sign-ins and when each would have ended. Makes the file; raises one of FAILED."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(_TABLE)
        database.execute("DELETE FROM signed_out WHERE until <= ?", (time.time(),))
        return dict(database.execute("SELECT session, until FROM signed_out"))


def write_signed_out(file: Path, session: str, until: float) -> None:
    """Note a sign-in that has ended; it is on the disk when this returns. Raises one of FAILED."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("PRAGMA synchronous=FULL")
        database.execute(_TABLE)
        database.execute("INSERT OR REPLACE INTO signed_out VALUES (?, ?)", (session, until))
