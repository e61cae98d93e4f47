"""Opens a folder of content: everything from reading to the model in one call. The door for all edges."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from helptree.build import build, build_journeys, build_language, build_languages, language_rows
from helptree.catalogs import Catalog
from helptree.checks import check
from helptree.checks.freshness import check_freshness
from helptree.content import Content
from helptree.engine import replay
from helptree.entries import TextEntry
from helptree.load import load
from helptree.locales import Language
from helptree.model import Journey, Outcome, StaffTree, Tree
from helptree.problems import Location, Problem, ProblemsFound, has_errors, problem
from helptree.shapes import LanguageFile
from helptree.translation_order import noted_entries
from helptree.translator import Translator


@dataclass(frozen=True)
class Project:
    """An opened folder: the model, its languages and catalogs, and what is left to mend in it."""

    folder: Path
    staff: StaffTree
    languages: Mapping[str, Language]
    catalogs: Mapping[str, Catalog]
    journeys: tuple[Journey, ...]
    entries: tuple[TextEntry, ...]
    problems: tuple[Problem, ...]
    language_rows: Mapping[str, LanguageFile] = field(default_factory=dict)

    @property
    def tree(self) -> Tree:
        """The public projection."""
        return self.staff.public

    @cached_property
    def all_languages(self) -> Mapping[str, Language]:
        """Every declared language, those included that are off: what translators work on."""
        return {tag: build_language(tag, row) for tag, row in self.language_rows.items()}

    def entries_for_translators(self) -> tuple[TextEntry, ...]:
        """Return all entries in the order of reading, with notes."""
        translator = self.translator(self.tree.source_locale)
        return noted_entries(self.entries, self.tree, translator.fact)

    def translator(self, locale: str) -> Translator:
        """Return the tree's texts in one of `languages`. Raises KeyError for another locale."""
        return Translator(self.tree, self.languages, self.catalogs, locale)


def open_project(folder: Path, today: date | None = None) -> Project:
    """Read, check and build. Raises ProblemsFound with everything found when any of it is an error.

    `today` decides what is overdue for review; by default the day it is (UTC). Overdue content is told in
    `problems`, as an error even, but it still opens: an old help center is better than none.
    """
    with _without_collection():
        return _open(folder, today or datetime.now(UTC).date())


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hold back the garbage collector: thousands of nodes are made, none is garbage, and it would look at all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _open(folder: Path, today: date) -> Project:
    content, catalogs, entries, problems = check(load(folder))
    if has_errors(problems):
        raise ProblemsFound(problems)
    staff, journeys = build(content), build_journeys(content)
    problems += _check_journeys(staff.public, journeys, content)
    if has_errors(problems):
        raise ProblemsFound(problems)
    problems += check_freshness(content, today)
    languages, rows = build_languages(content), language_rows(content)
    problems.sort(key=lambda found: found.sort_key)
    return Project(folder, staff, languages, catalogs, journeys, entries, tuple(problems), rows)


def _check_journeys(tree: Tree, journeys: tuple[Journey, ...], content: Content) -> Iterator[Problem]:
    items = content.of("journey")
    for journey in journeys:
        position = replay(tree, journey.answers)
        where = items[journey.name].at(("answers",))
        if position.dropped:
            dropped = ", ".join(f"{a.question}: {a.option}" for a in position.dropped)
            yield problem("journey-broken", where, why=f"these answers are not asked or not known: {dropped}")
        elif not isinstance(position.node, Outcome):
            yield problem("journey-broken", where, why=f"it stops at the question {position.node.id!r}")
        elif position.node.id != journey.expect:
            where = items[journey.name].at(("expect",))
            why = f"it ends at {position.node.id!r}, not at {journey.expect!r}"
            yield problem("journey-broken", where, why=why)
    if journeys:
        yield from _find_unvisited(tree, journeys)


def _find_unvisited(tree: Tree, journeys: tuple[Journey, ...]) -> Iterator[Problem]:
    visited = {(a.question, a.option) for journey in journeys for a in replay(tree, journey.answers).path}
    for question in tree.questions.values():
        for option in question.options:
            if (question.id, option.id) not in visited:
                where = Location(f"questions/{question.id}.yaml")
                yield problem("option-unvisited", where, value=f"{question.id}/{option.id}")


def journey_coverage(project: Project) -> tuple[int, int]:
    """Return how many options of all questions the journeys take, and how many there are."""
    total = sum(len(question.options) for question in project.tree.questions.values())
    unvisited = sum(1 for found in project.problems if found.kind.code == "option-unvisited")
    return (total - unvisited if project.journeys else 0), total
