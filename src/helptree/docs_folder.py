"""The generated Markdown of a locale, and the pictures beside it: only what changed is written, strays are removed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

Seen = tuple[int, int]


class DocsFolder:
    """One folder of generated files. Whoever watches it is woken by changes alone, and never sees half a file."""

    def __init__(self, folder: Path) -> None:
        self._prefix = os.path.join(folder, "")
        self._wanted: set[str] = set()
        self._made: set[str] = set()
        # Then there is nothing to compare with.
        self._is_new = not os.path.lexists(folder)

    def is_untouched(self, name: str, seen: Seen | None) -> bool:
        """Say whether a file is as it was written; then it stays."""
        try:
            found = os.lstat(self._prefix + name)
        except OSError:
            return False
        if (found.st_size, found.st_mtime_ns) != seen:
            return False
        self._wanted.add(name)
        return True

    def write(self, name: str, content: bytes) -> Seen:
        """Write a file unless it holds just this; return what tells whether it is touched later on."""
        self._wanted.add(name)
        path = self._prefix + name
        with suppress(OSError):
            if not self._is_new and not os.path.islink(path):
                with open(path, "rb", buffering=0) as file:
                    if file.read() == content:
                        return _look(path)
        parent, _, last = path.rpartition("/")
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)
            self._made.add(parent)
        # A reader of the folder (mkdocs serve) never sees half a page.
        scratch = f"{parent}/.{last}.{os.getpid()}"
        with open(scratch, "wb", buffering=0) as file:
            file.write(content)
        os.replace(scratch, path)
        return _look(path)

    def tidy(self) -> None:
        """Remove everything that was neither written nor left untouched."""
        for parent, folders, names in os.walk(self._prefix, topdown=False):
            for path in (os.path.join(parent, name) for name in names):
                if path.removeprefix(self._prefix) not in self._wanted:
                    os.unlink(path)
            for path in (os.path.join(parent, name) for name in folders):
                if os.path.islink(path):
                    os.unlink(path)
                elif not os.listdir(path):
                    os.rmdir(path)


def _look(path: str) -> Seen:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns
