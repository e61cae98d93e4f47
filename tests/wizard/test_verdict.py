"""That helped, that did not, a comment, "this page is wrong": kept once, thanked for only when kept."""

from pathlib import Path

import pytest

from helptree.feedback import Kind, Refusal
from helptree.project import open_project
from tests.walkers import WizardWalker, text_of

MINIMAL = Path(__file__).parents[1] / "trees" / "minimal"
WAITING = {"lang": "en", "status": "packing", "paid": "yes"}
COMMENT, WRONG = "Do you want to add something?", "What is wrong or missing?"


@pytest.fixture(scope="module")
def project():
    return open_project(MINIMAL)


@pytest.fixture
def walker(project):
    walker = WizardWalker(project, "en")
    walker.open(WAITING)
    return walker


def test_that_helped_is_kept_once_and_thanked_for(walker, store):
    walker.press("That helped")
    assert "We are glad" in walker.html
    assert "That helped" not in walker.labels
    walker.open(WAITING)
    assert store.sent == [(Kind.HELPED, "")]


def test_that_did_not_help_is_kept_once_for_each_remedy(walker, store):
    for _ in range(2):
        walker.press("That did not help")
        walker.press("← Back")
    assert store.sent == [(Kind.NOT_HELPED, "")]


def test_a_comment_is_shown_as_it_is_kept(walker, store):
    walker.press("That helped")
    walker.send(COMMENT, "Thanks! <b>Ann</b>, ann@example.com")
    assert store.sent[-1] == (Kind.COMMENT, "Thanks! <b>Ann</b>, ann@example.com")
    assert "Thanks! &lt;b&gt;Ann&lt;/b&gt;, [email]" in walker.html
    assert "What looked like personal data was taken out" in walker.html
    assert len(walker.app.text_area) == 1  # the comment's field is gone, "wrong page" stays


def test_a_page_can_be_called_wrong_on_a_question_too(walker, store):
    walker.open({"lang": "en", "status": "packing"})
    walker.send(WRONG, "There is a third answer")
    assert store.sent == [(Kind.WRONG_PAGE, "There is a third answer")]
    assert "Thank you, it is kept." in walker.html


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (Refusal.UNAVAILABLE, "could not keep this"),
        (Refusal.TOO_OFTEN, "a lot at once"),
        (Refusal.TOO_LONG, "too long"),
    ],
)
def test_nobody_is_thanked_for_what_is_lost(walker, store, refusal, told):
    store.refuse = refusal
    walker.send(WRONG, "The date is old")
    assert told in walker.html
    assert "Thank you" not in walker.html
    store.refuse = None
    walker.send(WRONG, "The date is old")
    assert "Thank you" in walker.html
    assert len(set(store.keys)) == 1


def test_the_walk_goes_on_without_any_store(walker, monkeypatch):
    monkeypatch.setattr("helptree.wizard.session.feedback", lambda: None)
    walker.press("That did not help")
    assert walker.address["remedy"] == "call-us"
    walker.press("That helped")
    assert "The help itself goes on working" in text_of(walker.html)


def test_a_walk_is_recorded(walker, store):
    walker.open({"lang": "en"})
    walker.press("Still being packed")
    walker.press("Yes")
    walker.press("Start again")
    kinds = [(str(event.kind), event.node) for event in store.events]
    assert kinds == [
        ("step", "status"),
        ("step", "paid"),
        ("outcome", "wait-for-it"),
        ("left", "wait-for-it"),
        ("start", "status"),
        ("step", "status"),
    ]
    assert len({event.walk for event in store.events}) == 2
