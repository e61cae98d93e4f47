"""axe finds nothing on any kind of screen: light and dark, from left to right and from right to left."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from helptree.project import open_project
from helptree.pseudo import copy_with_pseudo
from tests.browser.wizards import ROOT, go, running_wizard, settle
from tests.conftest import PHONE
from tests.replicas import Replica, running

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("wizard-axe")]

PROJECT = open_project(ROOT / "decision_tree")
RTL = "ar-XB"
STATUS = {"status": "cancellation-requested"}
OUTCOME = {**STATUS, "resume-link": "yes"}
WAYS = PROJECT.tree.outcomes["cancellation-can-be-withdrawn"].ways
CODE = PROJECT.tree.questions["resume-link"].code
PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 24, 28)"}


@dataclass
class Server:
    address: str
    tree: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The shipped tree, with an invented language in Arabic letters besides."""
    tree = tmp_path_factory.mktemp("trees") / "tree"
    list(copy_with_pseudo(PROJECT, tree, ["rtl"]))
    with running_wizard(tmp_path_factory.mktemp("site"), tree) as address:
        yield Server(address, tree)


@dataclass
class Reader:
    """Goes through all screens; `found`: what axe found on which of them."""

    page: Page
    address: str
    lang: str
    found: dict[str, str]
    count: int = 0

    def at(self, screen: str, **place: str) -> None:
        go(self.page, self.address, **{"lang": self.lang, **place})
        self.judge(screen)

    def judge(self, screen: str) -> None:
        report = Axe().run(self.page)
        self.count += 1
        if report.violations_count:
            self.found[screen] = report.generate_report()

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.tap()
        self.page.wait_for_timeout(300)
        settle(self.page)

    def look_for(self, words: str) -> None:
        self.page.locator("textarea").first.fill(words)
        self.tap('[data-testid="stFormSubmitButton"] button')

    def begin(self) -> None:
        self.at("start")
        self.look_for("En attente de confirmation du vendeur")
        self.judge("found")
        self.tap('[class*="st-key-found_none_"] button')
        self.judge("none of these")
        self.look_for("qqqq wwww zzzz xxxx")
        self.judge("nothing found")
        self.look_for("22222")
        self.judge("no such code")
        self.look_for(CODE)
        assert "G9997" in self.page.locator(".ht-footer").inner_text()
        self.judge("come by a code")
        if (menu := self.page.locator(".ht-languages summary")).count():
            menu.tap()
            self.judge("languages")

    def ask(self) -> None:
        self.at("question", **STATUS)
        self.tap('[data-testid="stExpander"] summary')
        self.judge("report")
        form = self.page.locator('[data-testid="stExpander"]')
        form.locator("textarea").fill("The third answer is missing, ann@example.com")
        form.locator('[data-testid="stFormSubmitButton"] button').tap()
        expect(form.locator("blockquote")).to_be_visible()
        self.judge("report sent")
        self.at("changing an answer", **OUTCOME, change="status")
        self.at("answers left out", status="refunded", color="red", **{"resume-link": "yes"})

    def solve(self) -> None:
        self.at("outcome", **OUTCOME)
        self.page.locator("[data-ht-clock] input").fill("2040-03-23T10:00")
        self.page.locator("[data-ht-fill=order_number]").first.fill("8012345678901234")
        self.page.locator("[data-ht-tick]").first.check()
        self.page.locator("[data-ht-copy]").first.tap()
        self.judge("deadline counted, step ticked, text copied")
        self.tap('[class*="st-key-not_helped_"] button')
        self.judge("second way, and what can be said")
        self.at("human route", **OUTCOME, remedy=WAYS[-1])
        for summary in self.page.locator(".ht-message summary").all():
            summary.tap()
        self.judge("messages open")
        self.tap('[class*="st-key-helped_"] button')
        self.judge("thanks")
        self.tap('[data-testid="stFormSubmitButton"] button')
        assert self.page.locator("[data-ht-news]").count() == 2
        self.judge("nothing was written")
        self.look_for("Thank you, ann@example.com")
        self.judge("comment kept")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", RTL])
def test_axe_finds_nothing_on_any_screen(new_context: Callable[..., BrowserContext], server, lang: str, scheme: str):
    page = new_context(**PHONE, color_scheme=scheme).new_page()
    reader = Reader(page, server.address, lang, {})
    reader.begin()
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == PAPER[scheme]
    assert page.evaluate("document.documentElement.dir") == ("rtl" if lang == RTL else "ltr")
    reader.ask()
    reader.solve()
    assert reader.found == {}
    print(f"axe: 0 violations on {reader.count} screens, {lang}, {scheme}")


def test_axe_finds_nothing_where_something_is_wrong(new_context: Callable[..., BrowserContext], server, tmp_path: Path):
    """A fault at a screen, an unknown address, a site that is not built, and before Streamlit has come."""
    environment = {"HELPTREE_TREE": str(server.tree)}
    with running(Replica(tmp_path, tmp_path / "no-site", "tests/browser/broken_app.py", **environment)) as (replica,):
        found: dict[str, str] = {}
        count = 0
        for lang, scheme in [(lang, scheme) for lang in ("en", RTL) for scheme in PAPER]:
            page = new_context(**PHONE, color_scheme=scheme).new_page()
            late = new_context(**PHONE, color_scheme=scheme).new_page()
            late.route("**/static/js/*", lambda route: route.abort())
            for name, where, path, heading in [
                ("fault", page, f"?lang={lang}", "#root h1"),
                ("unknown", page, f"no-such?lang={lang}", "h1"),
                ("no site", page, f"guide/{lang}/", "h1"),
                ("loading", late, f"?lang={lang}", ".ht-loading h1"),
            ]:
                where.goto(replica.address + path)
                where.locator(heading).first.wait_for()
                if name == "fault":
                    where.locator('[data-test-script-state="notRunning"]').wait_for()
                    assert (
                        PROJECT.translator("en").ui("wizard.error") in where.locator("h1").inner_text() or lang == RTL
                    )
                assert where.evaluate("document.documentElement.dir") == ("rtl" if lang == RTL else "ltr")
                reader = Reader(where, replica.address, lang, found, count)
                reader.judge(f"{name}, {lang}, {scheme}")
                count = reader.count
        assert found == {}
        assert "words of a reader" not in replica.log
        print(f"axe: 0 violations on {count} screens where something is wrong")
