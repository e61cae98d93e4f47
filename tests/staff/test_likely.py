"""Likely outcomes: all that a status may lead to, each once, nearest first, by answers that really lead there."""

from helptree.engine import enumerate_paths
from helptree.model import Tree
from helptree.project import open_project
from helptree.staff.likely import Likely, likely_outcomes
from tests.helpers import ROOT, TODAY

TREE = open_project(ROOT / "decision_tree", TODAY).tree


def walked(tree: Tree, node: str, likely: Likely) -> str:
    """Give the answers one after the other; return where that ends."""
    for option in likely.answers:
        assert option in tree.questions[node].options
        node = option.next
    return node


def test_the_answers_lead_to_the_outcome_nearest_first():
    for status in TREE.statuses.values():
        found = likely_outcomes(TREE, status.leads_to)
        assert [each.outcome.id for each in found] == [walked(TREE, status.leads_to, each) for each in found]
        lengths = [len(each.answers) for each in found]
        assert sorted(lengths) == lengths


def test_every_outcome_that_paths_reach_is_there_once():
    reached: dict[str, set[str]] = {}
    for path, outcome in enumerate_paths(TREE):
        option = TREE.questions[TREE.root].option(path[0].option)
        reached.setdefault(option.next, set()).add(outcome.id)
    for status in TREE.statuses.values():
        found = [each.outcome.id for each in likely_outcomes(TREE, status.leads_to)]
        assert len(found) == len(set(found))
        assert reached[status.leads_to] == set(found)


def test_an_outcome_is_its_own_and_needs_no_answer():
    outcome = TREE.outcomes["order-goes-on"]
    assert [Likely(outcome)] == likely_outcomes(TREE, outcome.id)
