"""What a reader does with an outcome in a real browser: fill in, copy, count a deadline, tick, print, judge."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from helptree.engine import enumerate_paths
from helptree.project import open_project
from helptree.pseudo import copy_with_pseudo
from helptree.render.plain import to_plain
from tests.browser.wizards import ROOT, go, jump, query, running_wizard, settle, tap, title
from tests.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("wizard-outcome")]

PROJECT = open_project(ROOT / "decision_tree")
TREE = PROJECT.tree
OUTCOME = {"status": "cancellation-requested", "resume-link": "yes"}
LAST = {**OUTCOME, "remedy": "contact-support"}
NUMBER = "8012345678901234"
New = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shipped tree, with an invented language in Arabic letters besides."""
    tree = tmp_path_factory.mktemp("trees") / "tree"
    list(copy_with_pseudo(PROJECT, tree, ["rtl"]))
    with running_wizard(tmp_path_factory.mktemp("site"), tree) as address:
        yield address


def open_english(page: Page, address: str, **place: str) -> None:
    go(page, address, lang="en", **place)


def test_what_is_filled_in_stays_in_the_browser(phone_page: Page, address: str):
    sent: list[bytes] = []
    phone_page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(_bytes(frame))))
    phone_page.on("request", lambda request: sent.append(request.url.encode() + (request.post_data_buffer or b"")))
    open_english(phone_page, address, **OUTCOME)
    phone_page.get_by_role("textbox", name="your order number").fill(NUMBER)
    texts = phone_page.locator(".ht-message blockquote").all_inner_texts()
    assert len(texts) == 2
    assert all(NUMBER in text for text in texts)
    tap(phone_page, "That did not help")
    expect(phone_page.get_by_role("textbox", name="your order number").first).to_have_value(NUMBER)
    phone_page.reload()
    settle(phone_page)
    expect(phone_page.locator(".ht-message blockquote").first).to_contain_text(NUMBER)
    assert len(sent) > 5
    assert not [data for data in sent if NUMBER.encode() in data]


def _bytes(frame: str | bytes) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()


def test_support_gets_its_text_in_english_too(phone_page: Page, address: str):
    go(phone_page, address, **LAST)
    texts = phone_page.locator(".ht-message details").first.locator("blockquote")
    assert [text.get_attribute("lang") for text in texts.all()] == [None, "en"]


def test_a_day_is_written_as_each_language_does(phone_page: Page, address: str):
    open_english(phone_page, address, **OUTCOME, remedy="ask-seller-to-decline")
    phone_page.get_by_label("the day on which you asked").fill("2026-11-24")
    english, chinese = phone_page.locator(".ht-message blockquote").all_inner_texts()
    assert "November 24, 2026" in english
    assert "2026年11月24日" in chinese


