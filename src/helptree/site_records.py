"""What the last build knew of its pages, so that the next one takes over those that would come out the same.

The kept pages are the last published site itself: a new build hard-links its files. A record says what each file was
made of and what it looked like when it was written; a file that somebody has touched since is made anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any

from helptree.site_traces import Trace


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
class Unit:
    """Something that was made of translations: a page's Markdown, or a file. `seen`: the file in docs/, if any."""

    trace: Trace
    seen: tuple[int, int] | None = None


@dataclass(slots=True)
class LocaleRecord:
    """A locale as it was built. `units`: name -> what it was made of; `frame`: the words around its pages."""

    head: LocaleHead
    pages: dict[str, PageRecord]
    units: dict[str, Unit]
    frame: dict[str, Any]

    def save(self, path: Path) -> None:
        """Write three lines: the head alone is read much more often than the rest."""
        path.parent.mkdir(parents=True, exist_ok=True)
        pages = {name: _page_values(page) for name, page in self.pages.items()}
        table: dict[tuple[str, str, int], int] = {}
        units = {name: [unit.seen, _pack(unit.trace, table)] for name, unit in self.units.items()}
        lines = (_head_values(self.head), pages, [list(table), units, self.frame])
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


_page_values = attrgetter(*(each.name for each in fields(PageRecord)))
_head_values = attrgetter(*(each.name for each in fields(LocaleHead)))


def _pack(trace: Trace, table: dict[tuple[str, str, int], int]) -> list[int]:
    """Return a trace as numbers of a table: pages ask for the same texts again and again."""
    rows = ((tag, key, answer) for tag, keys in trace.items() for key, answer in keys.items())
    return [table.setdefault(row, len(table)) for row in rows]


def _unpack(numbers: list[int], table: list[tuple[str, str, int]]) -> Trace:
    trace: Trace = {}
    for number in numbers:
        tag, key, answer = table[number]
        trace.setdefault(tag, {})[key] = answer
    return trace


def load_head(path: Path) -> LocaleHead | None:
    """Return the head of a record, or None when there is none or it can't be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            return LocaleHead(*json.loads(next(lines)))
    except (OSError, ValueError, TypeError, StopIteration):
        return None


def load_record(path: Path) -> LocaleRecord | None:
    """Return a record, or None when there is none or it can't be read."""
    try:
        head, pages, rest = map(json.loads, path.read_text(encoding="utf-8").split("\n"))
        table, units, frame = rest
        made = {
            name: Unit(_unpack(trace, table), tuple(seen) if seen else None) for name, (seen, trace) in units.items()
        }
        return LocaleRecord(
            LocaleHead(*head), {name: PageRecord(*page) for name, page in pages.items()}, made, dict(frame)
        )
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        return None


def look(path: str | Path) -> tuple[int, int]:
    """Return what tells whether a file was touched."""
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns


def short_hash(content: bytes) -> str:
    """Return what tells the content of a file from any other."""
    return sha256(content).hexdigest()[:32]


def is_untouched(folder: Path, files: Mapping[str, tuple[int, int, str]]) -> bool:
    """Say whether files are as they were written."""
    prefix = os.path.join(folder, "")
    try:
        return all(look(prefix + name) == (size, time) for name, (size, time, _) in files.items())
    except OSError:
        return False


class Staging:
    """The folder of a new build. `previous`: the build before, whose files are taken over by hard links.

    `present`: what is in the folder already, left by a build before that one. A file is never written over: another
    build may have it, too.
    """

    def __init__(self, folder: Path, previous: Path | None, present: frozenset[str] = frozenset()) -> None:
        self.folder, self.previous, self.present = folder, previous, present
        self._prefix, self._before = os.path.join(folder, ""), os.path.join(previous, "") if previous else ""
        # Folders are made once; a path is a string: there are thousands of both.
        self._made: set[str] = set()

    def _place(self, name: str) -> str:
        """Return the path of a file that is not there, its folder made."""
        path = self._prefix + name
        if name in self.present:
            os.unlink(path)
        elif (parent := path[: path.rfind("/")]) not in self._made:
            try:
                os.mkdir(parent)
            except OSError:
                os.makedirs(parent, exist_ok=True)
            self._made.add(parent)
        return path

    def write(self, name: str, content: bytes) -> tuple[int, int]:
        """Write a file; return what tells whether it is touched later on."""
        # Unbuffered: one call writes the whole.
        with open(self._place(name), "xb", buffering=0) as file:
            file.write(content)
            found = os.fstat(file.fileno())
        return found.st_size, found.st_mtime_ns

    def take_over(self, names: Iterable[str]) -> None:
        """Put files of the build before into this one."""
        for name in names:
            old = self._before + name
            if name in self.present and os.path.samestat(os.stat(old), os.stat(self._prefix + name)):
                continue
            target = self._place(name)
            try:
                os.link(old, target)
            except OSError:
                import shutil  # costly, and seldom needed

                shutil.copy2(old, target)

    def tidy(self, wanted: Collection[str]) -> None:
        """Remove what is left of earlier builds."""
        for name in self.present - set(wanted):
            path = self._prefix + name
            os.unlink(path)
            with suppress(OSError):
                os.removedirs(path[: path.rfind("/")])
