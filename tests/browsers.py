"""Chromium for the tests: where it is, how it is started, and that it asks nobody but this machine."""

import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

# Chromium's own housekeeping calls out; where it may not, each start waits for refusals.
ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
)


def find_browser() -> str | None:
    """The Chromium named by CHROME, else an installed one; None leaves it to Playwright's own."""
    if named := os.environ.get("CHROME"):
        return named
    # A bare environment may have a PATH without it.
    return next(filter(None, map(shutil.which, ["/usr/bin/chromium", *NAMES])), None)


class LoopbackGuard:
    """Writes down every request of a context that would leave this machine."""

    def __init__(self, context: BrowserContext) -> None:
        self.foreign: list[str] = []
        context.on("request", lambda request: self._note(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._note(socket.url)))

    def _note(self, url: str) -> None:
        host = urlsplit(url).hostname  # None: data:, blob:, about:
        if host and host not in LOOPBACK:
            self.foreign.append(url)

    def check(self) -> None:
        assert self.foreign == [], f"pages asked other hosts: {self.foreign}"


def main() -> int:
    """Print the browser that the tests will use; 1 when there is none (`make browser` asks)."""
    path = find_browser()
    if path is None:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    if not Path(path).exists():
        return 1
    print(f"Browser: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
