"""What `helptree serve --watch` adds to a site on its way to the browser: an open page shows a new build by itself.

No built file has any of it, and no server but ours on the author's machine sends it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

# No file of a site begins with `_live`.
NEWS, SCRIPT = "/_live", "/_live.js"
WORKER = "/sw.js"
_HERE = Path(__file__).parent
# So often it is told again: a write is how we learn that a page was closed.
_REST = 15.0


class News:
    """What open pages hear: which build is served, and what is wrong with the tree since."""

    def __init__(self, site_dir: Path) -> None:
        self._site_dir = site_dir
        self._changed = threading.Condition()
        self._problems: tuple[str, ...] = ()
        self._number = 0
        self._is_over = False

    @property
    def build(self) -> str:
        """The name of the build that is served; every build has another one."""
        return self._site_dir.resolve().name

    def tell(self, problems: Sequence[str]) -> None:
        """Say that there was a build. `problems`: why it failed; none when it did not."""
        with self._changed:
            self._problems = tuple(problems)
            self._number += 1
            self._changed.notify_all()

    def end(self) -> None:
        """Let all who listen go."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def events(self) -> Iterator[bytes]:
        """Yield what is the case as a server-sent event: now, after every build, and now and then."""
        while not self._is_over:
            with self._changed:
                number, event = self._number, {"build": self.build, "problems": self._problems}
            yield f"data: {json.dumps(event)}\n\n".encode()
            with self._changed:
                self._changed.wait_for(partial(self._is_news_after, number), _REST)

    def _is_news_after(self, number: int) -> bool:
        return self._is_over or self._number != number


def with_script(html: bytes, build: str) -> bytes:
    """Return a page that listens. `build`: the one it was read from, or an earlier one, never a later one."""
    body, end, rest = html.rpartition(b"</body>")
    script = f'<script src="{SCRIPT}" data-build="{build}" defer></script>'.encode()
    return body + script + end + rest if end else rest + script


def script_at(address: str) -> bytes | None:
    """Return what the dev server sends at an address in the place of the site, or where the site has nothing."""
    if address == SCRIPT:
        return (_HERE / "live.js").read_bytes()
    return (_HERE / "live_sw.js").read_bytes() if address.endswith(WORKER) else None
