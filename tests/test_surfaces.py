"""The promise: for every path and language, site, wizard and terminal end at the same outcome with the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from helptree.engine import Answer, enumerate_paths
from helptree.model import Outcome, Tree
from helptree.project import open_project
from helptree.render.plain import one_line, to_plain
from helptree.translator import Translator
from helptree.walk import walk
from tests.walkers import SiteWalker, WizardWalker, text_of

PROJECT = open_project(Path(__file__).parents[1] / "decision_tree")
PATHS = list(enumerate_paths(PROJECT.tree))
LOCALES = list(PROJECT.languages)


class TerminalWalker:
    """Types the numbers of the answers, and `n` for as long as there is a next remedy."""

    def __init__(self, translator: Translator) -> None:
        self.translator = translator

    def walk(self, answers: Iterable[Answer]) -> str:
        """Return the first line of the outcome, which is its title."""
        return self.read_all(answers)[0]

    def read_all(self, answers: Iterable[Answer]) -> list[str]:
        """Return all paragraphs that are shown from the outcome on."""
        written: list[str] = []
        keys = iter(self._keys(answers))

        def read(prompt: str) -> str:
            key = next(keys, "n")
            if key.isdigit():
                written.clear()
            return key

        walk(self.translator, {}, read, written.append)
        return "\n".join(written).strip().split("\n")

    def _keys(self, answers: Iterable[Answer]) -> Iterator[str]:
        for answer in answers:
            ids = [option.id for option in self.translator.tree.questions[answer.question].options]
            yield str(ids.index(answer.option) + 1)


@pytest.fixture(scope="module", params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.slow
def test_every_path_ends_alike_on_all_surfaces(locale: str, built_site: Path) -> None:
    translator = PROJECT.translator(locale)
    walkers = {
        "site": SiteWalker(built_site, PROJECT, locale),
        "wizard": WizardWalker(PROJECT, locale),
        "terminal": TerminalWalker(translator),
    }
    wrong = []
    for path, outcome in PATHS:
        expected = to_plain(translator.text(outcome.title).value)
        found = {name: one_line(walker.walk(path)) for name, walker in walkers.items()}
        if set(found.values()) != {expected}:
            wrong.append((path, expected, found))
    assert wrong == []
    print(f"\n{locale}: {len(PATHS)} paths end alike on {', '.join(walkers)}")


def words_of(tree: Tree, outcome: Outcome, translator: Translator) -> list[str]:
    """Return what a reader of an outcome must find on every surface, up to the end of the first remedy."""
    remedy = tree.remedies[outcome.ways[0]]
    steps = [step.text for step in remedy.steps]
    entries = [outcome.title, outcome.summary, outcome.now, remedy.title, *steps]
    return [
        one_line(to_plain(paragraph))
        for entry in entries
        for paragraph in translator.text(entry).value.split("\n\n")
        if "](https" not in paragraph  # a terminal writes the address out, a page links it
    ]


def test_every_outcome_has_the_same_words_on_all_surfaces(locale: str, built_site: Path) -> None:
    translator, tree = PROJECT.translator(locale), PROJECT.tree
    wizard = WizardWalker(PROJECT, locale)
    first_path = {outcome.id: path for path, outcome in reversed(PATHS)}
    missing = []
    for id_, path in first_path.items():
        wizard.land(path)
        page = (built_site / locale / "outcomes" / id_ / "index.html").read_text(encoding="utf-8")
        shown = {
            "site": one_line(text_of(page)),
            "wizard": one_line(text_of(wizard.html)),
            "terminal": one_line(" ".join(TerminalWalker(translator).read_all(path))),
        }
        for words in words_of(tree, tree.outcomes[id_], translator):
            missing += [(id_, name, words) for name, text in shown.items() if words not in text]
    assert missing == []


def test_the_terminal_offers_every_way_in_order(locale: str) -> None:
    translator, tree = PROJECT.translator(locale), PROJECT.tree
    for path, outcome in {outcome.id: (path, outcome) for path, outcome in PATHS}.values():
        lines = TerminalWalker(translator).read_all(path)
        expected = [f"== {to_plain(translator.text(tree.remedies[way].title).value)} ==" for way in outcome.ways]
        assert expected == [line for line in lines if line.startswith("== ")]
