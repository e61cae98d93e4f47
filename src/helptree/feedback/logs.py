"""Structured logs: one JSON object a line, with names and numbers only. No text of a reader, no id, no address."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

logger = logging.getLogger("helptree.feedback")
logger.addHandler(logging.NullHandler())


class JsonFormatter(logging.Formatter):
    """Time, level, what happened, and its figures. The text of an exception may quote a row, so only its name."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
        }
        line |= getattr(record, "figures", {})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def log(level: int, what: str, **figures: str | int | float) -> None:
    """Log what happened. `figures` are counts and names from closed lists."""
    logger.log(level, what, extra={"figures": figures})


def log_as_json(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Write the logs of feedback to a stream (standard error), once however often it is called."""
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in logger.handlers):
        handler = logging.StreamHandler(stream or sys.stderr)
        handler.setFormatter(JsonFormatter())
        logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False
