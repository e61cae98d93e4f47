"""Ready replies: public words alone, line by line the same in both languages, every gap left to be filled in."""

from functools import cache

import pytest

from helptree.model import Message, Outcome
from helptree.project import Project, open_project
from helptree.pseudo import with_pseudo
from helptree.render.plain import one_line, to_plain
from helptree.staff.replies import make_reply, reply_pair
from tests.helpers import ROOT, TODAY, open_tree


@cache
def shipped() -> Project:
    return with_pseudo(open_project(ROOT / "decision_tree", TODAY))


def replied(project: Project) -> list:
    tree = project.tree
    return [*tree.outcomes.values(), *tree.remedies.values(), *tree.messages.values()]


def test_a_reply_of_the_minimal_tree_word_by_word(tmp_path):
    project = open_tree(tmp_path)
    reply = make_reply(project.translator("en"), project.tree.outcomes["wait-for-it"])
    assert (
        "Order: {order_number}\n\nYour money is safe.\n\nWhat to do now: Wait 1 to 3 days.\n\n"
        "Wait for the parcel\n1. Wait for 1 to 3 days.\n2. Then look again.\n\nDeadline: After 1 to 3 days it is late."
        f"\n\nIf that does not help\n1. Talk to a human\n\nShort code: {reply.code}\nLink: {{link}}"
    ) == reply.text


@pytest.mark.parametrize("locale", ["en", "fr", "en-XA", "ar-XB"])
def test_every_reply_keeps_its_gaps_and_nothing_else_in_braces(locale):
    project = shipped()
    for item in replied(project):
        reply = make_reply(project.translator(locale), item)
        wanted = {gap.id for gap in item.placeholders} if isinstance(item, Message) else {"order_number", "link"}
        assert wanted == set(reply.gaps), item.id


@pytest.mark.parametrize("locale", ["fr", "en-XA", "ar-XB"])
def test_both_languages_have_the_same_lines(locale):
    project = shipped()
    for item in replied(project):
        pair = reply_pair(project.translator(locale), "en", item)
        assert [line.key for line in pair.agent.lines] == [line.key for line in pair.customer.lines]
        assert len(pair.rows) == len(pair.agent.lines)


def test_a_reply_holds_what_the_outcome_says(tmp_path):
    project = shipped()
    translator = project.translator("fr")
    for outcome in project.tree.outcomes.values():
        text = make_reply(translator, outcome).text
        first = project.tree.remedies[outcome.ways[0]]
        entries = [outcome.summary, outcome.now, *(step.text for step in first.steps)]
        entries += [first.deadline] if first.deadline else []
        for entry in entries:
            assert one_line(to_plain(translator.text(entry).value)) in text


def test_no_reply_holds_a_word_for_staff():
    project = shipped()
    internal = [note.text for notes in project.staff.notes.values() for note in (*notes.notes, *notes.ask)]
    internal += [notes.api for notes in project.staff.notes.values() if notes.api]
    for item in replied(project):
        text = make_reply(project.translator("en"), item).text
        assert [] == [words for words in internal if words in text]


def test_a_missing_translation_is_told(tmp_path):
    project = with_pseudo(open_tree(tmp_path), ["rtl"])
    outcome = project.tree.outcomes["wait-for-it"]
    reply = make_reply(project.translator("ar-XB"), outcome)
    assert ("rtl", True) == (reply.direction, reply.is_complete)
    del project.catalogs["ar-XB"].entries["outcome.wait-for-it.summary"]
    reply = make_reply(project.translator("ar-XB"), outcome)
    assert ["outcome.wait-for-it.summary"] == [line.key for line in reply.lines if line.is_fallback]
    assert not reply.is_complete


def test_a_known_site_fills_in_the_link():
    project = shipped()
    outcome = next(iter(project.tree.outcomes.values()))
    assert isinstance(outcome, Outcome)
    reply = make_reply(project.translator("fr"), outcome, "https://help.example.com/x/")
    assert reply.text.endswith(f"https://help.example.com/x/fr/outcomes/{outcome.id}/")
    assert ("order_number",) == reply.gaps
