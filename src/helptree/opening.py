"""Reads, checks and builds all of a tree but its translations: what is not kept, or no longer right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from helptree.build import build, build_journeys, build_languages
from helptree.checks.flow import check_flow
from helptree.checks.freshness import check_freshness
from helptree.checks.links import check_links
from helptree.checks.shape import check_late, check_shapes
from helptree.checks.staff import check_staff
from helptree.checks.texts import check_texts
from helptree.checks.translations import check_languages, check_sheets, make_context
from helptree.checks.verdict import print_of
from helptree.content import Content
from helptree.engine import replay
from helptree.entries import content_entries
from helptree.files import RawBytes
from helptree.interface import ui_entries
from helptree.load import load
from helptree.locales import LanguageState
from helptree.model import Journey, Outcome, Tree
from helptree.part import ContentPart, LanguageRow
from helptree.problems import Location, Problem, has_errors, problem
from helptree.shapes import LanguageFile, TreeFile
from helptree.text_entry import TextEntry


class Opening:
    """A tree that was read. `entries`: its texts, with those of the interface. `part`: what is found out about it,
    the prints and the context of its translations first, the rest by `finish`."""

    def __init__(self, folder: Path, files: Mapping[str, bytes] | None) -> None:
        self._raw = raw = load(folder, files)
        self.content, problems = check_shapes(raw)
        self.part = part = ContentPart(problems=[*raw.problems, *problems])
        self._own: tuple[TextEntry, ...] = ()
        self.entries: tuple[TextEntry, ...] = ()
        if self.content.tree:
            assert isinstance(self.content.tree.shape, TreeFile)
            part.source_locale = self.content.tree.shape.source_locale
            self._own = tuple(content_entries(self.content))
            self.entries = (*self._own, *ui_entries())
            if self.content.catalogs:
                part.prints = {entry.key: print_of(entry) for entry in self.entries}
            part.context = make_context(self.content)
            part.rows = dict(_rows(self.content))

    @property
    def is_readable(self) -> bool:
        """Whether all files could be read. Known when it is finished."""
        return not self._raw.problems

    @property
    def apart(self) -> dict[str, RawBytes]:
        """The catalogs, and the sheets beside them, by name."""
        return {raw.name: raw for raw in (*self.content.catalogs, *self.content.sheets)}

    def finish(self, today: date) -> None:
        """Check and build all but the translations. `today` decides what is overdue for review."""
        part, content = self.part, self.content
        if content.tree:
            part.problems += [*check_texts(content, self._own), *check_languages(content), *check_sheets(content)]
        part.problems += check_late(self._raw, content)
        if content.tree:
            part.problems += [*check_links(content), *check_staff(content)]
            if not has_errors(part.problems):
                self._build(today)

    def _build(self, today: date) -> None:
        part, content = self.part, self.content
        part.flow = list(check_flow(content))
        if has_errors(part.flow):
            return
        part.staff, part.journeys = build(content), build_journeys(content)
        part.journey_problems = list(_check_journeys(part.staff.public, part.journeys, content))
        part.freshness = list(check_freshness(content, today))
        part.all_languages = build_languages(content)
        part.languages = {tag: row for tag, row in part.all_languages.items() if row.state is not LanguageState.OFF}


def _rows(content: Content) -> Iterator[tuple[str, LanguageRow]]:
    for tag, item in content.of("language").items():
        assert isinstance(item.shape, LanguageFile)
        yield tag, LanguageRow(item.shape.state, item.at(), item.at(("state",)))


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
