"""Every path of the shipped tree by its address, every screen in every language, every way and every way back.

That every path can be pressed in every language, button by button, is proved in tests/test_surfaces.py. What is walked
in which language, see turns.py.
"""

from pathlib import Path

import pytest

from helptree.engine import Answer, enumerate_paths
from helptree.model import Question
from helptree.project import open_project
from helptree.render.plain import to_plain
from tests.walkers import WizardWalker, shown, text_of
from tests.wizard.turns import IN_TURN, share

PROJECT = open_project(Path(__file__).parents[2] / "decision_tree")
TREE = PROJECT.tree
LOCALES = list(PROJECT.languages)
PATHS = list(enumerate_paths(TREE))
PREFIXES = sorted({whole[:end] for whole, _ in PATHS for end in range(1, len(whole) + 1)}, key=str)


def _first_ways() -> dict[str, tuple[Answer, ...]]:
    """Return for each node the first answers that lead to it."""
    ways: dict[str, tuple[Answer, ...]] = {TREE.root: ()}
    for path, outcome in PATHS:
        for end, answer in enumerate(path):
            ways.setdefault(answer.question, path[:end])
        ways.setdefault(outcome.id, path)
    return ways


@pytest.fixture(scope="module", params=LOCALES)
def walker(request: pytest.FixtureRequest) -> WizardWalker:
    return WizardWalker(PROJECT, request.param)


def test_every_screen_is_there_in_every_language(walker):
    """Title, answers in order, language and direction; a text of another language only where a translation lacks."""
    text, language = walker.translator.text, PROJECT.languages[walker.locale]
    ways = _first_ways()
    for id_, path in ways.items():
        title = walker.land(path)
        node = TREE.questions.get(id_) or TREE.outcomes[id_]
        entry = node.text if isinstance(node, Question) else node.title
        assert title == to_plain(text(entry).value)
        assert f'data-ht-lang="{walker.locale}" data-ht-dir="{language.direction}"' in walker.html
        if isinstance(node, Question):
            buttons = [button for button in walker.app.button if str(button.key).startswith("option_")]
            assert [shown(button)[0] for button in buttons] == [
                to_plain(text(option.label).value) for option in node.options
            ]
        if walker.translator.text(entry).is_fallback:
            assert walker.translator.ui("common.fallback-notice", language="")[:20] in text_of(walker.html)
    print(f"{len(ways)} screens in {walker.locale}")


@IN_TURN
def test_every_address_shows_its_outcome(walker, turn):
    mine = share(turn, PATHS, walker.locale, LOCALES)
    wrong = [
        (path, title)
        for path, outcome in mine
        if (title := walker.land(path)) != to_plain(walker.translator.text(outcome.title).value)
    ]
    assert wrong == []
    print(f"{len(mine)} of {len(PATHS)} addresses in {walker.locale}")


@IN_TURN
def test_every_remedy_is_offered_in_order(walker, turn):
    first_path = {outcome.id: path for path, outcome in reversed(PATHS)}
    for id_, path in share(turn, list(first_path.items()), walker.locale, LOCALES):
        outcome = TREE.outcomes[id_]
        walker.land(path)
        for way, remedy in enumerate(outcome.ways):
            assert f'data-ht-way="{remedy}"' in walker.html
            if way + 1 < len(outcome.ways):
                walker.press(walker.translator.ui("common.not-helped"))
        assert walker.address["remedy"] == outcome.human_route
        assert walker.translator.ui("common.not-helped") not in "".join(walker.labels)


@IN_TURN
def test_every_answer_can_be_taken_back(walker, turn):
    arrow = "→" if PROJECT.languages[walker.locale].direction == "rtl" else "←"
    mine = share(turn, PREFIXES, walker.locale, LOCALES)
    for path in mine:
        walker.land(path)
        walker.press(f"{arrow} {walker.translator.ui('common.back')}")
        assert walker.address == {"lang": walker.locale, **_query(path[:-1])}
    print(f"{len(mine)} of {len(PREFIXES)} steps taken back in {walker.locale}")


def _query(path: tuple[Answer, ...]) -> dict[str, str]:
    return {answer.question: answer.option for answer in path}
