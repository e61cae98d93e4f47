"""What readers see is another type than what staff see: no public type has, or leads to, a staff field."""

import typing
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helptree import model
from helptree.model import StaffNote, StaffNotes, StaffTree, Tree
from helptree.project import open_project
from tests.helpers import ROOT, TODAY, open_tree
from tests.planted.trees import random_tree

STAFF_WORDS = ("staff", "api", "note", "internal", "agent", "escalation", "reason", "bears", "conflict", "confidence")


def types_below(type_: type) -> set[type]:
    """Every dataclass that the fields of a type can hold, through mappings, tuples and unions."""
    found: set[type] = set()
    queue: list[object] = [type_]
    while queue:
        current = queue.pop()
        queue += typing.get_args(current)
        if isinstance(current, type) and is_dataclass(current) and current not in found:
            found.add(current)
            queue += typing.get_type_hints(current, vars(model)).values()
    return found


def test_no_public_type_leads_to_a_staff_type():
    public = types_below(Tree)
    assert {model.Status, model.Question, model.Outcome, model.Remedy, model.Message, model.Fact} <= public
    assert set() == public & {StaffTree, StaffNotes, StaffNote}


def test_no_public_type_has_a_field_for_staff():
    named = [f"{type_.__name__}.{field.name}" for type_ in types_below(Tree) for field in fields(type_)]
    assert [] == [name for name in named if any(word in name.lower() for word in STAFF_WORDS)]


def test_staff_types_would_be_seen():
    assert {Tree, StaffNotes, StaffNote} <= types_below(StaffTree)


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_what_stands_in_staff_fields_is_nowhere_in_the_public_tree(seed):
    grown = random_tree(Random(f"model {seed}"), 8)
    with TemporaryDirectory() as folder:
        staff = open_project(grown.write(Path(folder)), TODAY).staff
    assert [] == [canary for canary in grown.canaries if canary in repr(staff.public)]
    assert [] == [canary for canary in grown.canaries if canary not in repr(staff.notes)]


def test_a_note_on_a_wording_is_for_staff(tmp_path):
    from tests.helpers import Edit

    wording = Edit('attested: "no"}', 'attested: "no", note: "CANARY seen by one agent"}')
    project = open_tree(tmp_path, {"statuses/packing.yaml": wording})
    assert "CANARY" not in repr(project.tree)
    assert {"fr: En préparation": "CANARY seen by one agent"} == project.staff.notes["status.packing"].wording_notes


def test_staff_notes_are_kept_by_what_they_are_about(tmp_path):
    staff = open_tree(tmp_path).staff
    assert (
        StaffNotes("PACKING_STATE", (StaffNote("hurry", "Offer 40 percent, never more."),))
        == staff.notes["status.packing"]
    )
    assert {"status.packing", "remedy.call-us"} == set(staff.notes)


def test_the_shipped_tree_tells_readers_no_staff_note():
    project = open_project(ROOT / "decision_tree", TODAY)
    public = repr(project.tree)
    notes = [note.text for found in project.staff.notes.values() for note in found.notes]
    assert notes
    assert [] == [note for note in notes if note in public]
    apis = [found.api for found in project.staff.notes.values() if found.api]
    assert [] == [api for api in apis if api in public]


def test_the_model_is_frozen(tmp_path):
    tree = open_tree(tmp_path).tree
    with pytest.raises(FrozenInstanceError):
        tree.root = "x"
    with pytest.raises(FrozenInstanceError):
        tree.questions["paid"].text.text = "x"
    with pytest.raises(TypeError):
        tree.questions["x"] = tree.questions["paid"]


def test_nodes_and_pages_are_found_by_their_id(tmp_path):
    tree = open_tree(tmp_path).tree
    assert ["paid", "wait-for-it"] == [tree.node(id_).id for id_ in ("paid", "wait-for-it")]
    assert ["packing", "paid", "wait-for-it", "wait"] == [
        tree.find(id_).id for id_ in ("packing", "paid", "wait-for-it", "wait")
    ]
    assert tree.find("nowhere") is None
    with pytest.raises(KeyError):
        tree.node("wait")


def test_an_option_with_a_status_leads_where_the_status_leads(tmp_path):
    option = open_tree(tmp_path).tree.questions["status"].option("packing")
    assert ("packing", "Still being packed", "paid", "packing", "before") == (
        option.id,
        option.label.text,
        option.next,
        option.status,
        option.group,
    )


def test_the_human_route_comes_last(tmp_path):
    assert ("wait", "call-us") == open_tree(tmp_path).tree.outcomes["wait-for-it"].ways


def test_every_internal_field_is_kept(tmp_path):
    from tests.helpers import Edit

    staff = (
        "staff:\n  confidence: low\n  reasons: [{code: pay_timeout, meaning: not paid, who: customer}]\n"
        "  bears_cost: {who: seller, text: the postage}\n  ask: [{id: a, text: When?}]\n"
        "  escalation: [{id: b, text: The boss.}]\n  conflicts: [{id: c, text: Two days or five.}]\noptions:"
    )
    project = open_tree(tmp_path, {"questions/paid.yaml": Edit("options:", staff)})
    assert project.staff.about(project.tree.questions["paid"]) == StaffNotes(
        confidence="low",
        reasons=(model.ReasonCode("pay_timeout", "not paid", "customer"),),
        bears_cost=model.CostBearer("seller", "the postage"),
        ask=(StaffNote("a", "When?"),),
        escalation=(StaffNote("b", "The boss."),),
        conflicts=(StaffNote("c", "Two days or five."),),
    )


def test_what_holds_everywhere_stands_in_where_a_page_has_nothing_of_its_own(tmp_path):
    from tests.helpers import Edit

    staff = "staff: {ask: [{id: when, text: When?}], escalation: [{id: boss, text: The boss.}]}\nroot:"
    own = "staff: {ask: [{id: paid, text: Paid?}]}\noptions:"
    project = open_tree(tmp_path, {"tree.yaml": Edit("root:", staff), "questions/paid.yaml": Edit("options:", own)})
    tree, staff_tree = project.tree, project.staff
    assert ["Paid?"] == [note.text for note in staff_tree.ask(tree.questions["paid"], tree.remedies["wait"])]
    assert ["When?"] == [note.text for note in staff_tree.ask(tree.remedies["wait"])]
    assert ["The boss."] == [note.text for note in staff_tree.escalation(tree.questions["paid"])]
    assert model.NO_NOTES == staff_tree.about(tree.remedies["wait"])


def test_every_status_outcome_and_remedy_of_the_shipped_tree_tells_staff_what_to_ask():
    project = open_project(ROOT / "decision_tree", TODAY)
    staff, tree = project.staff, project.tree
    pages = [*tree.statuses.values(), *tree.outcomes.values()]
    assert [] == [page.id for page in pages if not staff.about(page).ask]
    assert [] == [status.id for status in tree.statuses.values() if not staff.about(status).confidence]
    assert (7, 6, 7) == tuple(map(len, (staff.everywhere.ask, staff.everywhere.escalation, staff.everywhere.conflicts)))
