"""What readers said, for staff to see: the database of feedback, opened once for the process."""

from __future__ import annotations

import logging
import os
from functools import cache

from sqlalchemy import Engine

from helptree.feedback import FeedbackError, settings
from helptree.feedback.database import FAILED, make_engine, why
from helptree.feedback.migrate import migrate

_log = logging.getLogger(__name__)


@cache
def desk() -> Engine | None:
    """Return the database; None for an address that can never work. It may be away, now or later."""
    try:
        engine = make_engine(settings.database_url(settings.data_dir(), os.environ.get(settings.DATABASE_URL)))
    except FeedbackError as error:
        _log.error("What readers said cannot be shown: %s", error)
        return None
    bring_up_to_date(engine)
    return engine


def bring_up_to_date(engine: Engine) -> bool:
    """Make the tables if they are not there; False when the database is away."""
    try:
        migrate(engine)
    except (FeedbackError, *FAILED) as error:
        _log.warning("What readers said cannot be shown now: %s", why(error))
        return False
    return True


def close_desk() -> None:
    """Let go of the database."""
    if engine := desk():
        engine.dispose()
