"""What agents see and do, in a real browser on the shipped tree: find, fill, copy, work through; on any screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from helptree.feedback import Event, Feedback, Happening, Kind, Submission
from helptree.project import open_project
from helptree.staff.likely import likely_outcomes
from helptree.staff.replies import reply_pair
from tests.sites import ROOT
from tests.staff_pages.desks import Desk, running_desk, settle, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("staff screens")]

PROJECT = open_project(ROOT / "decision_tree")
TREE = PROJECT.tree
OUTCOME = "status=cancellation-requested&resume-link=yes"
ARABIC = f"?page=console&lang=ar&me=en&{OUTCOME}"
SCREENS = {
    "console": "?page=console",
    "console with many replies": "?page=console&lang=ar&me=en&status=closed",
    "console at a question": "?page=console&lang=fr&me=en&status=cancellation-requested",
    "console, customer from right to left": ARABIC,
    "console, agent from right to left": f"?page=console&lang=en&me=ar&{OUTCOME}",
    "insights": "?page=insights",
    "freshness": "?page=freshness",
    "comments": "?page=comments",
}
SAID = ["Le lien manque.", "<b>No</b> button there.", "لا يوجد رابط"]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The shipped tree, with something that readers said."""
    folder = tmp_path_factory.mktemp("shipped")
    feedback = Feedback.open(data_dir=folder / "data")
    for number, (text, locale) in enumerate(zip(SAID, ("fr", "en", "ar"), strict=True)):
        feedback.submit(Submission(Kind.COMMENT, locale, "cancellation-can-be-withdrawn", text))
        walk = f"walk{number}"
        feedback.record(Event(Happening.START, walk, locale, "status"))
        feedback.record(Event(Happening.OUTCOME, walk, locale, "cancellation-can-be-withdrawn"))
        kind = Kind.NOT_HELPED if number else Kind.HELPED
        feedback.submit(Submission(kind, locale, "cancellation-can-be-withdrawn", walk=walk))
    feedback.submit(Submission(Kind.SEARCH_NOTHING, "fr", text="où est mon colis"))
    feedback.close()
    with running_desk(folder, tree=ROOT / "decision_tree") as running:
        yield running


@pytest.fixture(scope="module")
def cookies(shipped: Desk, browser) -> list:
    """A sign-in, made once."""
    context = browser.new_context()
    sign_in(context.new_page(), shipped.address, "alice")
    found = context.cookies(shipped.address)
    context.close()
    return found


