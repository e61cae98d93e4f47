"""The wizard in a real browser: what no simulation shows (history, focus, headers, contrast, size)."""

from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from helptree.engine import enumerate_paths, replay
from helptree.project import open_project
from helptree.render.plain import to_plain
from tests.browser.wizards import ROOT, go, jump, query, running_wizard, settle, tap, title
from tests.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("wizard")]

PROJECT = open_project(ROOT / "decision_tree")
FR = PROJECT.translator("fr")
STATUS = {"status": "cancellation-requested"}
OUTCOME = {**STATUS, "resume-link": "yes"}
SECOND = {**OUTCOME, "remedy": PROJECT.tree.outcomes["cancellation-can-be-withdrawn"].ways[1]}

LIVE = """[...document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=log]")]
  .filter(region => region.ariaLive !== "off").map(region => region.innerText.trim()).filter(Boolean)"""
WIDTH = "Math.max(...[...document.querySelectorAll('[data-testid=stMain], html')].map(e => e.scrollWidth))"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_wizard(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture
def page(phone_page: Page) -> Iterator[Page]:
    """A phone that speaks no language of its own here; the test fails if the console shows an error."""
    errors: list[str] = []
    phone_page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    phone_page.on("pageerror", lambda error: errors.append(str(error)))
    yield phone_page
    assert errors == []


def words(entry) -> str:
    return to_plain(FR.text(entry).value)


def label(question: str, option: str) -> str:
    return words(PROJECT.tree.questions[question].option(option).label)


def test_from_the_root_to_the_remedy_in_three_taps(page, address):
    go(page, address)
    tap(page, "En attente de confirmation du vendeur")
    tap(page, label("resume-link", "yes"))
    remedy = PROJECT.tree.remedies["resume-order"]
    expect(page.locator("h3", has_text=words(remedy.title))).to_be_visible()
    assert query(page) == {"lang": "fr", **OUTCOME}


def test_reload_back_and_forward_restore_one_step_each(page, address):
    go(page, address)
    tap(page, "En attente de confirmation du vendeur")
    tap(page, label("resume-link", "yes"))
    tap(page, FR.ui("common.not-helped"))
    outcome = title(page)
    page.reload()
    settle(page)
    assert (title(page), query(page)) == (outcome, {"lang": "fr", **SECOND})
    seen = []
    for step in (page.go_back, page.go_back, page.go_back, page.go_forward, page.go_forward):
        step()
        page.wait_for_timeout(300)
        settle(page)
        seen.append((query(page), title(page)))
    root, question = (words(PROJECT.tree.questions[id_].text) for id_ in ("status", "resume-link"))
    assert seen == [
        ({"lang": "fr", **OUTCOME}, outcome),
        ({"lang": "fr", **STATUS}, question),
        ({"lang": "fr"}, root),
        ({"lang": "fr", **STATUS}, question),
        ({"lang": "fr", **OUTCOME}, outcome),
    ]


def test_the_language_switch_keeps_the_position_and_sets_the_page(page, address):
    go(page, address, **SECOND)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["fr", "ltr"]
    loads: list[str] = []
    page.on("load", lambda: loads.append("again"))
    page.locator(".ht-languages summary").tap()
    page.get_by_role("link", name="English").tap()
    page.wait_for_timeout(500)
    settle(page)
    assert (query(page), loads) == ({"lang": "en", **SECOND}, [])
    assert page.evaluate("document.documentElement.lang") == "en"
    english = PROJECT.translator("en")
    outcome = PROJECT.tree.outcomes["cancellation-can-be-withdrawn"]
    assert title(page) == english.text(outcome.title).value
    expect(page).to_have_title(f"{title(page)} – {english.text(PROJECT.tree.title).value}")
    page.go_back()
    page.wait_for_timeout(300)
    settle(page)
    assert (query(page)["lang"], title(page)) == ("fr", words(outcome.title))


def test_the_browsers_language_is_taken(new_context, address):
    french = new_context(**PHONE, locale="fr-CA").new_page()
    french.goto(address)
    settle(french)
    assert title(french) == words(PROJECT.tree.questions["status"].text)
    assert french.evaluate("document.documentElement.lang") == "fr"


def test_a_changed_answer(page, address):
    go(page, address, **OUTCOME)
    tap(page, words(PROJECT.tree.questions["status"].text))
    tap(page, label("status", "refunded"))
    assert FR.ui("wizard.left-out") in page.locator(".ht-notice").inner_text()
    assert query(page)["status"] == "refunded"


def test_the_focus_moves_to_the_new_heading(page, address):
    go(page, address)
    assert page.evaluate("document.activeElement.tagName") != "H1"
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 900)")
    tap(page, "En attente de confirmation du vendeur")
    assert page.evaluate("document.activeElement.innerText") == title(page)
    # The moved focus reads the heading aloud; a live region that said it too would say it twice.
    assert page.evaluate(LIVE) == []
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    tap(page, label("resume-link", "yes"))
    tap(page, FR.ui("common.not-helped"))
    assert page.evaluate("document.activeElement.tagName") == "H3"
    assert page.locator("h3").bounding_box()["y"] < 200


