"""Puts a finished site in the place of the old one: in one step, or not at all.

`site/` is a symbolic link to a folder in `.cache/builds/` beside it. A build fills a new folder there; the link is
switched by one rename. Whoever is killed, and when, the link leads to a whole site; left-overs go next time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: two builds at once are the caller's own risk there
    fcntl = None  # type: ignore[assignment]


class PublishError(Exception):
    """The site cannot be put in its place. The message says why and what to do."""


class Builds:
    """The folders of builds behind one `site/`."""

    def __init__(self, site_dir: Path) -> None:
        self.site_dir = site_dir.absolute()
        self.folder = self.site_dir.parent / ".cache" / "builds"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other build works on this site. Processes forked inside keep others waiting, too."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{self.site_dir.name}.lock").open("w") as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def start(self) -> Path:
        """Return a new empty folder for a build, and remove what killed builds have left."""
        if spare := self._prepare():
            _remove(spare)
        return self._new()

    def start_over(self) -> tuple[Path, frozenset[str]]:
        """Return a folder for a build, and the files that are in it; remove what killed builds have left.

        The build before the last one is nobody's any more: most of its files will be those of the new one, and taking
        them away and making them anew takes longer than the rest of a build.
        """
        spare = self._prepare()
        if spare and (present := _contents(spare)) is not None:
            staging = self._name()
            os.rename(spare, staging)
            return staging, frozenset(present)
        if spare:
            _remove(spare)
        return self._new(), frozenset()

    def _prepare(self) -> Path | None:
        if self.site_dir.exists() and not self.site_dir.is_symlink():
            self._free_place()
        return self._clean()

    def _name(self) -> Path:
        return self.folder / f"{self.site_dir.name}-{os.urandom(6).hex()}"

    def _new(self) -> Path:
        staging = self._name()
        staging.mkdir()
        return staging

    def _free_place(self) -> None:
        if not self.site_dir.is_dir() or any(self.site_dir.iterdir()):
            raise PublishError(
                f"{self.site_dir} is in the way: it was not made by `helptree build`. Move or delete it."
            )
        self.site_dir.rmdir()

    def records(self, build: Path) -> Path:
        """Return the folder of what is known of a build: beside it, as nobody is to be served from it."""
        return self.folder.parent / "records" / build.name

    def _clean(self) -> Path | None:
        """Remove everything but the current build and another one, which is returned."""
        current, spare = self.current(), None
        for path in (self.folder.parent / "records").glob(f"{self.site_dir.name}-*"):
            if self._is_own(path) and (not current or path.name != current.name):
                _remove(path, ignore_errors=True)
        for path in self.folder.glob(f"{self.site_dir.name}-*"):
            if not self._is_own(path):
                continue
            if path.is_symlink():
                path.unlink()
            elif path != current and not spare:
                spare = path
            elif path != current:
                _remove(path, ignore_errors=True)
        return spare

    def _is_own(self, path: Path) -> bool:
        """Say whether a build belongs to this site: `site-staff-...` is none of `site`'s."""
        return bool(re.fullmatch(r"[0-9a-f]{12}|link", path.name.removeprefix(f"{self.site_dir.name}-")))

    def current(self) -> Path | None:
        """Return the folder that is served now."""
        return self.site_dir.parent / os.readlink(self.site_dir) if self.site_dir.is_symlink() else None

    def switch_to(self, staging: Path) -> None:
        """Make a finished build the site."""
        link = self.folder / f"{self.site_dir.name}-link"
        link.unlink(missing_ok=True)
        # Relative, so that the project's folder can be moved.
        link.symlink_to(os.path.relpath(staging, self.site_dir.parent), target_is_directory=True)
        os.replace(link, self.site_dir)

    def drop(self, staging: Path) -> None:
        """Remove a build that failed."""
        _remove(staging, ignore_errors=True)
        _remove(self.records(staging), ignore_errors=True)


def _remove(folder: Path, *, ignore_errors: bool = False) -> None:
    import shutil  # costly, and most builds remove nothing

    shutil.rmtree(folder, ignore_errors=ignore_errors)


def _contents(folder: Path) -> list[str] | None:
    """Return all files below a folder; None when something in it is neither a file nor a folder."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(os.path.join(folder, prefix)) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    found.append(prefix + entry.name)
                else:
                    return None
    return found
