"""The box on the start screen: words or a short code in, a status out; what is looked for in vain is a gap."""

from pathlib import Path

import pytest

from helptree.feedback import Kind
from helptree.project import open_project
from tests.walkers import WizardWalker, text_of

MINIMAL = Path(__file__).parents[1] / "trees" / "minimal"
BOX = "Type or paste what you see"


@pytest.fixture(scope="module")
def project():
    return open_project(MINIMAL)


@pytest.fixture
def walker(project):
    walker = WizardWalker(project, "en")
    walker.open({"lang": "en"})
    return walker


def test_a_wording_leads_to_its_status_with_the_reason(walker):
    walker.send(BOX, "en préparation")
    assert walker.labels[0] == (
        "Still being packed | is the French wording “En préparation” (our translation, not the shop's own words)"
    )
    walker.press_found(0)
    assert walker.address == {"lang": "en", "status": "packing"}


def test_no_status_means_a_kind_sentence_and_a_gap_told_once(walker, store):
    walker.send(BOX, "my cat sings loudly")
    assert "We found no status in these words" in walker.html
    walker.open({"lang": "en"})
    assert store.sent == [(Kind.SEARCH_NOTHING, "my cat sings loudly")]


def test_none_of_those_found_is_a_gap_too(walker, store):
    walker.send(BOX, "packing")
    walker.press("It is none of these")
    assert "sorry that nothing fitted" in walker.html
    assert store.sent == [(Kind.SEARCH_REJECTED, "packing")]


def test_another_choice_from_the_list_rejects_what_was_found(walker, store):
    walker.send(BOX, "packing")
    walker.press("I see none of these")
    assert store.sent == [(Kind.SEARCH_REJECTED, "packing")]


def test_what_was_typed_is_neither_in_the_address_nor_unescaped(walker):
    walker.send(BOX, "packing <b>x</b> 4111 1111 1111 1111")
    assert walker.address == {"lang": "en"}
    assert "<b>x" not in walker.html


@pytest.mark.parametrize(
    ("id_", "address"),
    [
        ("status", {}),
        ("paid", {"status": "packing"}),
        ("packing", {"status": "packing"}),
        ("wait-for-it", {"status": "packing", "paid": "yes"}),
        ("wait", {"status": "none-of-these"}),
        ("call-us", {"status": "none-of-these", "remedy": "call-us"}),
    ],
)
def test_a_short_code_leads_to_its_place(walker, id_, address):
    code = walker.project.tree.find(id_).code
    walker.send(BOX, f" {code[:2].lower()}-{code[2:]} ")
    assert walker.address == {"lang": "en", **address}
    assert ("You came here by a short code" in walker.html) == bool(address)


def test_an_unknown_code_is_called_one(walker, store):
    walker.send(BOX, "34679")
    assert "No page has this short code" in text_of(walker.html)
    assert store.sent == []
