"""What the server logs: names, numbers and places in the code. No text of a reader, no address, whoever logs it.

HELPTREE_LOG: `text` (default) or `json`, one object a line. HELPTREE_LOG_LEVEL: `warning` (default), `info` adds a
line for each page asked for and each submission, `debug` one for each file.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from traceback import walk_tb
from types import TracebackType
from typing import Any

from helptree.wizard import figures

FORMAT, LEVEL = "HELPTREE_LOG", "HELPTREE_LOG_LEVEL"
_FORMATS, _LEVELS = ("text", "json"), ("debug", "info", "warning", "error")
_OURS = "helptree"
_make_record = logging.getLogRecordFactory()


class SettingError(Exception):
    """A variable of the environment that means nothing, told in one line."""


def settings(environment: Mapping[str, str] = os.environ) -> tuple[str, int]:
    """Return the format and the level. Raises SettingError."""
    kind = environment.get(FORMAT) or "text"
    level = (environment.get(LEVEL) or "warning").lower()
    if kind not in _FORMATS:
        raise SettingError(f"{FORMAT}={kind} is none of: {', '.join(_FORMATS)}")
    if level not in _LEVELS:
        raise SettingError(f"{LEVEL}={level} is none of: {', '.join(_LEVELS)}")
    return kind, logging.getLevelNamesMapping()[level.upper()]


def set_up() -> None:
    """Make every logger of this process write as told. Called when the server is up; may be called again."""
    kind, level = settings()
    logging.setLogRecordFactory(_scrubbed)
    logging.raiseExceptions = False  # else a log that cannot be written is told with a traceback, words and all
    ours = logging.getLogger(_OURS)
    if not any(type(handler) is logging.StreamHandler for handler in ours.handlers):
        ours.addHandler(logging.StreamHandler(sys.stderr))
    ours.propagate = False
    ours.setLevel(level)
    formatter = _Json() if kind == "json" else _Text()
    for logger in [logging.getLogger(name) for name in logging.root.manager.loggerDict] + [logging.root]:
        for handler in logger.handlers:
            handler.setFormatter(formatter)
    # Loggers of Streamlit that are made later take this one.
    _tell_streamlit()


def _tell_streamlit() -> None:
    from streamlit import config

    config.set_option("logger.messageFormat", "%(line)s", "<helptree>")


def _scrubbed(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """Make a record that says where and what, and quotes nobody: other people's messages keep their numbers only."""
    record = _make_record(*args, **kwargs)
    if record.name.partition(".")[0] != _OURS:
        record.msg, record.args = _without_words(record), ()
    if record.exc_info and record.exc_info[0]:
        _, error, trace = record.exc_info
        record.error, record.at = type(error).__name__, _places(trace)
    record.exc_info = record.exc_text = record.stack_info = None
    if record.levelno >= logging.WARNING:
        figures.logged("warning" if record.levelno < logging.ERROR else "error")
    kind, _ = settings()
    record.line = _line(record) if kind == "json" else _told(record)
    return record


def _without_words(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    if not record.args:
        return record.msg
    values = record.args if isinstance(record.args, tuple) else (record.args,)
    try:
        return record.msg % tuple(value if isinstance(value, int | float) else "…" for value in values)
    except (TypeError, ValueError):
        return record.msg


def _places(trace: TracebackType | None) -> str:
    """Return the last steps to an error, `file:line`, innermost last."""
    steps = [f"{os.path.basename(frame.f_code.co_filename)}:{line}" for frame, line in walk_tb(trace)]
    return " ".join(steps[-6:])


def _content(record: logging.LogRecord) -> dict[str, Any]:
    content = {"level": record.levelname.lower(), "logger": record.name, "what": record.getMessage()}
    content |= getattr(record, "figures", {})
    extra = {name: value for name in ("error", "at") if (value := getattr(record, name, None))}
    return content | extra


def _line(record: logging.LogRecord) -> str:
    time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    return json.dumps({"time": time, **_content(record)}, ensure_ascii=False)


def _told(record: logging.LogRecord) -> str:
    content = _content(record)
    what = f"{content.pop('level')}: {content.pop('what')}"
    return " ".join([what, *(f"{name}={value}" for name, value in content.items())])


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _line(record)


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _told(record)
