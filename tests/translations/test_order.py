"""A translator reads in the order of a reader, and is told where each text shows and what its gaps hold."""

import pytest

from helptree.catalogs import parse_po
from tests.helpers import ROOT, write_tree
from tests.translations.helpers import open_tree, run


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    project = open_tree(write_tree(tmp_path_factory.mktemp("order") / "tree"))
    return {entry.key: entry for entry in project.entries_for_translators()}


def test_texts_come_in_the_order_in_which_a_reader_walks(entries):
    content = [key for key in entries if not key.startswith("ui.")]
    walk = ["tree.title", "question.status.text", "question.status.groups.before.title", "status.packing.label",
            "question.status.options.none-of-these.label", "status.packing.meaning", "question.paid.text",
            "outcome.wait-for-it.title", "remedy.wait.title", "remedy.call-us.title", "message.where-is-it.title",
            "outcome.ask-a-human.title"]  # fmt: skip
    assert walk == [key for key in content if key in walk]


def test_every_entry_is_there_once(entries):
    project = open_tree(ROOT / "tests" / "trees" / "minimal")
    assert sorted(entry.key for entry in project.entries) == sorted(entries)


@pytest.mark.parametrize(
    ("key", "notes"),
    [
        ("question.paid.text", (
            "A question, in the wizard and on the site. Reached by the answer “Still being packed” to"
            " “Which status do you see?”.",
            "At most 300 characters, one line.",
        )),
        ("status.packing.label", (
            "Answer 1 of 2 to “Which status do you see?”. A status, and the title of its page.",
            "At most 300 characters, one line.",
        )),
        ("remedy.wait.steps.look.text", ("Step 2 of 2 of the remedy “Wait for the parcel”.",)),
        ("message.where-is-it.text", (
            "The text “Where is my parcel?”, as it is sent.",
            "{order_number}: a gap that the sender fills in: order number",
            "{packing_time}: a fact with its unit, today “1 to 3 days”",
        )),
    ],
)  # fmt: skip
def test_notes_tell_where_a_text_shows_and_what_its_gaps_hold(entries, key, notes):
    assert notes == entries[key].notes


def test_every_text_of_the_shipped_tree_has_a_note():
    entries = open_tree(ROOT / "decision_tree").entries_for_translators()
    assert [] == [entry.key for entry in entries if not entry.notes]


def test_the_template_holds_notes_and_flags(tmp_path):
    folder = write_tree(tmp_path / "tree")
    run("extract", folder)
    po = parse_po((folder / "catalogs/helptree.pot").read_text(encoding="utf-8"))
    found = {entry.msgctxt: entry for entry in po}
    assert ["python-brace-format"] == found["remedy.wait.deadline"].flags
    assert "today “1 to 3 days”" in found["remedy.wait.deadline"].comment
    assert [("remedies/wait.yaml", "")] == found["remedy.wait.deadline"].occurrences
