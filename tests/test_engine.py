"""Answers in, node out: replay over random trees, paths counted and covered, redirects."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helptree.engine import (
    Answer,
    count_paths,
    covering_paths,
    current_id,
    enumerate_paths,
    replay,
    topological_order,
)
from helptree.model import Outcome, Tree
from helptree.project import open_project
from tests.helpers import ROOT, TODAY, open_tree
from tests.planted.trees import random_tree


@lru_cache
def grown(seed: int) -> Tree:
    with TemporaryDirectory() as folder:
        return open_project(random_tree(Random(f"engine {seed}"), 3 + seed).write(Path(folder)), TODAY).tree


trees = st.integers(0, 20).map(grown)


@st.composite
def walks(draw: st.DrawFn) -> tuple[Tree, dict[str, str]]:
    """A tree, and the answers on the way from its root to some node."""
    tree, answers = draw(trees), {}
    node = tree.node(tree.root)
    while not isinstance(node, Outcome) and draw(st.integers(0, 9)):
        option = draw(st.sampled_from(node.options))
        answers[node.id] = option.id
        node = tree.node(option.next)
    return tree, answers


def test_without_answers_the_reader_is_at_the_root(tmp_path):
    tree = open_tree(tmp_path).tree
    assert "status" == replay(tree, {}).node.id
    assert () == replay(tree, {}).path


def test_answers_lead_to_their_outcome(tmp_path):
    position = replay(open_tree(tmp_path).tree, {"status": "packing", "paid": "yes"})
    assert "wait-for-it" == position.node.id
    assert (Answer("status", "packing"), Answer("paid", "yes")) == position.path
    assert () == position.dropped


@pytest.mark.parametrize(
    ("answers", "node", "dropped"),
    [
        ({"status": "eaten"}, "status", [("status", "eaten")]),
        ({"nonsense": "yes"}, "status", [("nonsense", "yes")]),
        ({"status": "none-of-these", "paid": "yes"}, "ask-a-human", [("paid", "yes")]),
        ({"paid": "yes"}, "status", [("paid", "yes")]),
        ({"paid": "maybe", "status": "packing", "x": ""}, "paid", [("paid", "maybe"), ("x", "")]),
        ({"": ""}, "status", [("", "")]),
    ],
)
def test_answers_that_do_not_fit_are_dropped_and_told_in_order(tmp_path, answers, node, dropped):
    position = replay(open_tree(tmp_path).tree, answers)
    assert node == position.node.id
    assert dropped == [(answer.question, answer.option) for answer in position.dropped]


@given(walks())
def test_replaying_the_kept_answers_reaches_the_same_node(walk):
    tree, answers = walk
    position = replay(tree, answers)
    assert answers == position.answers
    assert position == replay(tree, position.answers)


@given(walks(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(walk, random):
    tree, answers = walk
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert replay(tree, answers) == replay(tree, dict(shuffled))


@given(walks(), st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_foreign_answers_change_nothing_but_are_told(walk, foreign):
    tree, answers = walk
    foreign = {f"?{question}": option for question, option in foreign.items()}
    position = replay(tree, {**foreign, **answers})
    assert replay(tree, answers).path == position.path
    assert foreign == {answer.question: answer.option for answer in position.dropped}


@given(trees, st.dictionaries(st.text(max_size=12), st.text(max_size=12)))
def test_no_answers_whatever_make_it_fail(tree, answers):
    position = replay(tree, answers)
    assert len(answers) == len(position.path) + len(position.dropped)


@given(walks(), st.data())
def test_changing_one_answer_keeps_those_before_it(walk, data):
    tree, answers = walk
    path = replay(tree, answers).path
    if not path:
        return
    index = data.draw(st.integers(0, len(path) - 1))
    option = data.draw(st.sampled_from(tree.questions[path[index].question].options))
    changed = replay(tree, {**answers, path[index].question: option.id})
    assert (*path[:index], Answer(path[index].question, option.id)) == changed.path[: index + 1]
    assert len(answers) == len([a for a in changed.path if a.question in answers]) + len(changed.dropped)


@given(trees)
@settings(max_examples=21)
def test_every_path_is_counted_and_replays_to_its_outcome(tree):
    paths = list(enumerate_paths(tree))
    assert count_paths(tree) == len(paths) == len({path for path, _ in paths})
    for path, outcome in paths:
        position = replay(tree, {answer.question: answer.option for answer in path})
        assert (outcome, path, ()) == (position.node, position.path, position.dropped)


@given(trees)
@settings(max_examples=21)
def test_covering_paths_take_every_option_once_as_the_one_they_are_for(tree):
    options = [(question.id, option.id) for question in tree.questions.values() for option in question.options]
    covering = list(covering_paths(tree))
    taken = {(answer.question, answer.option) for path, _ in covering for answer in path}
    assert set(options) == taken
    assert len(options) == len(covering)
    for path, outcome in covering:
        assert outcome == replay(tree, {answer.question: answer.option for answer in path}).node


@given(trees)
@settings(max_examples=21)
def test_covering_paths_go_to_their_option_by_the_shortest_way(tree):
    steps, queue = {tree.root: 0}, [tree.root]
    for id_ in queue:
        question = tree.questions.get(id_)
        for option in question.options if question else ():
            if option.next not in steps:
                steps[option.next] = steps[id_] + 1
                queue.append(option.next)
    for question in tree.questions.values():
        for option in question.options:
            answer = Answer(question.id, option.id)
            assert steps[question.id] == min(path.index(answer) for path, _ in covering_paths(tree) if answer in path)


@given(trees)
@settings(max_examples=21)
def test_every_node_comes_after_all_that_lead_to_it(tree):
    place = {id_: index for index, id_ in enumerate(topological_order(tree))}
    assert {*tree.questions, *tree.outcomes} == set(place)
    assert all(place[q.id] < place[option.next] for q in tree.questions.values() for option in q.options)


def test_a_deep_tree_is_counted_without_recursion(tmp_path):
    def question(number: int) -> str:
        options = "".join(f"  - {{id: {o}, label: {o}, next: q{number + 1}}}\n" for o in ("left", "right"))
        return f'text: "Question {number}?"\noptions:\n{options}'

    end = 'text: "End?"\noptions: [{id: a, label: A, next: wait-for-it}, {id: b, label: B, next: ask-a-human}]\n'
    changes = {f"questions/q{n}.yaml": question(n) for n in range(1200)}
    tree = open_tree(
        tmp_path,
        {
            **changes,
            "questions/q1200.yaml": end,
            "statuses/packing.yaml": None,
            "questions/paid.yaml": None,
            "journeys/packing-paid.yaml": None,
            "journeys/packing-unpaid.yaml": None,
            "journeys/none.yaml": None,
            "questions/status.yaml": 'text: "S?"\noptions: [{id: a, label: A, next: q0}]\n',
        },
    ).tree
    assert 2**1201 == count_paths(tree)


def test_paths_of_the_shipped_tree_are_counted():
    tree = open_project(ROOT / "decision_tree", TODAY).tree
    paths = list(enumerate_paths(tree))
    print(f"{len(paths)} paths, the longest of {max(len(path) for path, _ in paths)} answers")
    assert count_paths(tree) == len(paths)
    assert set(tree.outcomes) == {outcome.id for _, outcome in paths}


REDIRECTS = {"payed": "paid", "paid-1": "payed", "paid/sure": "yes", "paid/certain": "sure", "a": "b", "b": "a"}


@pytest.mark.parametrize(
    "answers",
    [
        {"status": "packing", "paid": "yes"},
        {"status": "packing", "payed": "yes"},
        {"status": "packing", "paid-1": "yes"},
        {"status": "packing", "paid": "sure"},
        {"status": "packing", "paid-1": "certain"},
    ],
)
def test_old_ids_lead_to_the_same_place(tmp_path, answers):
    tree = _with_redirects(open_tree(tmp_path).tree)
    position = replay(tree, answers)
    assert {"status": "packing", "paid": "yes"} == position.answers
    assert () == position.dropped


def test_redirects_in_a_circle_end(tmp_path):
    tree = _with_redirects(open_tree(tmp_path).tree)
    assert "b" == current_id(tree, "a")
    assert "status" == replay(tree, {"a": "x"}).node.id


def _with_redirects(tree: Tree) -> Tree:
    return replace(tree, redirects=REDIRECTS)
