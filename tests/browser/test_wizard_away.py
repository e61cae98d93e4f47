"""The server goes away: the reader is told in words of their own, keeps the place, and is shown where the site is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from helptree.project import open_project
from helptree.pseudo import copy_with_pseudo
from tests.browser.wizards import ROOT, go, query, settle, title
from tests.conftest import PHONE
from tests.replicas import Replica, running, small_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("wizard-away")]

PROJECT = open_project(ROOT / "decision_tree")
STATUS = {"status": "cancellation-requested"}
NEXT = '[class*="st-key-option_yes_"] button'


def test_a_lost_connection_is_told_and_found_again(new_context: Callable[..., BrowserContext], tmp_path: Path):
    tree = tmp_path / "tree"
    list(copy_with_pseudo(PROJECT, tree, ["rtl"]))
    words = open_project(tree)
    site = small_site(tmp_path / "site")
    with running(Replica(tmp_path / "a", site, HELPTREE_TREE=str(tree))) as (replica,):
        readers: dict[tuple[str, str], Page] = {}
        for lang, scheme in [("fr", "light"), ("fr", "dark"), ("ar-XB", "light"), ("ar-XB", "dark")]:
            page = new_context(**PHONE, color_scheme=scheme).new_page()
            go(page, replica.address, lang=lang, **STATUS)
            page.locator("[data-ht-away]").wait_for()
            readers[lang, scheme] = page
        replica.kill()
        for (lang, scheme), page in readers.items():
            notice = page.get_by_role("alert").filter(has=page.locator("a"))
            expect(notice.locator("p")).to_have_text(words.translator(lang).ui("wizard.away"), timeout=30_000)
            link = notice.get_by_role("link")
            expect(link).to_have_text(words.translator(lang).ui("wizard.site-page"))
            assert link.get_attribute("href") == f"/guide/{lang}/questions/resume-link/"
            expect(link).to_be_in_viewport()
            page.wait_for_timeout(12_000 if page is readers["fr", "light"] else 0)  # Streamlit's own dialog comes late
            expect(page.locator("[role=dialog]")).to_be_hidden()
            report = Axe().run(page)
            assert report.violations_count == 0, (lang, scheme, report.generate_report())
        replica.start()
        replica.wait()
        for (lang, _), page in readers.items():
            page.bring_to_front()
            expect(page.locator("#ht-away")).to_be_empty(timeout=60_000)
            assert query(page) == {"lang": lang, **STATUS}
            before = title(page)
            page.locator(NEXT).tap()
            expect(page.locator("h1")).not_to_have_text(before)
            settle(page)
            assert query(page) == {"lang": lang, **STATUS, "resume-link": "yes"}


def test_a_reader_who_comes_while_nothing_connects_is_shown_the_site(phone_page: Page, tmp_path: Path):
    """Some networks let pages through and no WebSocket."""
    phone_page.add_init_script("window.WebSocket = class { constructor() { throw new Error('closed') } }")
    with running(Replica(tmp_path / "a", small_site(tmp_path / "site"))) as (replica,):
        phone_page.goto(replica.address + "?lang=fr&status=cancellation-requested")
        link = phone_page.get_by_role("link", name=PROJECT.translator("fr").ui("wizard.site-page")).last
        expect(link).to_be_visible(timeout=30_000)
        assert link.get_attribute("href") == "/guide/fr/questions/resume-link/"