def test_one_press_copies_and_says_so(new_context: New, address: str):
    context = new_context(**PHONE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_english(page, address, **LAST)
    box = page.locator(".ht-message").last
    box.get_by_label("your order number").fill(NUMBER)
    box.get_by_role("button", name="Copy this text").tap()
    expect(box.get_by_role("status").first).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    outcome = TREE.outcomes["cancellation-can-be-withdrawn"]
    link = f"{address}?lang=en&status=cancellation-requested&resume-link=yes&remedy=contact-support"
    assert [NUMBER in copied, outcome.code in copied, "Resume the order" in copied, link in copied] == [True] * 4


def test_without_a_clipboard_the_text_can_be_copied_all_the_same(phone_page: Page, address: str):
    phone_page.add_init_script("delete Navigator.prototype.clipboard")
    open_english(phone_page, address, **OUTCOME)
    phone_page.get_by_role("button", name="Copy this text").tap()
    expect(phone_page.locator(".ht-press [role=status]").first).to_have_text("Copied")


def test_the_hand_over_is_in_the_readers_language_and_in_english(phone_page: Page, address: str):
    go(phone_page, address, **LAST)
    own, english = phone_page.locator("[id^=ht-copy-handover]").all_inner_texts()
    outcome = TREE.outcomes["cancellation-can-be-withdrawn"]
    assert to_plain(PROJECT.translator("fr").text(outcome.title).value) in own
    assert "Cancellation asked, waiting for the seller" in english
    assert all(outcome.code in text and "lang=" in text for text in (own, english))


@pytest.mark.parametrize(
    ("zone", "since", "until", "start"),
    [
        (
            "Europe/Paris",
            "2040-03-23T10:00",
            ["March 25, 2040 at 11:00", "March 26, 2040 at 11:00"],
            "20400325T090000Z",
        ),
        ("America/New_York", "2040-01-01T22:30", ["January 3, 2040 at 10:30", "January 4, 2040"], "20400104T033000Z"),
    ],
    ids=["over-summer-time", "new-york"],
)
def test_a_deadline_is_counted_in_the_readers_time_zone(new_context: New, address: str, zone, since, until, start):
    page = new_context(**PHONE, timezone_id=zone).new_page()
    open_english(page, address, **OUTCOME)
    page.get_by_label("When did you ask to cancel?").fill(since)
    told = page.locator("[data-ht-until]").inner_text()
    assert all(part in told for part in until), told
    assert zone in told
    event = _event(_saved(page))
    assert event["DTSTART"] == start


def test_business_days_leave_out_the_weekend(phone_page: Page, address: str):
    open_english(phone_page, address, **_path_to("wait-for-shipping"))
    phone_page.get_by_label("On which day did you pay?").fill("2040-11-23")  # a Friday
    assert "Tuesday, December 4, 2040" in phone_page.locator("[data-ht-until]").inner_text()
    event = _event(_saved(phone_page))
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20401204", "20401205")


def test_a_deadline_long_over_is_called_so(phone_page: Page, address: str):
    open_english(phone_page, address, **OUTCOME)
    phone_page.get_by_label("When did you ask to cancel?").fill("2020-01-01T10:00")
    assert "the time was over" in phone_page.locator("[data-ht-until]").inner_text()


def _path_to(remedy: str) -> dict[str, str]:
    path = next(path for path, outcome in enumerate_paths(TREE) if remedy in outcome.ways)
    return {**{answer.question: answer.option for answer in path}, "remedy": remedy}


def _saved(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it in my calendar").tap()
    return Path(download.value.path()).read_bytes().decode()


def _event(text: str) -> dict[str, str]:
    """Read a calendar file as RFC 5545 has it: line ends, length of lines, nesting, what must be there."""
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert [line for line in lines if line.startswith(("BEGIN:", "END:"))] == [
        *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM"),
        *("END:VALARM", "END:VEVENT", "END:VCALENDAR"),
    ]
    event = dict(line.split(":", 1) for line in lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("BEGIN:VALARM")])
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    assert event["UID"]
    assert not re.search(r"(?<!\\)[,;]", event["DESCRIPTION"])
    return event


def test_ticks_are_kept_for_the_tab(phone_page: Page, address: str):
    open_english(phone_page, address, **OUTCOME)
    first, second = (phone_page.locator("[data-ht-tick]").nth(number) for number in (0, 1))
    first.focus()
    phone_page.keyboard.press("Space")
    phone_page.reload()
    settle(phone_page)
    expect(first).to_be_checked()
    expect(second).not_to_be_checked()
    assert first.evaluate("e => e.parentElement.offsetHeight") >= 44


def test_paper_shows_nothing_to_press(phone_page: Page, address: str):
    open_english(phone_page, address, **OUTCOME)
    phone_page.emulate_media(media="print")
    visible = phone_page.locator("button:visible, input:not([type=checkbox]):visible").all()
    assert [element.inner_text() for element in visible if "Change" not in element.inner_text()] == []
    expect(phone_page.locator(".ht-deadline")).to_be_visible()
    expect(phone_page.get_by_text("Your answers so far")).to_be_visible()


def test_the_focus_moves_to_what_is_said_in_answer(phone_page: Page, address: str):
    open_english(phone_page, address, **LAST)
    tap(phone_page, "That helped")
    assert "We are glad" in phone_page.evaluate("document.activeElement.innerText")
    phone_page.get_by_label("Do you want to add something?").fill("Thank you, ann@example.com")
    tap(phone_page, "Send")
    said = phone_page.evaluate("document.activeElement.innerText")
    assert "Thank you, [email]" in said
    assert re.search(r"\b[0-9A-Z]{5}(-[0-9A-Z]{5}){3}\b", said)


def test_a_pasted_line_leads_on_by_the_keyboard_alone(phone_page: Page, address: str):
    open_english(phone_page, address)
    phone_page.get_by_label("Type or paste what you see").fill("En attente de confirmation du vendeur")
    phone_page.keyboard.press("Tab")
    phone_page.keyboard.press("Enter")
    phone_page.wait_for_timeout(300)
    settle(phone_page)
    assert "This may be your status" in phone_page.evaluate("document.activeElement.innerText")
    phone_page.keyboard.press("Tab")
    phone_page.keyboard.press("Enter")
    phone_page.wait_for_timeout(300)
    settle(phone_page)
    assert query(phone_page) == {"lang": "en", "status": "cancellation-requested"}


def test_nobody_is_thanked_while_the_store_is_gone(tmp_path: Path, phone_page: Page):
    (tmp_path / "file").write_text("")
    data = str(tmp_path / "file" / "no-folder")
    with running_wizard(tmp_path / "site", HELPTREE_DATA=data) as address:
        open_english(phone_page, address, **OUTCOME)
        tap(phone_page, "That did not help")
        assert query(phone_page)["remedy"] == "ask-seller-to-decline"
        tap(phone_page, "That helped")
        assert "could not keep this" in phone_page.evaluate("document.activeElement.innerText")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr"])
def test_every_outcome_once(phone_page: Page, address: str, lang: str):
    """In one page, from address to address, as "forward" goes."""
    translator = PROJECT.translator(lang)
    paths = {outcome.id: path for path, outcome in enumerate_paths(TREE)}
    go(phone_page, address, lang=lang)
    for id_, path in paths.items():
        wanted = to_plain(translator.text(TREE.outcomes[id_].title).value)
        jump(phone_page, lang=lang, **{answer.question: answer.option for answer in path})
        expect(phone_page.locator("h1")).to_have_text(wanted)
        expect(phone_page.locator("h3[data-ht-way]")).to_have_attribute("data-ht-way", TREE.outcomes[id_].ways[0])
    print(f"{len(paths)} outcomes in a browser")
    assert title(phone_page)
