"""The box on the home page, opened from a disk: it appears with scripts, answers, and says when there is no answer."""

import shutil
from pathlib import Path

import pytest

from helptree.finder_index import site_index
from helptree.project import open_project

ROOT = Path(__file__).parents[2]
PAGE = """<!doctype html><meta charset="utf-8"><title>Box</title>
<form data-finder hidden data-engine="finder.js" data-index="finder-index.js" data-href="statuses/{id}/">
<label for="q">Type</label><textarea id="q" name="q"></textarea><button>Find</button>
<div data-finder-results aria-live="polite"></div></form>
<script src="finder-box.js"></script>"""


@pytest.fixture
def box(desktop_page, tmp_path):
    for name in ("finder.js", "finder-box.js"):
        shutil.copy(ROOT / "docs" / "assets" / name, tmp_path)
    index = site_index(open_project(ROOT / "decision_tree").translator("en"))
    (tmp_path / "finder-index.js").write_text(index, encoding="utf-8")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    desktop_page.goto((tmp_path / "index.html").as_uri())
    return desktop_page


@pytest.mark.browser
def test_typing_shows_statuses_with_links_and_reasons(box):
    box.get_by_label("Type").fill("awaitng cancelation")
    link = box.get_by_role("link", name="Cancellation asked, waiting for the seller")
    link.wait_for()
    assert "statuses/cancellation-requested/" == link.get_attribute("href")
    assert "looks like the English wording “Awaiting Cancellation”" in box.locator("li").first.inner_text()


@pytest.mark.browser
def test_the_button_says_when_no_status_is_meant(box):
    box.get_by_label("Type").fill("<b>hello</b>")
    box.get_by_role("button", name="Find").click()
    box.get_by_text("We found no status in these words").wait_for()
