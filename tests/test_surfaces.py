"""The promise: for every path and language site, wizard, terminal and staff reference end alike, in the same words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from helptree.addresses import wizard_query
from helptree.engine import Answer, enumerate_paths
from helptree.finders import make_finder
from helptree.model import Entry, Outcome, Tree
from helptree.project import open_project
from helptree.render.plain import one_line, to_plain
from helptree.staff.data import texts_script
from helptree.staff.position import look_up
from helptree.staff.sheets import Sheets, title_of
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


class StaffWalker:
    """Pastes the customer's link, as an agent does, and reads the page it leads to in the customer's language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.finder = make_finder(PROJECT, locale)
        script = texts_script(PROJECT.translator(locale), Sheets(PROJECT.staff))
        self.texts: dict[str, str | list[str]] = json.loads(script[script.index("{") : script.rindex("}") + 1])["texts"]

    def walk(self, answers: Iterable[Answer]) -> str:
        """Return the title of the outcome that the agent sees."""
        link = f"https://help.example.org/{wizard_query(self.locale, answers)}"
        (view,) = look_up(PROJECT.staff, link, self.finder, LOCALES).views
        assert view.outcome
        assert view.locale == self.locale
        assert list(answers) == [Answer(question.id, option.id) for question, option in view.answers]
        return self.text(title_of(view.outcome).key)

    def text(self, key: str) -> str:
        """Return a text of the staff reference as it reads."""
        shown = self.texts[key]
        return text_of(shown if isinstance(shown, str) else shown[0])


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
        "staff reference": StaffWalker(locale),
    }
    wrong = []
    for path, outcome in PATHS:
        expected = to_plain(translator.text(outcome.title).value)
        found = {name: one_line(walker.walk(path)) for name, walker in walkers.items()}
        if set(found.values()) != {expected}:
            wrong.append((path, expected, found))
    assert wrong == []
    print(f"\n{locale}: {len(PATHS)} paths end alike on {', '.join(walkers)}")


def entries_of(tree: Tree, outcome: Outcome) -> list[Entry]:
    """Return the texts of an outcome, up to the end of its first remedy."""
    remedy = tree.remedies[outcome.ways[0]]
    return [outcome.title, outcome.summary, outcome.now, remedy.title, *(step.text for step in remedy.steps)]


def keys_of(tree: Tree, outcome: Outcome) -> list[str]:
    """Return the keys of these texts."""
    return [entry.key for entry in entries_of(tree, outcome)]


def words_of(tree: Tree, outcome: Outcome, translator: Translator) -> list[str]:
    """Return what a reader of an outcome must find on every surface, up to the end of the first remedy."""
    return [
        one_line(to_plain(paragraph))
        for entry in entries_of(tree, outcome)
        for paragraph in translator.text(entry).value.split("\n\n")
        if "](https" not in paragraph  # a terminal writes the address out, a page links it
    ]


def test_every_outcome_has_the_same_words_on_all_surfaces(locale: str, built_site: Path) -> None:
    translator, tree = PROJECT.translator(locale), PROJECT.tree
    wizard = WizardWalker(PROJECT, locale)
    first_path = {outcome.id: path for path, outcome in reversed(PATHS)}
    missing, staff = [], StaffWalker(locale)
    for id_, path in first_path.items():
        wizard.land(path)
        page = (built_site / locale / "outcomes" / id_ / "index.html").read_text(encoding="utf-8")
        shown = {
            "site": one_line(text_of(page)),
            "wizard": one_line(text_of(wizard.html)),
            "terminal": one_line(" ".join(TerminalWalker(translator).read_all(path))),
            "staff reference": one_line(" ".join(map(staff.text, keys_of(tree, tree.outcomes[id_])))),
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
