"""What the last build knew of its pages, so that the next one takes over those that would come out the same.

The kept pages are the last published site itself: a new build hard-links its files. A record says what each file was
made of and what it looked like when it was written; a file that somebody has touched since is made anew.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class PageRecord:
    """A written file. `key`: fingerprint of all it was made of; `seen`: size and time of change."""

    key: str
    file: str
    seen: tuple[int, int]
    sha: str
    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    search: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class LocaleHead:
    """What a build needs to know of a locale that is taken over as a whole.

    `key`: fingerprint of all but the catalogs; `catalogs`: those that were asked for -> fingerprint, '' for none;
    `files`: file below the site -> size, time of change, short hash; `inline`: hashes of inline scripts;
    `complete`: address -> nothing on that page fell back.
    """

    key: str
    catalogs: dict[str, str]
    files: dict[str, tuple[int, int, str]]
    inline: list[str]
    complete: dict[str, bool]


@dataclass(slots=True)
class LocaleRecord:
    """A locale as it was built."""

    head: LocaleHead
    pages: dict[str, PageRecord]

    def save(self, path: Path) -> None:
        """Write two lines: the head alone is read much more often than the pages."""
        path.parent.mkdir(parents=True, exist_ok=True)
        pages = {name: _page_values(page) for name, page in self.pages.items()}
        path.write_text(f"{json.dumps(_head_values(self.head))}\n{json.dumps(pages)}\n", encoding="utf-8")


_page_values = attrgetter(*(each.name for each in fields(PageRecord)))
_head_values = attrgetter(*(each.name for each in fields(LocaleHead)))


def load_head(path: Path) -> LocaleHead | None:
    """Return the head of a record, or None when there is none or it can't be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            return LocaleHead(*json.loads(next(lines)))
    except (OSError, ValueError, TypeError, StopIteration):
        return None


def load_pages(path: Path) -> dict[str, PageRecord]:
    """Return the pages of a record; none when it can't be read."""
    try:
        pages = json.loads(path.read_text(encoding="utf-8").split("\n")[1])
        return {name: PageRecord(*page) for name, page in pages.items()}
    except (OSError, ValueError, TypeError, AttributeError, IndexError):
        return {}


def look(path: str | Path) -> tuple[int, int]:
    """Return what tells whether a file was touched."""
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def short_hash(content: bytes) -> str:
    """Return what tells the content of a file from any other."""
    return sha256(content).hexdigest()[:32]


class Writer:
    """Writes new files into one folder. Folders are made once; a path is a string: there are thousands of both."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.join(folder, "")
        self._made: set[str] = set()

    def place(self, name: str) -> str:
        """Return the path of a file, its folder made."""
        path = self._folder + name
        parent = path[: path.rfind("/")]
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)
            self._made.add(parent)
        return path

    def write(self, name: str, content: bytes) -> tuple[int, int]:
        """Write a file; return what tells whether it is touched later on."""
        # Unbuffered: one call writes the whole.
        with open(self.place(name), "wb", buffering=0) as file:
            file.write(content)
            found = os.fstat(file.fileno())
        return found.st_size, found.st_mtime_ns


def is_untouched(folder: Path, files: dict[str, tuple[int, int, str]]) -> bool:
    """Say whether all files of a locale are as they were written."""
    try:
        return all(look(folder / name) == (size, time) for name, (size, time, _) in files.items())
    except OSError:
        return False


def take_over(old: Path, new: Path, files: Iterable[str]) -> None:
    """Put files of one build into another, by hard links where the file system has them."""
    writer, before = Writer(new), os.path.join(old, "")
    for name in files:
        target = writer.place(name)
        try:
            os.link(before + name, target)
        except OSError:
            shutil.copy2(before + name, target)
