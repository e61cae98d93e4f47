"""A running wizard and the steps of a reader in a browser, for the tests beside this file."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]


@contextmanager
def running_wizard(site: Path, tree: Path | None = None, **variables: str) -> Iterator[str]:
    """`streamlit run app.py` on a free port, with a small site; stopped at the end."""
    for page in ("index.html", "fr/index.html", "fr/questions/resume-link/index.html"):
        (site / page).parent.mkdir(parents=True, exist_ok=True)
        (site / page).write_text(f"<!doctype html><title>{page}</title><h1>{page}</h1>")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "HELPTREE_SITE": str(site), **variables}
    if tree:
        environment["HELPTREE_TREE"] = str(tree)
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert server.stdout
    try:
        for line in server.stdout:
            if b"URL:" in line:
                break
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


def go(page: Page, address: str, **query: str) -> None:
    page.goto(address + "?" + urlencode({"lang": "fr", **query}))
    settle(page)


def jump(page: Page, **query: str) -> None:
    """Go to an address of the wizard without loading it anew, as "forward" does."""
    page.evaluate(
        "q => { history.pushState(null, '', q); dispatchEvent(new PopStateEvent('popstate')) }", "/?" + urlencode(query)
    )


def settle(page: Page) -> None:
    page.locator("[data-ht-step]").wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(200)


def tap(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).first.click()
    page.wait_for_timeout(300)
    settle(page)


def query(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def title(page: Page) -> str:
    return page.locator("h1").inner_text()
