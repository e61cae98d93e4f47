"""The opened tree, shared by all sessions of this process. An author's edit shows without a restart."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic

from helptree.problems import ProblemsFound
from helptree.project import Project, open_project

TREE_VARIABLE, SITE_VARIABLE = "HELPTREE_TREE", "HELPTREE_SITE"
_LOOK_AGAIN = 2.0  # seconds
_log = logging.getLogger(__name__)


def tree_folder() -> Path:
    """Return the folder of content."""
    return Path(os.environ.get(TREE_VARIABLE) or "decision_tree").absolute()


def site_folder() -> Path:
    """Return the folder of the built site."""
    return Path(os.environ.get(SITE_VARIABLE) or "site").absolute()


@dataclass
class Library:
    """One folder of content, opened, and opened again when a file changed and all is well with it."""

    folder: Path
    project: Project
    _stamp: int = 0
    _looked: float = field(default_factory=monotonic)
    _lock: Lock = field(default_factory=Lock)

    def current(self) -> Project:
        """Return the project. Looks for changes at most every two seconds, in one session at a time."""
        if monotonic() - self._looked > _LOOK_AGAIN and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = monotonic()
                self._lock.release()
        return self.project

    def _look(self) -> None:
        try:
            stamp = _stamp_of(self.folder)
            if stamp != self._stamp:
                self._stamp = stamp
                self.project = open_project(self.folder)
        except ProblemsFound as found:
            _log.error("The tree has errors now; readers still get it as it was before. %s", found.problems[0])
        except OSError as error:
            _log.error("The tree cannot be read now (%s); readers still get it as it was before.", error)


def _stamp_of(folder: Path) -> int:
    """Return a number that changes with any file: the newest change, folders included, so that a removal counts."""
    times = [
        entry.stat().st_mtime_ns
        for place in (folder, *(child for child in folder.iterdir() if child.is_dir()))
        for entry in os.scandir(place)
    ]
    return hash((len(times), max(times, default=0)))


@cache
def library(folder: Path) -> Library:
    """Open a folder once. Raises ProblemsFound with everything found when any of it is an error."""
    stamp = _stamp_of(folder) if folder.is_dir() else 0
    return Library(folder, open_project(folder), stamp)
