"""A whole walk by the keyboard alone: every stop can be seen, and from every screen the keys lead to its end."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from helptree.project import open_project
from helptree.render.plain import to_plain
from tests.browser.wizards import ROOT, go, query, running_wizard, settle, title

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("wizard-keyboard")]

PROJECT = open_project(ROOT / "decision_tree")
FR = PROJECT.translator("fr")
TREE = PROJECT.tree
OUTCOME = TREE.outcomes["cancellation-can-be-withdrawn"]
FIELD = "[data-testid=stTextAreaRootElement]"
# What has the focus: its words, and whether one can see it there.
FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at)
  const field = at.closest('[data-testid="stTextAreaRootElement"]')
  const isSeen = style.outlineStyle !== "none" || (field && getComputedStyle(field).borderColor !== window.quiet)
  const { htTick, htFill } = at.dataset
  const words = (at.innerText || at.ariaLabel || htTick || htFill || "").trim()
  return { tag: at.tagName, words, isSeen: Boolean(isSeen) }
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_wizard(tmp_path_factory.mktemp("site")) as address:
        yield address


class Keys:
    """A reader without mouse or touch."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops = 0

    def tab_to(self, words: str, most: int = 90, key: str = "Tab") -> None:
        """Go on until the focus stands on something that begins so."""
        for _ in range(most):
            self.page.keyboard.press(key)
            at = self.page.evaluate(FOCUS)
            if at["tag"] in ("BODY", "MAIN"):  # the page itself, which scrolls
                continue
            self.stops += 1
            assert at["isSeen"], at
            if at["words"].startswith(words):
                return
        raise AssertionError(f"the keys never reach {words!r}")

    def press(self, key: str = "Enter") -> None:
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(300)
        settle(self.page)


def words(entry) -> str:
    return to_plain(FR.text(entry).value)


def test_a_whole_walk_by_the_keyboard(desktop_page: Page, address: str):
    keys = Keys(desktop_page)
    go(desktop_page, address)
    find_the_outcome(keys)
    use_the_first_way(keys)
    say_what_helped(keys)
    change_and_begin_again(keys)
    print(f"{keys.stops} stops of the keyboard on a whole walk, each could be seen")


def find_the_outcome(keys: Keys) -> None:
    """Past the top, to the finder, to what it finds, to an answer."""
    page = keys.page
    page.evaluate(f"window.quiet = getComputedStyle(document.querySelector('{FIELD}')).borderColor")
    keys.tab_to(title(page))
    keys.tab_to(FR.ui("finder.prompt"))
    page.keyboard.type("En attente de confirmation du vendeur")
    keys.tab_to(FR.ui("finder.button"))
    keys.press()
    keys.tab_to(words(TREE.questions["status"].option("cancellation-requested").label))
    keys.press()
    assert query(page) == {"lang": "fr", "status": "cancellation-requested"}
    # The focus is on the question: the first answer is one key away.
    keys.tab_to(words(TREE.questions["resume-link"].option("yes").label), most=1)
    keys.press("Space")


def use_the_first_way(keys: Keys) -> None:
    """A step is ticked, the deadline counted and saved, a text filled in and copied."""
    page = keys.page
    keys.tab_to(f"{OUTCOME.ways[0]}.")
    page.keyboard.press("Space")
    assert page.locator("[data-ht-tick]").first.is_checked()
    keys.tab_to(TREE.remedies[OUTCOME.ways[0]].clock.since)
    for part in ("03", "23", "2040", "ArrowRight", "10", "00", "AM"):  # as this browser's field takes it
        page.keyboard.press(part) if part.startswith("Arrow") else page.keyboard.type(part)
    assert page.evaluate("document.activeElement.value") == "2040-03-23T10:00"
    keys.tab_to(FR.ui("wizard.calendar"))
    with page.expect_download():
        page.keyboard.press("Enter")
    keys.tab_to("order_number")
    page.keyboard.type("8012345678901234")
    keys.tab_to(FR.ui("wizard.copy"))
    page.keyboard.press("Enter")
    page.get_by_text(FR.ui("wizard.copied")).first.wait_for()


def say_what_helped(keys: Keys) -> None:
    """To the last way, one refusal after the other; then it helped, and a word about it."""
    page = keys.page
    for way in OUTCOME.ways[1:]:
        keys.tab_to(FR.ui("common.not-helped"), most=200)
        keys.press()
        assert query(page)["remedy"] == way
    keys.tab_to(FR.ui("wizard.helped"), most=200)
    keys.press()
    keys.tab_to(FR.ui("wizard.comment"))
    page.keyboard.type("Merci")
    keys.tab_to(FR.ui("wizard.send"))
    keys.press()
    assert "Merci" in page.evaluate("document.activeElement.innerText")


def change_and_begin_again(keys: Keys) -> None:
    asked = TREE.questions["resume-link"]
    keys.tab_to(words(asked.text))
    keys.press()
    assert query(keys.page)["change"] == asked.id
    keys.tab_to(words(asked.option("no").label))
    keys.press()
    keys.tab_to(FR.ui("common.start-again"), most=200)
    keys.press()
    assert query(keys.page) == {"lang": "fr"}


@pytest.mark.parametrize(
    "place",
    [{}, {"status": "refunded"}, {"status": "cancellation-requested", "resume-link": "yes"}],
    ids=["start", "question", "outcome"],
)
def test_no_screen_holds_the_keyboard(desktop_page: Page, address: str, place: dict[str, str]):
    """From the first stop to the last link of the page, and back again."""
    go(desktop_page, address, **place)
    keys = Keys(desktop_page)
    desktop_page.evaluate("window.quiet = ''")
    keys.tab_to(title(desktop_page), most=1)
    keys.tab_to(FR.ui("wizard.about"), most=200)
    keys.tab_to(title(desktop_page), most=200, key="Shift+Tab")


def test_the_language_is_chosen_by_the_keyboard(desktop_page: Page, address: str):
    go(desktop_page, address, status="cancellation-requested")
    desktop_page.evaluate("window.quiet = ''")
    keys = Keys(desktop_page)
    menu = desktop_page.locator(".ht-languages")
    keys.tab_to(PROJECT.languages["fr"].autonym)
    for key, is_open in (("Enter", True), ("Tab", True), ("Escape", False), ("Enter", True)):
        desktop_page.keyboard.press(key)
        assert menu.evaluate("menu => menu.open") == is_open
    keys.tab_to("English")
    keys.press()
    assert query(desktop_page) == {"lang": "en", "status": "cancellation-requested"}
