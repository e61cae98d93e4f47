"""`helptree serve --watch` in a real browser: an open page shows every edit, and nobody touches the browser."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.served import Served, serve
from tests.sites import MINIMAL

pytestmark = pytest.mark.browser
# How many files are kept: the worker that is sent away may leave an empty cache behind.
KEPT = """(async () => {
  const found = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  return (await Promise.all(found.map((cache) => cache.keys()))).flat().length;
})()"""
WORKERS = "navigator.serviceWorker.getRegistrations().then((found) => found.length)"
PAGE = "fr/questions/paid/"
LANGUAGES = 'fr: {autonym: "Français", plural_forms: "nplurals=2; plural=(n > 1);"}\n'
CATALOG = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgctxt "question.paid.text"
msgid "Did you pay?"
msgstr "Avez-vous payé ?"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the minimal tree in two languages."""
    shutil.copytree(MINIMAL, tmp_path / "tree")
    with (tmp_path / "tree/catalogs/languages.yaml").open("a") as languages:
        languages.write(LANGUAGES)
    (tmp_path / "tree/catalogs/fr.po").write_text(CATALOG)
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    with serve(folder, "--watch") as running:
        yield running


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_an_open_page_shows_a_translation_and_then_the_tree_edited(new_context, served, folder):
    page = new_context().new_page()
    page.goto(served.address + PAGE)
    expect(page.locator("h1")).to_have_text("Avez-vous payé ?")
    replace(folder / "tree/catalogs/fr.po", "Avez-vous payé ?", "Est-ce payé ?")
    expect(page.locator("h1")).to_have_text("Est-ce payé ?", timeout=20_000)
    replace(folder / "tree/questions/paid.yaml", "Look at your receipt.", "Look at your bank.")
    expect(page.get_by_text("Look at your bank.")).to_be_visible(timeout=20_000)


def test_a_page_keeps_the_place_where_it_was_scrolled_to(new_context, served, folder):
    page = new_context(viewport={"width": 320, "height": 240}).new_page()
    page.goto(served.address + PAGE)
    page.mouse.move(100, 200)
    page.mouse.wheel(0, 150)
    page.wait_for_function("scrollY === 150")
    replace(folder / "tree/catalogs/fr.po", "Avez-vous payé ?", "Est-ce payé ?")
    expect(page.locator("h1")).to_have_text("Est-ce payé ?", timeout=20_000)
    page.wait_for_function("scrollY === 150")


def test_an_error_keeps_the_page_and_is_told_on_it_until_it_is_mended(new_context, served, folder):
    page = new_context().new_page()
    page.goto(served.address + PAGE)
    question = folder / "tree/questions/paid.yaml"
    replace(question, "next: wait-for-it", "next: wait-for-that")
    told = page.get_by_role("alert")
    expect(told).to_contain_text(re.compile(r"questions/paid\.yaml:4:\d+: error unknown-target"), timeout=20_000)
    assert "Avez-vous payé ?" == heading(page)
    # Another page of the last good site tells it, too.
    page.goto(served.address + "en/")
    expect(told).to_contain_text("unknown-target")
    replace(question, "next: wait-for-that", "next: wait-for-it")
    expect(told).to_be_hidden(timeout=20_000)


def test_a_page_in_the_background_shows_the_edit_when_it_is_seen(new_context, served, folder):
    page = new_context().new_page()
    page.goto(served.address + PAGE)
    hide(page, True)
    replace(folder / "tree/catalogs/fr.po", "Avez-vous payé ?", "Est-ce payé ?")
    served.wait_for("4 of them new")
    assert "Avez-vous payé ?" == heading(page)
    hide(page, False)
    expect(page.locator("h1")).to_have_text("Est-ce payé ?", timeout=20_000)


def wait_until(page: Page, promise: str) -> None:
    """Unlike Playwright's own waiting, this one waits for what the promise yields."""
    for _ in range(200):
        if page.evaluate(promise):
            return
        page.wait_for_timeout(50)
    raise AssertionError(promise)


def hide(page: Page, is_hidden: bool) -> None:
    """As a browser does when another tab is chosen: without a screen, Chromium never does."""
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_hidden,
    )


def test_pages_kept_for_readers_without_a_network_are_forgotten(new_context: Callable[..., BrowserContext], folder):
    """An author has looked at the site served for readers, on the same port: its worker is there."""
    context = new_context()
    page = context.new_page()
    with serve(folder) as plain:
        address = plain.address
        page.goto(address + PAGE)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        assert page.evaluate(KEPT) > 20
        assert 0 == page.locator("script[src='/_live.js']").count()
    with serve(folder, "--watch", "--port", address.rstrip("/").rpartition(":")[2]):
        page.goto(address + PAGE)
        wait_until(page, f"{KEPT}.then((count) => count === 0)")
        wait_until(page, f"{WORKERS}.then((count) => count === 0)")
        replace(folder / "tree/catalogs/fr.po", "Avez-vous payé ?", "Est-ce payé ?")
        expect(page.locator("h1")).to_have_text("Est-ce payé ?", timeout=20_000)
        wait_until(page, "Promise.resolve(document.readyState === 'complete')")
        assert page.evaluate("navigator.serviceWorker.controller") is None
        assert [0, 0] == [page.evaluate(KEPT), page.evaluate(WORKERS)]
