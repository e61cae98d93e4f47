"""Every path of the shipped tree, in every language: by its address, and by pressing every button on it."""

from pathlib import Path

import pytest

from helptree.engine import Answer, enumerate_paths
from helptree.project import open_project
from helptree.render.plain import to_plain
from tests.walkers import WizardWalker

PROJECT = open_project(Path(__file__).parents[2] / "decision_tree")
PATHS = list(enumerate_paths(PROJECT.tree))


@pytest.fixture(scope="module", params=list(PROJECT.languages))
def walker(request: pytest.FixtureRequest) -> WizardWalker:
    return WizardWalker(PROJECT, request.param)


def test_every_address_shows_its_outcome(walker):
    wrong = [
        (path, title)
        for path, outcome in PATHS
        if (title := walker.land(path)) != to_plain(walker.translator.text(outcome.title).value)
    ]
    assert wrong == []
    print(f"{len(PATHS)} addresses in {walker.locale}")


def test_every_path_can_be_pressed(walker):
    wrong = [
        (path, title)
        for path, outcome in PATHS
        if (title := walker.walk(path)) != to_plain(walker.translator.text(outcome.title).value)
    ]
    assert wrong == []


def test_every_remedy_is_offered_in_order(walker):
    first_path = {outcome.id: path for path, outcome in reversed(PATHS)}
    for id_, path in first_path.items():
        outcome = PROJECT.tree.outcomes[id_]
        walker.land(path)
        for way, remedy in enumerate(outcome.ways):
            assert f'data-ht-way="{remedy}"' in walker.html
            if way + 1 < len(outcome.ways):
                walker.press(walker.translator.ui("common.not-helped"))
        assert walker.address["remedy"] == outcome.human_route
        assert walker.translator.ui("common.not-helped") not in "".join(walker.labels)


def test_every_answer_can_be_taken_back(walker):
    for path in {whole[:end] for whole, _ in PATHS for end in range(1, len(whole) + 1)}:
        walker.land(path)
        walker.press(f"← {walker.translator.ui('common.back')}")
        assert walker.address == {"lang": walker.locale, **_query(path[:-1])}


def _query(path: tuple[Answer, ...]) -> dict[str, str]:
    return {answer.question: answer.option for answer in path}
