"""Addresses read into places, and back. The tree: status -> (packing -> paid -> outcome) or an outcome."""

from pathlib import Path

import pytest

from helptree.engine import Answer
from helptree.project import open_project
from helptree.wizard.place import accepted, answered, choose_locale, previous, query_of, read_place, start

PROJECT = open_project(Path(__file__).parents[1] / "trees" / "minimal")
TREE = PROJECT.tree


def place(**query):
    return read_place(TREE, query, "en")


@pytest.mark.parametrize(
    "query",
    [
        {"lang": "en"},
        {"lang": "en", "status": "packing"},
        {"lang": "en", "status": "packing", "paid": "yes"},
        {"lang": "en", "status": "packing", "paid": "yes", "remedy": "call-us"},
        {"lang": "en", "status": "packing", "paid": "yes", "change": "status"},
        {"lang": "en", "status": "none-of-these", "paid": "yes"},
    ],
)
def test_an_address_survives_being_read_and_written(query):
    assert query_of(read_place(TREE, query, "en")) == query


@pytest.mark.parametrize(
    ("query", "is_unknown", "node"),
    [
        ({"color": "red"}, True, "status"),
        ({"status": "no-such"}, True, "status"),
        ({"status": "packing", "paid": "perhaps"}, True, "paid"),
        ({"status": "none-of-these", "remedy": "no-such"}, True, "ask-a-human"),
        ({"status": "packing", "remedy": "wait"}, True, "paid"),
        ({"status": "packing", "change": "paid"}, True, "paid"),
        ({"status": "packing", "utm_source": "mail", "fbclid": "x"}, False, "paid"),
        ({"status": "none-of-these", "remedy": "wait"}, False, "ask-a-human"),
    ],
)
def test_what_an_address_holds_too_much_is_left_out(query, is_unknown, node):
    found = place(**query)
    assert (found.has_unknown, found.position.node.id) == (is_unknown, node)


def test_a_changed_answer_keeps_later_answers_that_fit():
    found = answered(TREE, place(status="packing", paid="yes"), TREE.questions["status"], "packing")
    assert query_of(found) == {"lang": "en", "status": "packing", "paid": "yes"}
    assert found.left_out == ()


def test_a_changed_answer_tells_which_later_ones_are_left_out():
    found = answered(TREE, place(status="packing", paid="yes"), TREE.questions["status"], "none-of-these")
    assert found.left_out == (Answer("paid", "yes"),)
    assert place(**query_of(found)).left_out == (Answer("paid", "yes"),)


def test_the_next_step_forgets_what_was_left_out():
    found = place(status="none-of-these", paid="yes")
    assert query_of(previous(TREE, found)) == {"lang": "en"}
    assert query_of(start(TREE, found)) == {"lang": "en"}


@pytest.mark.parametrize(
    ("query", "before"),
    [
        ({"status": "packing", "paid": "yes", "remedy": "call-us"}, {"status": "packing", "paid": "yes"}),
        ({"status": "packing", "paid": "yes"}, {"status": "packing"}),
        ({"status": "packing", "paid": "yes", "change": "status"}, {"status": "packing", "paid": "yes"}),
        ({"status": "packing"}, {}),
    ],
)
def test_back_undoes_one_step(query, before):
    assert query_of(previous(TREE, place(**query))) == {"lang": "en", **before}


def test_there_is_no_way_back_from_the_root():
    assert previous(TREE, place()) is None


@pytest.mark.parametrize(
    ("lang", "wanted", "expected"),
    [
        ("fr", ["en"], "fr"),
        ("fr-CA", [], "fr"),
        ("xx", ["fr-FR"], "fr"),
        (None, ["de", "fr;q=0.5"], "en"),
        (None, ["de-DE", "fr"], "fr"),
        (None, [], "en"),
        ("<script>", ["\x00"], "en"),
    ],
)
def test_the_language_is_the_addresss_else_the_browsers_else_the_sources(lang, wanted, expected):
    assert choose_locale(lang, wanted, {"en": None, "fr": None}) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", ["fr-FR", "fr", "en"]),
        ("en;q=0.1, fr", ["fr", "en"]),
        ("*;q=0.1, fr;q=0, de;q=x, en", ["en"]),
        (None, []),
    ],
)
def test_accept_language_is_read_by_weight(header, expected):
    assert accepted(header) == expected
