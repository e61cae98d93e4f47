"""Keeps public and staff apart on the disk: each build refuses the folders of the other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

MARKER = "_staff-only.txt"


class ApartError(Exception):
    """A folder is not for this audience. The message says which, and what to do."""


def is_staff_folder(folder: Path) -> bool:
    """Say whether a folder, or one above it, holds something of the staff reference."""
    where = folder.resolve()
    return any((each / MARKER).is_file() for each in (where, *where.parents))


def check_public_folders(*folders: Path) -> None:
    """Raise ApartError when a public build would write into something of the staff reference."""
    for folder in folders:
        if is_staff_folder(folder):
            raise ApartError(f"{folder} holds the staff reference, which is not public. Choose another folder.")


def check_staff_folders(site_dir: Path, docs_dir: Path, public: Iterable[Path]) -> None:
    """Raise ApartError when a staff build would write into, over, or around something public."""
    for ours in (site_dir, docs_dir):
        for theirs in public:
            if _overlap(ours, theirs):
                raise ApartError(f"{ours} and {theirs} would mix staff pages with public ones. Choose another folder.")
        if ours.exists() and any(ours.iterdir()) and not (ours / MARKER).is_file():
            raise ApartError(
                f"{ours} was not made by `helptree build --audience staff`. Move it, or choose another folder."
            )


def check_private(file: Path, public: Iterable[Path] = (Path("site"), Path("docs"))) -> None:
    """Raise ApartError when something internal would be written into a public folder."""
    for theirs in public:
        if _overlap(file, theirs):
            raise ApartError(
                f"{file} would put something internal into {theirs}, which is public. Choose another place."
            )


def _overlap(one: Path, other: Path) -> bool:
    """Compare as they are written and as they are on the disk: a site is a link to a folder elsewhere."""
    pairs = [(one.absolute(), other.absolute()), (one.resolve(), other.resolve())]
    return any(a == b or a in b.parents or b in a.parents for a, b in pairs)
