"""Short codes: easy to read out, the same for ever, one for each page."""

from hypothesis import given
from hypothesis import strategies as st

from helptree.codes import ALPHABET, LENGTH, short_code
from helptree.model import Tree
from helptree.project import open_project
from tests.helpers import ROOT, TODAY

LOOK_ALIKES = ["0O", "1IL", "2Z", "5S", "8B", "UV"]


def test_no_code_holds_look_alikes_or_vowels():
    assert [] == [pair for pair in LOOK_ALIKES if len(set(pair) & set(ALPHABET)) > 1]
    assert set() == set("AEIOU") & set(ALPHABET)
    assert set() == set("01258") & set(ALPHABET)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=64))
def test_a_code_has_five_letters_of_the_alphabet(id_):
    code = short_code(id_)
    assert LENGTH == len(code)
    assert set(code) <= set(ALPHABET)


def test_codes_never_change():
    """Customers have them on paper: these three must stay what they are."""
    ids = ["status", "cancellation-requested", "resume-order"]
    assert ["9FD6N", "G7WJH", "DHWPQ"] == [short_code(id_) for id_ in ids]


def shipped() -> Tree:
    return open_project(ROOT / "decision_tree", TODAY).tree


def test_every_page_of_the_shipped_tree_has_a_code_of_its_own():
    tree = shipped()
    codes = [
        page.code for pages in (tree.statuses, tree.questions, tree.outcomes, tree.remedies) for page in pages.values()
    ]
    assert len(codes) == len(set(codes))


def test_a_code_is_found_however_it_is_typed():
    tree = shipped()
    page = tree.questions[tree.root]
    typed = [page.code, page.code.lower(), f" {page.code[:3]} {page.code[3:]} ", f"{page.code[:2]}-{page.code[2:]}"]
    assert [page] * 4 == [tree.by_code(code) for code in typed]
    assert tree.by_code("AAAAA") is None
