"""An agent types a code or words, or pastes a link: the same position as the customer's."""

from functools import cache
from random import Random
from urllib.parse import urlencode

import pytest

from helptree.addresses import page_path
from helptree.engine import enumerate_paths
from helptree.finders import AnyLanguageFinder
from helptree.project import Project, open_project
from helptree.staff.handover import handover_note
from helptree.staff.position import How, LookUp, look_up
from tests.helpers import ROOT, TODAY


@cache
def shipped() -> tuple[Project, AnyLanguageFinder]:
    project = open_project(ROOT / "decision_tree", TODAY)
    return project, AnyLanguageFinder(project)


def found(typed: str) -> LookUp:
    project, finder = shipped()
    return look_up(project.staff, typed, finder, project.languages)


def pages() -> list:
    tree = shipped()[0].tree
    return [*tree.statuses.values(), *tree.questions.values(), *tree.outcomes.values(), *tree.remedies.values()]


def test_every_short_code_finds_its_page():
    for page in pages():
        for typed in (page.code, f" {page.code.lower()} ", f"{page.code[:2]}-{page.code[2:]}"):
            looked = found(typed)
            assert (How.CODE, [page.id]) == (looked.how, [view.page.id for view in looked.views])


@pytest.mark.parametrize("start", ["https://help.example.com/guide/", "/guide/", "", "file:///C:/help/"])
def test_every_page_of_the_site_is_found_by_its_link(start):
    tree = shipped()[0].tree
    for page in pages():
        if page.id != tree.root:
            looked = found(f"{start}fr/{page_path(tree, page.id)}")
            assert [(page.id, "fr", False)] == [(view.page.id, view.locale, view.is_told) for view in looked.views]


def test_every_path_of_the_wizard_is_found_with_its_answers():
    project, count = shipped()[0], 0
    for path, outcome in enumerate_paths(project.tree):
        for way in outcome.ways:
            query = {"lang": "fr", **{answer.question: answer.option for answer in path}, "remedy": way}
            (view,) = found(f"https://help.example.com/?{urlencode(query)}").views
            tried = outcome.ways[: outcome.ways.index(way)]
            assert (outcome, "fr") == (view.outcome, view.locale)
            assert [(a.question, a.option) for a in path] == [(q.id, o.id) for q, o in view.answers]
            assert list(tried) == [remedy.id for remedy in view.tried]
            assert [*outcome.ways[len(tried) :]] == [remedy.id for remedy in view.next_ways]
            assert view.ask
            assert view.escalation
            count += 1
    print(f"agent: {count} positions found by the wizard's link")


def test_words_of_a_screen_find_the_status():
    tree = shipped()[0].tree
    total, right = 0, 0
    for status in tree.statuses.values():
        for wording in status.wordings:
            looked = found(wording.text)
            total += 1
            right += status.id in [view.page.id for view in looked.views]
            assert How.WORDS == looked.how
            assert all((view.reason and view.question) or view.outcome for view in looked.views)
    print(f"agent: {right} of {total} wordings find their status")
    assert right >= 0.98 * total


@pytest.mark.parametrize(
    "typed",
    ["", " ", "qwertzuiop", "https://elsewhere.example/x", "https://[broken", "/guide/xx/", "?a=b", "?" + "a=1&" * 5000,
     "http://x/?" + "%" * 20_000, "\0", "/fr/statuses/no-such-status/"],
)  # fmt: skip
def test_what_means_nothing_finds_nothing(typed):
    assert LookUp(How.NOTHING) == found(typed)


def test_any_text_at_all_is_survived():
    random = Random("typed")
    letters = "aé订طن?=&/:.#%{}[]<>\"' \n\t\0" + "status" + "KQPJP"
    for _ in range(300):
        assert found("".join(random.choices(letters, k=random.randint(0, 60)))).how in How


def test_answers_of_an_older_tree_are_told():
    (view,) = found("/?lang=fr&status=cancellation-requested&no-such-question=yes").views
    assert ["no-such-question"] == [answer.question for answer in view.dropped]


def test_the_note_for_a_colleague_says_everything_once():
    project = shipped()[0]
    link = "?lang=fr&status=cancellation-requested&resume-link=yes&remedy=ask-seller-to-decline"
    (view,) = found(link).views
    note = handover_note(view, project.translator("en"))
    lines = note.splitlines()
    assert len(lines) == len(set(lines))
    for expected in (
        "Case: Your cancellation still waits, and you can try to take it back (KQPJP)",
        "Order: {order_number}",
        "Customer's language: fr",
        "Status: Cancellation asked, waiting for the seller (IN_CANCEL)",
        "- Do you see a link to resume the order? Yes, I see such a link or button",
        "- Resume the order with the link on the order page (DHWPQ)",
        "[ ] When was the cancellation asked (date and time zone)?",
        f"Link: /{link}",
    ):
        assert expected in lines


def test_the_note_of_a_code_claims_no_answers():
    (view,) = found("KQPJP").views
    note = handover_note(view, shipped()[0].translator("fr"), "fr")
    assert "Answers so far" not in note
    assert "Tried" not in note
