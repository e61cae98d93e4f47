"""Keeps what was found out, so that the next command need not find it out again. Never wrong, never needed.

Everything is kept under a name that holds a hash of all it was made of, the engine's own source and its libraries
among them; what is kept is never changed, only replaced as a whole, and carries a hash of itself. So a name that is
there, whole and ours is right, whoever wrote it and when; anything else is as if it were not there.
`HELPTREE_CACHE` names the folder; empty, nothing is kept. It is the user's own folder, never the project's: what is
read from it is trusted as the program itself is.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

T = TypeVar("T")
_HASH_BYTES = 32
_DAY = 24 * 60 * 60
# What nobody has asked for in this time goes.
_KEEP_DAYS = 14


class _Absent:
    """What is returned where nothing is kept: None may be."""


def digest(*parts: str | bytes) -> str:
    """Return a fingerprint of parts in order. No two lists of parts have the same text in front of the hash."""
    found = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()[:32]


@cache
def engine_key() -> str:
    """Return the fingerprint of the program: its source, its libraries by version, the Python that runs it."""
    package = os.path.dirname(os.path.abspath(__file__))
    parts: list[str | bytes] = [sys.version, *_libraries()]
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = f"{folder}/{name}"
            with open(path, "rb") as file:
                parts += [path.removeprefix(package), file.read()]
    return digest(*parts)


def _libraries() -> list[str]:
    """Return the names of what is installed: they hold the versions."""
    found = []
    for folder in sys.path:
        with suppress(OSError):
            found += [name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))]
    return sorted(found)


def remember(name: str, make: Callable[[], T]) -> T:
    """Return what is kept under a name; make and keep it when nothing is."""
    found = _load(name)
    if found is _Absent:
        found = make()
        save(name, found)
    return found  # type: ignore[no-any-return]


def find(name: str) -> Any | None:
    """Return what is kept under a name, None when nothing is."""
    found = _load(name)
    return None if found is _Absent else found


def _load(name: str) -> Any:
    """Return what is kept under a name; `_Absent` when it is not there, or not whole."""
    place = folder()
    if not place:
        return _Absent
    try:
        path = os.path.join(place, name)
        with open(path, "rb") as file:
            data = memoryview(file.read())
            age = time.time() - os.fstat(file.fileno()).st_mtime
        if sha256(data[_HASH_BYTES:]).digest() != data[:_HASH_BYTES]:
            return _Absent
        if age > _DAY:
            os.utime(path)
        return pickle.loads(data[_HASH_BYTES:])
    except (OSError, ValueError, TypeError, EOFError, AttributeError, ImportError, LookupError, pickle.PickleError):
        return _Absent


def save(name: str, value: object) -> None:
    """Keep something under a name. Where nothing can be kept, nothing is."""
    place = folder()
    if not place:
        return
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    scratch = os.path.join(place, f".{name}.{os.getpid()}")
    try:
        with open(scratch, "wb") as file:
            file.write(sha256(data).digest() + data)
        os.replace(scratch, os.path.join(place, name))
        _forget_the_old(place)
    except OSError:
        with suppress(OSError):
            os.unlink(scratch)


class Memo:
    """Answers of a library that costs more to load than to remember, such as the names of languages. One a name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._known: dict[Any, Any] | None = None
        self._is_new = False

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """Return an answer; make it when it is not known."""
        if self._known is None:
            self._known = find(f"{self._name}-{engine_key()}") or {}
        if key not in self._known:
            self._known[key] = make()
            self._is_new = True
        return self._known[key]  # type: ignore[no-any-return]

    def keep(self) -> None:
        """Keep what is new."""
        if self._is_new:
            save(f"{self._name}-{engine_key()}", self._known)
            self._is_new = False


def folder() -> str:
    """Return the folder, made if need be; '' when there is none that is ours alone."""
    chosen = os.environ.get("HELPTREE_CACHE")
    return _checked(_default_folder() if chosen is None else chosen)


@cache
def _checked(folder: str) -> str:
    if not folder:
        return ""
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        about = os.stat(folder)
    except OSError:
        return ""
    is_ours = not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o022)
    return folder if is_ours else ""


def _default_folder() -> str:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "helptree") if os.path.isabs(base) else ""


def _forget_the_old(folder: str) -> None:
    """Once a day, remove what nobody has asked for lately."""
    stamp = Path(folder, "looked-through")
    now = time.time()
    if stamp.exists() and now - stamp.stat().st_mtime < _DAY:
        return
    stamp.touch()
    for entry in os.scandir(folder):
        if now - entry.stat().st_mtime > _KEEP_DAYS * _DAY:
            with suppress(OSError):
                os.unlink(entry.path)


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


# The model is read-only; pickle does not know how to write such mappings.
copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))