def test_the_site_and_the_health_are_served_beside_it(page, address):
    go(page, address, **STATUS)
    page.get_by_role("link", name=FR.ui("wizard.site-page")).tap()
    expect(page.locator("h1")).to_have_text("fr/questions/resume-link/index.html")
    with urlopen(address + "guide/fr/") as reply:
        assert b"fr/index.html" in reply.read()
    with urlopen(address + "ready") as reply:
        assert reply.status == 200


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("place", [{}, STATUS, SECOND], ids=["root", "question", "outcome"])
def test_nothing_is_wider_than_the_screen(new_context, address, place, width):
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    go(page, address, **place)
    assert page.evaluate(WIDTH) <= width
    small = page.evaluate("[...document.querySelectorAll('.stButton button')].filter(b => b.offsetHeight < 44).length")
    assert small == 0


@pytest.mark.parametrize("stride", [5, pytest.param(1, marks=pytest.mark.stress)])
def test_nothing_is_wider_than_the_smallest_screen_in_any_language(new_context, address, stride):
    """The first screens in all languages, and every remedy at its outcome in one of them: German words are long."""
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    paths = {outcome.id: {a.question: a.option for a in path} for path, outcome in enumerate_paths(PROJECT.tree)}
    places = [{**paths[id_], "remedy": way} for id_ in paths for way in PROJECT.tree.outcomes[id_].ways[1:]]
    wide, count = [], 0
    for number, lang in enumerate(PROJECT.languages):
        go(page, address, lang=lang)
        for place in [{}, STATUS, SECOND, *places[number :: stride * len(PROJECT.languages)]]:
            jump(page, lang=lang, **place)
            page.wait_for_function(
                """([lang, code]) => document.documentElement.lang === lang
                  && document.querySelector(".ht-footer .ht-code")?.innerText === code""",
                arg=[lang, replay(PROJECT.tree, place).node.code],
            )
            settle(page)
            count += 1
            if page.evaluate(WIDTH) > 320:
                wide.append((lang, place))
    assert wide == []
    print(f"{count} screens in {len(PROJECT.languages)} languages fit into 320 pixels")


def test_without_scripts_the_site_is_named(new_context, address):
    page = new_context(**PHONE, java_script_enabled=False).new_page()
    page.goto(address + "?lang=fr&status=cancellation-requested")
    expect(page.locator(".ht-noscript a")).to_have_attribute("href", "/guide/fr/questions/resume-link/")


def test_the_first_load_is_small(new_context, address):
    page = new_context(**PHONE).new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    go(page, address)
    page.wait_for_timeout(1000)
    print(f"First load: {sum(sizes) // 1024} KiB in {len(sizes)} answers")
    assert sum(sizes) < 800 * 1024


@pytest.mark.parametrize("path", ["?lang=%3Cscript%3E&x=%00%ff", "?" + "a=b&" * 3000, "?status=" + "z" * 10_000])
def test_a_hostile_address_gets_a_page(page, address, path):
    page.goto(address + path)
    settle(page)
    assert page.locator("h1").count() == 1
