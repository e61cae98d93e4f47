"""Reads files that nobody trusts: never waits, never reads more than it may, and tells what is wrong with the bytes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from helptree.characters import raw_control
from helptree.problems import Location, Problem, problem

MAX_BYTES = 2_000_000
MAX_FILES = 20_000
GLOSSARY, REVIEW_SUFFIX = "catalogs/glossary.csv", ".review.csv"
# Opening a pipe must not wait for a writer.
_READ_ONLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class RawText:
    """A file that is not YAML: a Markdown page."""

    name: str
    stem: str
    text: str


@dataclass(frozen=True, slots=True)
class RawBytes:
    """A file that becomes text when it is judged, where something new is to be judged: a PO catalog or a CSV sheet."""

    name: str
    stem: str
    data: bytes

    def decode(self) -> tuple[str, list[Problem]]:
        """Return its text, and what is wrong with its bytes."""
        return decode(self.data, self.name)


def raw_bytes(name: str, data: bytes) -> RawBytes:
    """Return the file of this path below the tree's folder."""
    return RawBytes(name, name.rpartition("/")[2].rpartition(".")[0], data)


def scan(folder: Path) -> dict[str, bytes] | None:
    """Return all files in a folder and the folders in it, by path below it; None when something there is unusual.

    Hidden files belong to editors and version control. Links, pipes, deeper folders, files too large or not to be
    read are unusual: load() has a word on each.
    """
    found: dict[str, bytes] = {}
    try:
        for entry in os.scandir(folder):
            if entry.name.startswith("."):
                continue
            if not entry.is_dir(follow_symlinks=False):
                found[entry.name] = _plain_bytes(entry)
            else:
                for inner in os.scandir(entry):
                    if not inner.name.startswith("."):
                        found[f"{entry.name}/{inner.name}"] = _plain_bytes(inner)
            if len(found) > MAX_FILES:
                return None
    except OSError:
        return None
    return found


def _plain_bytes(entry: os.DirEntry[str]) -> bytes:
    if not entry.is_file(follow_symlinks=False):
        raise OSError(entry.name)
    data, _ = _read_bytes(entry.path)
    if data is None or len(data) > MAX_BYTES:
        raise OSError(entry.name)
    return data


def read_text(path: str | Path, name: str) -> tuple[str, list[Problem]]:
    """Return a content file's text, and what is wrong with its bytes. Never blocks, never follows a link out.

    `name` is the path told in problems. The text is empty when it could not be read.
    """
    data, problems = read_bytes(path, name)
    return ("", problems) if problems else decode(data, name)


def read_bytes(path: str | Path, name: str) -> tuple[bytes, list[Problem]]:
    """Return a content file's bytes, and why they could not be read. See read_text."""
    where = Location(name)
    try:
        data, size = _read_bytes(path)
    except OSError as error:
        code = "not-a-regular-file" if isinstance(error, (FileNotFoundError, IsADirectoryError)) else "not-readable"
        return b"", [problem(code, where, what=name, why=error.strerror or str(error))]
    if data is None:
        return b"", [problem("not-a-regular-file", where, what=name)]
    if len(data) > MAX_BYTES:
        return b"", [problem("too-big", where, size=size, limit=MAX_BYTES)]
    return data, []


def _read_bytes(path: str | Path) -> tuple[bytes | None, int]:
    """Return a file's bytes, no more than one above the limit, and its size; None for what is no regular file."""
    file = os.open(path, _READ_ONLY)
    try:
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode):
            return None, 0
        data = b""
        while len(data) <= MAX_BYTES and (more := os.read(file, MAX_BYTES + 1 - len(data))):
            data += more
        return data, about.st_size
    finally:
        os.close(file)


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Return the bytes as text, and what is wrong with them."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        return "", [problem("encoding", Location(name, line, column), why=error.reason)]
    if (index := raw_control(text)) is not None:
        found = f"U+{ord(text[index]):04X}"
        return "", [problem("control-character", locate(text, index, name), char=found)]
    if "\r" in text and "\r" in text.replace("\r\n", ""):
        return "", [problem("line-ending", Location(name))]
    return text, []


def locate(text: str, index: int, name: str) -> Location:
    """Return the line and column of an index into a file's text."""
    start = text.rfind("\n", 0, index) + 1
    return Location(name, text.count("\n", 0, start) + 1, index - start + 1)
