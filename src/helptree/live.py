"""What `helptree serve --watch` adds to a site on its way to the browser: an open page shows a new build by itself.

No built file has any of it, and no server but ours on the author's machine sends it.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from helptree.missing import not_found_page

# No file of a site begins with `_live`.
NEWS, SCRIPT = "/_live", "/_live.js"
SCRIPT_FILE = Path(__file__).with_suffix(".js")
_NAMED = re.compile(rb'\b(?:src|data-index)="([^":?#]+)"')
# So often it is told again: a write is how we learn that a page was closed.
_REST = 15.0


class Live:
    """What is served while builds come and go, and what open pages hear of it."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = site_dir
        self._changed = threading.Condition()
        self._number = 0
        self._problems: tuple[str, ...] = ()
        self._is_over = False
        # Locales of a build under way that are done, and where.
        self._ready: dict[str, Path] = {}
        self._asked: dict[str, None] = {}

    def folder(self, address: str) -> Path:
        """Return the site that an address is served from: with many languages, the author's is done long before."""
        return self._ready.get(_locale(address), self._site_dir)

    def ask(self, address: str) -> None:
        """Remember what somebody looks at."""
        self._asked.pop(_locale(address), None)
        self._asked[_locale(address)] = None

    @property
    def asked(self) -> list[str]:
        """The locales that were looked at, the last one first."""
        return [*reversed(list(self._asked))]

    def be_ready(self, locale: str, folder: Path) -> None:
        """Serve a locale from a build under way."""
        self._note({**self._ready, locale: folder}, ())

    def finish(self, problems: Sequence[str]) -> None:
        """Serve the whole site, as it is now. `problems`: why the build failed; none when it did not."""
        self._note({}, problems)

    def _note(self, ready: dict[str, Path], problems: Sequence[str]) -> None:
        with self._changed:
            self._ready, self._problems = ready, tuple(problems)
            self._number += 1
            self._changed.notify_all()

    def end(self) -> None:
        """Let all who listen go."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def events(self, version: Callable[[], str]) -> Iterator[bytes]:
        """Yield what a page has to know as a server-sent event: now, after every change, and now and then."""
        while not self._is_over:
            with self._changed:
                number, problems = self._number, self._problems
            yield f"data: {json.dumps({'version': version(), 'problems': problems})}\n\n".encode()
            with self._changed:
                self._changed.wait_for(partial(self._is_after, number), _REST)

    def _is_after(self, number: int) -> bool:
        return self._is_over or self._number != number

    def not_found(self, address: str) -> bytes:
        """Return the page for an address where the site has nothing."""
        return not_found_page(self.folder(address), address.lstrip("/"))


def _locale(address: str) -> str:
    return address.lstrip("/").partition("/")[0]


def files_named(html: bytes) -> list[str]:
    """Return what a page shows or runs beside its text: pictures, scripts, the finder's index."""
    return [name.decode() for name in _NAMED.findall(html)]


def version_of(html: bytes, files: Iterable[Path]) -> str:
    """Return what tells a page from the same page after an edit. A build never writes into a file that is there."""
    return sha256(html + repr([*map(_look, files)]).encode()).hexdigest()


def _look(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def with_script(html: bytes, version: str) -> bytes:
    """Return a page that listens."""
    body, end, rest = html.rpartition(b"</body>")
    script = f'<script src="{SCRIPT}" data-version="{version}" defer></script>'.encode()
    return body + script + end + rest
