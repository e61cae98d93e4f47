"""The console: the customer's position in both languages, what to ask and to send, what only staff may know."""

from urllib.parse import parse_qsl

import pytest

from helptree.project import open_project
from helptree.staff.handover import handover_note
from helptree.staff.position import How, look_up
from helptree.staff.replies import reply_pair
from helptree.wizard.place import query_of, read_place
from helptree.wizard.staff.address import Address, read_address, view_at
from helptree.wizard.staff.console import console_html, finder_of, found_html, home_html
from helptree.wizard.staff.freshness import freshness_html
from tests.helpers import TODAY
from tests.sites import ROOT

PROJECT = open_project(ROOT / "decision_tree")
TREE = PROJECT.tree
STATUS = TREE.statuses["cancellation-requested"]
OUTCOME = {"status": "cancellation-requested", "resume-link": "yes"}
AR_EN = {"page": "console", "lang": "ar", "me": "en"}


def address(**query: str) -> Address:
    return read_address({**AR_EN, **query}, PROJECT.languages, "en")


def page(**query: str) -> str:
    here = address(**query)
    view = view_at(PROJECT.staff, here)
    assert view
    return console_html(PROJECT, here, view, 1)


def test_an_address_is_read_back_as_it_was_written():
    for query in (
        AR_EN,
        {**AR_EN, "at": STATUS.code},
        {**AR_EN, **OUTCOME},
        {**AR_EN, "page": "comments", "show": "seen", "from": "20"},
    ):
        assert query == address(**query).as_query()
        assert query == dict(parse_qsl(address(**query).href().removeprefix("/?")))


def test_what_an_address_cannot_say_is_left_out():
    here = read_address(
        {"page": "admin", "lang": "xx", "me": "<b>", "at": "x" * 99, "from": "-1"}, PROJECT.languages, "fr"
    )
    assert ("console", "en", "fr", 20, 0) == (here.page, here.customer, here.agent, len(here.code), here.start)
    assert view_at(PROJECT.staff, here) is None


@pytest.mark.parametrize(
    "typed", [STATUS.code, f"https://x.test/fr/statuses/{STATUS.id}/", "/?lang=fr&status=cancellation-requested"]
)
def test_code_site_link_and_wizard_link_lead_to_the_same_node(typed):
    found = look_up(PROJECT.staff, typed, finder_of(PROJECT), PROJECT.languages)
    there = address().of(found.views[0])
    view = view_at(PROJECT.staff, there)
    assert found.how in (How.CODE, How.LINK)
    assert "resume-link" == view.place.position.node.id
    assert ("fr" if found.how is How.LINK else "ar") == there.customer


def test_words_in_any_language_are_offered_with_the_reason():
    found = look_up(PROJECT.staff, "En attente de confirmation du vendeur", finder_of(PROJECT), PROJECT.languages)
    html = found_html(PROJECT, address(), found.views, 1)
    assert address(at=STATUS.code).href().replace("&", "&amp;") in html.split("</a>")[0]


def test_the_customers_words_on_the_screen_come_first_in_both_languages():
    html = page(**OUTCOME)
    screen = html.split("On the screen")[1].split("</table>")[0]
    arabic = [each.text for each in STATUS.wordings if each.locale == "ar"]
    assert arabic
    assert screen.index(arabic[0]) < screen.index("Awaiting Cancellation")
    assert '<td  lang="ar" dir="rtl">' in screen


def test_an_outcome_shows_answers_replies_internal_notes_and_the_note_to_hand_over():
    html = page(**OUTCOME)
    view = view_at(PROJECT.staff, address(**OUTCOME))
    pair = reply_pair(PROJECT.translator("ar"), "en", view.outcome)
    for reply in (pair.customer, pair.agent):
        assert f'id="st-{"customer" if reply.locale == "ar" else "agent"}-{reply.id}"' in html
    assert 'data-ht-gap="order_number"' in html
    assert 'data-st-fill="order_number"' in html
    assert PROJECT.staff.about(STATUS).api in html
    for note in (*view.ask, *view.escalation):
        assert note.text.split("'")[0] in html
    note = handover_note(view, PROJECT.translator("en"), "ar")
    assert "Answers so far" in note
    assert html.count("data-st-copy") >= 3


def test_what_was_tried_is_told_apart_from_what_to_try():
    second = TREE.outcomes[view_at(PROJECT.staff, address(**OUTCOME)).outcome.id].ways[1]
    html = page(**OUTCOME, remedy=second)
    assert "Tried without success" in html
    assert "Tried without success" not in page(**OUTCOME)


def test_every_next_step_of_a_known_position_keeps_what_was_answered():
    view = view_at(PROJECT.staff, address(status="cancellation-requested"))
    html = page(status="cancellation-requested")
    for option in view.question.options:
        place = read_place(TREE, {"status": "cancellation-requested", "resume-link": option.id}, "ar")
        assert address(**{k: v for k, v in query_of(place).items() if k != "lang"}).href().replace("&", "&amp;") in html


def test_every_page_of_the_tree_has_its_console_in_every_language():
    groups = (TREE.statuses, TREE.questions, TREE.outcomes, TREE.remedies)
    pages = [each for group in groups for each in group.values()]
    codes = [each.code for each in pages if view_at(PROJECT.staff, address(at=each.code))]
    assert len(codes) >= len(pages) - 2
    for number, code in enumerate(codes):
        locale = list(PROJECT.languages)[number % len(PROJECT.languages)]
        assert 'href="nowhere' not in page(at=code, lang=locale)


def test_nothing_typed_by_anybody_becomes_html():
    html = page(**{**OUTCOME, "at": "", "x<script>": "<script>alert(1)</script>"})
    assert "<script" not in html


def test_what_is_overdue_stale_or_unattested_is_listed():
    html = freshness_html(PROJECT, address(page="freshness"), TODAY.replace(year=2030))
    facts = len(TREE.facts) + len(TREE.statuses) + len(TREE.remedies)
    assert f"Overdue: {facts}" in html
    assert "Overdue: 0" in freshness_html(PROJECT, address(page="freshness"), TODAY)


def test_what_holds_everywhere_stands_at_the_start():
    assert all(note.text in home_html(PROJECT) for note in PROJECT.staff.everywhere.ask)