@pytest.fixture
def agent(shipped: Desk, cookies: list, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Opens pages for somebody who has signed in; the test fails if a console shows an error."""
    errors: list[str] = []

    def open_page(query: str, **options) -> Page:
        context = new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        context.add_cookies(cookies)
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(shipped.address + query)
        settle(page)
        return page

    yield open_page
    assert [] == errors
    assert "A staff page failed" not in shipped.server.log


def find(page: Page, typed: str) -> None:
    page.get_by_label("Short code, words on the customer's screen").fill(typed)
    page.get_by_role("button", name="Find").click()
    page.wait_for_timeout(500)
    settle(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(agent, screen, scheme):
    page = agent(SCREENS[screen], color_scheme=scheme)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [] == [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found]


def test_axe_finds_nothing_in_what_words_may_mean(agent):
    page = agent("?page=console&lang=en&me=fr")
    find(page, "ألغيت طلبي بالخطأ")
    expect(page.locator("[data-st-found] a").first).to_be_focused()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [] == [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_door(shipped, new_context, scheme):
    page = new_context(viewport={"width": 320, "height": 600}, color_scheme=scheme).new_page()
    page.goto(shipped.address)
    found = Axe().run(page).response["violations"]
    assert [] == [each["id"] for each in found]
    assert 44 <= page.get_by_role("link", name="Sign in").bounding_box()["height"]


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off_at_320_pixels(agent, screen):
    page = agent(SCREENS[screen], viewport={"width": 320, "height": 700})
    wide = """() => [...document.querySelectorAll(".stHtml *, button, textarea")].filter(each =>
        !each.closest(".st-wide, .st-plot-name") && each.getBoundingClientRect().width > 0 &&
        each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML.slice(0, 100))"""
    assert [] == page.evaluate(wide)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 320


def test_a_code_words_and_a_link_find_the_same_node(agent):
    status = TREE.statuses["cancellation-requested"]
    page = agent("?page=console&lang=de&me=en")
    asked = []
    for typed in (
        f" {status.code[:2]} {status.code[2:].lower()}",
        "https://x.test/?lang=fr&status=cancellation-requested",
    ):
        find(page, typed)
        asked.append(page.locator(".st-ask tr").nth(1).locator("td").last.inner_text())
    assert "lang=fr" in page.url
    find(page, "En attente de confirmation du vendeur")
    page.get_by_role("listitem").get_by_role("link").first.click()
    page.wait_for_timeout(500)
    settle(page)
    asked.append(page.locator(".st-ask tr").nth(1).locator("td").last.inner_text())
    expect(page.locator("h1")).to_have_text(status.label.text)
    assert 1 == len(set(asked))
    assert TREE.questions["resume-link"].text.text in asked[0]


def test_the_whole_way_by_keyboard_alone(agent):
    page = agent("?page=console")
    page.get_by_label("Short code, words on the customer's screen").focus()
    page.keyboard.type(TREE.statuses["cancellation-requested"].code)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)
    settle(page)
    assert "ht-heading" == page.evaluate("document.activeElement.id")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Yes, I see such a link" in page.evaluate("document.activeElement.textContent"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)
    settle(page)
    assert "solid" == outline
    expect(page.get_by_role("heading", name="Ready reply")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "wanted", "locale"),
    [
        ("Beim Bezahlen kam eine Fehlermeldung", "payment-failed", "de"),
        ("주문을 실수로 취소했어요", "cancellation-requested", "ko"),
        ("ألغيت طلبي بالخطأ", "cancellation-requested", "ar"),
    ],
)
def test_words_enter_enter_and_a_digit_are_the_reply_in_both_languages(agent, typed, wanted, locale):
    page = agent("?page=console&lang=fr&me=en", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Short code, words on the customer's screen").focus()
    page.keyboard.insert_text(typed)
    page.keyboard.press("Enter")
    first = page.locator("[data-st-found] a").first
    expect(first).to_be_focused()
    status = TREE.statuses[wanted]
    expect(first).to_contain_text(status.label.text)
    expect(page.locator(".st-meaning").first).to_contain_text(status.meaning.text.split(".")[0].split("{")[0])
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(status.label.text)
    expect(page.locator("h1")).to_be_focused()
    assert f"lang={locale}&me=en" in page.url
    likely = likely_outcomes(TREE, status.leads_to)
    for number in (1, 2):
        page.keyboard.press(str(number))
        button = page.locator("[data-st-replies] .st-reply").nth(number - 1).locator(".st-both")
        expect(button).to_be_focused()
        expect(button.locator("xpath=..").get_by_role("status")).to_have_text("Copied")
        pair = reply_pair(PROJECT.translator(locale), "en", likely[number - 1].outcome)
        both = f"{pair.customer.text}\n\n———\n\n{pair.agent.text}"
        assert both == page.evaluate("navigator.clipboard.readText()")
    # Nothing is copied, and nothing chosen, where a digit is typed.
    page.get_by_label("order number").press("3")
    assert "3" == page.get_by_label("order number").input_value()
    assert both == page.evaluate("navigator.clipboard.readText()")


def test_arrows_and_digits_take_another_status(agent):
    page = agent("?page=console&lang=fr&me=en")
    field = page.get_by_label("Short code, words on the customer's screen")
    field.fill("annulé")
    field.press("Enter")
    links = page.locator("[data-st-found] a")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    third = links.nth(2).locator("span").first.inner_text()
    page.keyboard.press("3")
    expect(page.locator("h1")).to_have_text(third)


def test_a_reply_is_filled_in_and_copied_with_one_press_in_both_languages(agent):
    page = agent(ARABIC, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("order number").fill("8123456789")
    for side, words in (("customer", "8123456789"), ("agent", "8123456789")):
        button = page.locator(f'[data-st-copy^="st-{side}-"]:not(.st-both)').first
        button.click()
        expect(button.locator("xpath=..").get_by_role("status")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert words in copied
        assert "{order_number}" not in copied
        assert any("\u0600" <= char <= "\u06ff" for char in copied) == (side == "customer")
    page.locator('[data-st-copy="st-handover"]').click()
    page.wait_for_timeout(300)
    assert "8123456789" in page.evaluate("navigator.clipboard.readText()")


def test_what_was_filled_in_for_one_customer_is_gone_for_the_next(agent):
    page = agent(ARABIC)
    page.get_by_label("order number").fill("8123456789")
    page.get_by_role("link", name="Freshness").click()
    page.wait_for_timeout(500)
    settle(page)
    page.go_back()
    page.wait_for_timeout(500)
    settle(page)
    assert "8123456789" == page.get_by_label("order number").input_value()
    find(page, f"/?lang=ar&{OUTCOME}")
    assert "" == page.get_by_label("order number").input_value()
    stored = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "8123456789" not in stored + page.url


def test_figures_are_those_of_the_report(agent):
    page = agent("?page=insights&me=en")
    row = page.get_by_role("region", name="Outcomes that help least").get_by_role("row").nth(1)
    assert ["3", "1", "2", "0", "0", "33%"] == row.get_by_role("cell").all_inner_texts()[:6]
    expect(page.get_by_role("rowheader", name="où est mon colis")).to_be_visible()
    assert page.get_by_role("img").count() >= 3
    for name in ("By week", "By language", "Where readers leave"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()


def test_figures_of_one_language_are_those_of_its_readers_alone(agent):
    page = agent("?page=insights&me=en")
    page.get_by_role("navigation", name="By language").get_by_role("link", name="Français").click()
    expect(page.get_by_role("link", name="Français")).to_have_attribute("aria-current", "page")
    expect(page.get_by_text("· 1 walks")).to_be_visible()
    row = page.get_by_role("region", name="By week").get_by_role("row").nth(1)
    assert ["1", "1", "0", "0", "0", "100%"] == row.get_by_role("cell").all_inner_texts()[:6]
    page.get_by_role("link", name="4 weeks").click()
    expect(page.get_by_role("link", name="4 weeks")).to_have_attribute("aria-current", "page")
    assert "show=4.fr" in page.url
    expect(page.get_by_text("· 1 walks")).to_be_visible()


def test_two_agents_at_once_do_not_undo_each_other_unseen(agent, shipped, tmp_path: Path):
    first, second = agent("?page=comments"), agent("?page=comments")
    expect(first.get_by_text("<b>No</b> button there.")).to_be_visible()
    for page, state in ((first, "solved"), (second, "seen")):
        box = page.locator('[data-testid="stVerticalBlock"]', has_text="Le lien manque.").last
        box.get_by_role("button", name=f"Mark as {state}").click()
        page.wait_for_timeout(500)
        settle(page)
    expect(first.get_by_role("status").filter(has_text="Marked as solved.")).to_be_visible()
    expect(second.get_by_role("status").filter(has_text="A colleague changed this comment")).to_be_visible()
    first.get_by_role("link", name="Solved (1)").click()
    first.wait_for_timeout(500)
    settle(first)
    expect(first.get_by_text("Le lien manque.")).to_be_visible()
    third = agent("?page=comments&show=seen")
    expect(third.get_by_text("There are none.")).to_be_visible()
