"""Fixtures for all tests.

Playwright's sync API keeps an event loop on the main thread of the worker that uses it: a test that needs
`asyncio.run` does so in a thread or process of its own.
"""

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browsers import ARGS, LoopbackGuard, find_browser
from tests.sites import MINIMAL, ROOT, build_once

# No test fails because a machine is busy.
settings.register_profile("helptree", deadline=None)
settings.load_profile("helptree")

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


@pytest.fixture(scope="session", autouse=True)
def _no_data_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Feedback and what is kept go to this run's folders, also from the processes it starts; never to the user's."""
    os.environ["HELPTREE_DATA"] = str(tmp_path_factory.mktemp("data"))
    os.environ["HELPTREE_CACHE"] = str(tmp_path_factory.mktemp("kept"))
    os.environ.pop("HELPTREE_DATABASE_URL", None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes contexts, with the options of `browser.new_context`; the test fails if one asks a foreign host."""
    made: list[tuple[BrowserContext, LoopbackGuard]] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**options)
        made.append((context, LoopbackGuard(context)))
        return context

    yield make
    for context, _ in made:
        context.close()
    for _, guard in made:
        guard.check()


@pytest.fixture
def phone_page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(**PHONE).new_page()


@pytest.fixture
def desktop_page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(viewport={"width": 1280, "height": 800}).new_page()


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serves folders, each at a loopback address of its own that ends in a slash."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_QuietHandler, directory=folder))
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def _shared(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder of this test run; the same one for all workers of pytest-xdist."""
    base = factory.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped tree. Built once for all workers; not to be changed."""
    return build_once(ROOT / "decision_tree", _shared(tmp_path_factory, "shipped"))


@pytest.fixture(scope="session")
def minimal_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the minimal tree. Built once for all workers; not to be changed."""
    return build_once(MINIMAL, _shared(tmp_path_factory, "minimal"))


@pytest.fixture
def minimal_tree(tmp_path: Path) -> Path:
    """A copy of the minimal tree that a test may change."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "tree"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show what passed tests print, from all workers: the counts and figures that this project promises."""
    told = [report for report in terminalreporter.stats.get("passed", []) if report.capstdout.strip()]
    if told:
        terminalreporter.section("figures")
    for report in told:
        terminalreporter.write_line(report.capstdout.strip())
