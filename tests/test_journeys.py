"""Authors' examples: answers and the outcome they must reach."""

import pytest

from helptree.project import journey_coverage, open_project
from tests.helpers import ROOT, TODAY, Edit, open_tree, problems_of, write_tree

NONE = "journeys/none.yaml"
BROKEN = {
    "another outcome": (
        {NONE: Edit("expect: ask-a-human", "expect: wait-for-it")},
        "journeys/none.yaml:3:9: error journey-broken: it ends at 'ask-a-human', not at 'wait-for-it'.",
    ),
    "an answer too few": (
        {NONE: Edit("none-of-these", "packing")},
        "journeys/none.yaml:2:10: error journey-broken: it stops at the question 'paid'.",
    ),
    "an answer that is not asked": (
        {NONE: Edit("{status: none-of-these}", "{status: none-of-these, paid: no}")},
        "journeys/none.yaml:2:10: error journey-broken: these answers are not asked or not known: paid: no.",
    ),
    "an answer that does not exist": (
        {NONE: Edit("none-of-these", "none")},
        "journeys/none.yaml:2:10: error journey-broken: these answers are not asked or not known: status: none.",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_journey_is_told_at_its_place(what, tmp_path):
    changes, expected = BROKEN[what]
    assert expected in problems_of(write_tree(tmp_path, changes))


def test_a_change_of_the_tree_breaks_the_journeys_through_it(tmp_path):
    tree = write_tree(tmp_path, {"statuses/packing.yaml": Edit("leads_to: paid", "leads_to: wait-for-it")})
    found = problems_of(tree)
    assert "questions/paid.yaml:1:1: error unreachable: no path leads to the question 'paid'." in found


def test_an_option_that_no_journey_takes_is_a_warning(tmp_path):
    tree = write_tree(tmp_path, {"journeys/packing-unpaid.yaml": None})
    expected = "questions/paid.yaml:1:1: warning option-unvisited: no journey takes the option 'paid/no'."
    assert [expected] == problems_of(tree)


def test_a_tree_without_journeys_is_not_told_of_every_option(tmp_path):
    none = dict.fromkeys([NONE, "journeys/packing-paid.yaml", "journeys/packing-unpaid.yaml"])
    project = open_tree(tmp_path, none)
    assert ((), (0, 4)) == (project.problems, journey_coverage(project))


def test_coverage_is_counted(tmp_path):
    project = open_tree(tmp_path, {"journeys/packing-unpaid.yaml": None})
    assert (3, 4) == journey_coverage(project)


def test_journeys_follow_renamed_nodes(tmp_path):
    redirects = {"redirects.yaml": "payed: paid\n"}
    changes = {**redirects, "journeys/packing-paid.yaml": Edit("paid: yes", "payed: yes")}
    assert [] == problems_of(write_tree(tmp_path, changes))


def test_every_option_of_the_shipped_tree_is_taken_by_a_journey():
    taken, total = journey_coverage(open_project(ROOT / "decision_tree", TODAY))
    print(f"{taken} of {total} options are taken by journeys")
    assert total == taken
