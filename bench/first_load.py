"""What a browser fetches for the wizard's first screen behind the shipped nginx: bytes, answers, other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, WebSocket, sync_playwright

from bench.rows import Measure, Row, limit
from tests.browsers import ARGS, LoopbackGuard, find_browser
from tests.conftest import PHONE
from tests.proxy import WHY_NOT, Nginx, find_nginx
from tests.replicas import Replica, running, small_site

BUDGET_KIB = 800


@dataclass
class Fetched:
    """All that came for one page; `sizes` with their headers, compressed as they came."""

    sizes: list[int] = field(default_factory=list)
    frames: int = 0

    def watch(self, page: Page) -> None:
        page.on("requestfinished", lambda request: self.sizes.append(_size(request.sizes())))
        page.on("websocket", self._watch_socket)

    def _watch_socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: self._count(data))

    def _count(self, data: str | bytes) -> None:
        self.frames += len(data)


def _size(sizes: dict[str, int]) -> int:
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


@contextmanager
def deployed(scratch: Path, program: str) -> Iterator[str]:
    """One wizard behind nginx."""
    site = small_site(scratch / "first-load-site")
    for folder in (scratch, *scratch.parents[:1]):
        with suppress(OSError):
            folder.chmod(folder.stat().st_mode | 0o055)  # nginx's workers are nobody
    with running(Replica(scratch / "first-load", site)) as (replica,):
        nginx = Nginx(program, [replica.port], site)
        try:
            nginx.start()
            yield nginx.address
        finally:
            nginx.stop()


def first_load(scratch: Path) -> Iterator[Measure]:
    """What a browser fetches."""
    yield Measure("first load of the wizard behind nginx", lambda: _first_load(scratch))


def _first_load(scratch: Path) -> Iterator[Row]:
    program = find_nginx()
    if program is None:
        raise LookupError(WHY_NOT)
    with deployed(scratch, program) as address, sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGS)
        except Error:
            raise LookupError("no browser: see `make browser`") from None
        yield from _rows(browser, address)
        browser.close()


def _rows(browser: Browser, address: str) -> Iterator[Row]:
    context = browser.new_context(**PHONE, locale="fr")
    guard = LoopbackGuard(context)
    first, second = (_load(context.new_page(), address) for _ in range(2))
    note = f"{len(first.sizes)} answers, and {first.frames / 1024:.0f} KiB over the WebSocket"
    yield limit("first load of the wizard behind nginx, on a phone", sum(first.sizes) / 1024, BUDGET_KIB, "KiB", note)
    again = f"{sum(second.sizes) / 1024:.0f} KiB ({len(second.sizes)} answers, most from the browser's own cache)"
    yield Row("  the second time", again)
    yield Row("  other hosts asked by it", str(len(guard.foreign)), "0", not guard.foreign)


def _load(page: Page, address: str) -> Fetched:
    fetched = Fetched()
    fetched.watch(page)
    page.goto(address + "?lang=fr")
    page.locator("[data-ht-step]").wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    return fetched
