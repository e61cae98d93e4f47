"""The invented languages pass every check, keep what must be kept, and leave no word in plain English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helptree.catalogs import parse_po
from helptree.checks.translation_texts import numbers_in
from helptree.placeholders import names_in
from helptree.project import open_project
from helptree.pseudo import (
    KINDS,
    TAGS,
    copy_with_pseudo,
    find_plain_words,
    make_pseudo_catalog,
    pseudo_text,
    with_pseudo,
)
from tests.helpers import ROOT, TODAY, write_tree
from tests.translations.helpers import open_tree

KEPT = ("AliExpress", "PayPal")


@pytest.fixture(scope="module")
def shipped():
    return open_project(ROOT / "decision_tree", TODAY)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("accented", "Ŵåîţ **{days}** [åĝåîñ](ref:wait) ãt"),
        ("rtl", "شايت **{days}** [اغاين](ref:wait)."),
    ],
)
def test_placeholders_links_and_marks_are_kept(kind, expected):
    found = pseudo_text("Wait **{days}** [again](ref:wait).", kind)
    assert expected.split(" ")[:3] == found.split(" ")[:3]
    assert found.endswith(".")


def test_accented_texts_are_longer_by_two_fifths():
    text = "Open the order and read which counter holds the parcel."
    assert 1.3 < len(pseudo_text(text, "accented")) / len(text) < 1.5


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_the_shipped_tree_is_translated_and_holds_no_plain_word(shipped, kind):
    catalog = make_pseudo_catalog(shipped, kind)
    left = {
        entry.key: words
        for entry in shipped.entries
        if (words := find_plain_words(" ".join(catalog.entries[entry.key].forms), (*KEPT, "Alipay", "EBANX", "Klarna")))
    }
    assert {} == left


def test_a_copy_of_the_shipped_tree_with_both_has_no_problem_of_theirs(shipped, tmp_path):
    added = list(copy_with_pseudo(shipped, tmp_path / "copy"))
    project = open_project(tmp_path / "copy", TODAY)
    ours = [str(p) for p in project.problems if p.locale in TAGS.values()]
    assert ([], True) == (ours, tmp_path / "copy/pages/about.en-XA.md" in added)
    assert ("ltr", "rtl") == tuple(project.languages[TAGS[kind]].direction for kind in KINDS)
    assert 6 == len(parse_po((tmp_path / "copy/catalogs/ar_XB.po").read_text())[-1].msgstr_plural or range(6))


def test_hand_written_pages_are_translated_too(shipped, tmp_path):
    list(copy_with_pseudo(shipped, tmp_path / "copy"))
    text = (tmp_path / "copy/pages/about.ar-XB.md").read_text(encoding="utf-8")
    assert ("# ", []) == (text[:2], find_plain_words(text, KEPT))


def test_a_project_can_have_them_in_memory(tmp_path):
    project = with_pseudo(open_tree(write_tree(tmp_path / "tree")))
    text = project.translator("en-XA").text(project.tree.questions["paid"].text)
    assert ("en-XA", False) == (text.locale, text.is_fallback)
    assert [] == find_plain_words(project.translator("ar-XB").ui("common.back"))


def test_counted_things_are_translated_in_every_form(tmp_path):
    translator = with_pseudo(open_tree(write_tree(tmp_path / "tree"))).translator("ar-XB")
    found = {translator.count("unit.day", number) for number in ("0", "1", "2", "5", "11", "100")}
    assert ([], 6) == ([word for text in found for word in find_plain_words(text)], len(found))


def test_left_over_english_is_found():
    assert ["Back", "to"] == find_plain_words("Ŵåîţ · Back · {count} · `code` to AliExpress", ("AliExpress",))


texts = st.lists(
    st.sampled_from(
        ["Wait", "{days}", "[here](ref:wait)", "**now**", "`key`", "AliExpress", "3,000", ".", "?", "\n\n", " "]
    )
).map(" ".join)


@given(texts, st.sampled_from(KINDS))
def test_what_must_be_kept_is_kept_in_any_text(text, kind):
    found = pseudo_text(text, kind, KEPT)
    assert sorted(names_in(text)) == sorted(names_in(found))
    for kept in ("](ref:wait)", "**", "`key`", "AliExpress", "\n\n"):
        assert text.count(kept) == found.count(kept)
    assert numbers_in(text) == numbers_in(found)
    assert [] == find_plain_words(found.replace("](ref:wait)", "](ref:wait)"), KEPT)
