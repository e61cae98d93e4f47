"""Every edge of the shipped tree: a changed answer, and the links to the other languages.

What is walked in which language, see turns.py. A real browser walks every edge in tests/browser/test_wizard_edges.py.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from helptree.engine import Answers, enumerate_paths, replay
from helptree.model import Option, Question
from helptree.project import open_project
from tests.walkers import WizardWalker
from tests.wizard.turns import IN_TURN, share

PROJECT = open_project(Path(__file__).parents[2] / "decision_tree")
TREE = PROJECT.tree
LOCALES = list(PROJECT.languages)
PATHS = [path for path, _ in enumerate_paths(TREE)]
_NOTICE = re.compile(r'class="ht-notice">(.*?)</div>', re.S)
_LANGUAGE = re.compile(r'<a href="/\?([^"]*)" hreflang="([^"]*)"')


@pytest.fixture(scope="module", params=LOCALES)
def walker(request: pytest.FixtureRequest) -> WizardWalker:
    return WizardWalker(PROJECT, request.param)


def _query(path: Answers) -> dict[str, str]:
    return {answer.question: answer.option for answer in path}


def changes() -> Iterator[tuple[Answers, Question, Option]]:
    """Yield for every option of every question a whole path that answers the question otherwise."""
    for question in TREE.questions.values():
        through = [path for path in PATHS if question.id in _query(path)]
        for option in question.options:
            path = next((path for path in through if _query(path)[question.id] != option.id), None)
            if path:
                yield path, question, option


@IN_TURN
def test_an_answer_can_be_changed_on_every_edge(walker, turn):
    mine = share(turn, list(changes()), walker.locale, LOCALES)
    for path, question, option in mine:
        walker.open({"lang": walker.locale, **_query(path), "change": question.id})
        walker.press_option(option.id)
        position = replay(TREE, {**_query(path), question.id: option.id})
        dropped = {answer.question: answer.option for answer in position.dropped}
        assert walker.address == {"lang": walker.locale, **position.answers, **dropped}
        notice = _NOTICE.search(walker.html)
        assert (notice[1].count("<li>") if notice else 0) == len(dropped)
    print(f"{len(mine)} answers changed in {walker.locale}")


@IN_TURN
def test_the_other_languages_are_linked_at_every_position(walker, turn):
    positions = sorted({path[:end] for path in PATHS for end in range(len(path) + 1)}, key=str)
    mine = share(turn, positions, walker.locale, LOCALES)
    for path in mine:
        walker.land(path)
        links = {tag: dict(parse_qsl(unescape(query))) for query, tag in _LANGUAGE.findall(walker.html)}
        others = {tag for tag in PROJECT.languages if tag != walker.locale}
        assert links == {tag: {"lang": tag, **_query(path)} for tag in others}
    print(f"{len(mine)} of {len(positions)} positions linked from {walker.locale}")
