"""Every edge of the shipped tree, in every language: a changed answer, and the links to the other languages."""

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

PROJECT = open_project(Path(__file__).parents[2] / "decision_tree")
TREE = PROJECT.tree
PATHS = [path for path, _ in enumerate_paths(TREE)]
_NOTICE = re.compile(r'class="ht-notice">(.*?)</div>', re.S)
_LANGUAGE = re.compile(r'<a href="/\?([^"]*)" hreflang="([^"]*)"')


@pytest.fixture(scope="module", params=list(PROJECT.languages))
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


def test_an_answer_can_be_changed_on_every_edge(walker):
    count = 0
    for path, question, option in changes():
        walker.open({"lang": walker.locale, **_query(path), "change": question.id})
        walker.press_option(option.id)
        position = replay(TREE, {**_query(path), question.id: option.id})
        dropped = {answer.question: answer.option for answer in position.dropped}
        assert walker.address == {"lang": walker.locale, **position.answers, **dropped}
        notice = _NOTICE.search(walker.html)
        assert (notice[1].count("<li>") if notice else 0) == len(dropped)
        count += 1
    print(f"{count} answers changed in {walker.locale}")


def test_the_other_languages_are_linked_at_every_position(walker):
    positions = {path[:end] for path in PATHS for end in range(len(path) + 1)}
    for path in positions:
        walker.land(path)
        links = {tag: dict(parse_qsl(unescape(query))) for query, tag in _LANGUAGE.findall(walker.html)}
        others = {tag for tag in PROJECT.languages if tag != walker.locale}
        assert links == {tag: {"lang": tag, **_query(path)} for tag in others}
    print(f"{len(positions)} positions linked from {walker.locale}")
