"""What a page of the staff reference says, as rows: aligned by entry, so that two languages stand side by side.

A sheet knows no HTML and no language: staff site and PDF write the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from helptree.model import (
    Entry,
    Message,
    Outcome,
    Question,
    ReaderPage,
    Remedy,
    Source,
    StaffNotes,
    StaffTree,
    Status,
    Tree,
)
from helptree.render.ways import Ways
from helptree.staff.likely import ways_below

# Before the names of labels that are the staff reference's own (words.yaml), not of the interface.
OWN = "staff."


@dataclass(frozen=True, slots=True)
class Row:
    """One text. `label`: a key of the interface, or words such as `1.`; `to`: the page it leads to."""

    label: str
    entry: Entry
    to: str | None = None
    is_message: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading: a key of the interface, or after `OWN` a label of ours."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `wordings`: whose words on the screen come first; `more`: notes on its facts and messages."""

    page: ReaderPage
    title: Entry
    sections: tuple[Section, ...]
    notes: StaffNotes
    wordings: tuple[Status, ...]
    sources: tuple[Source, ...]
    more: tuple[tuple[str, StaffNotes], ...]

    @property
    def kind(self) -> str:
        """`status`, `question`, `outcome` or `remedy`."""
        return type(self.page).__name__.lower()


def title_of(page: ReaderPage) -> Entry:
    """Return what a page is called."""
    if isinstance(page, Status):
        return page.label
    return page.text if isinstance(page, Question) else page.title


class Sheets:
    """Makes the sheets of a tree."""

    def __init__(self, staff: StaffTree) -> None:
        self.staff, self.tree = staff, staff.public
        self.ways = Ways(self.tree)
        self._statuses_of = {id_: tuple(found) for id_, found in statuses_by_node(self.tree).items()}

    def all(self) -> Iterator[Sheet]:
        """Yield the sheets of all statuses, questions, outcomes and remedies."""
        tree = self.tree
        for group in (tree.statuses, tree.questions, tree.outcomes, tree.remedies):
            for page in group.values():
                yield self.sheet(page)

    def sheet(self, page: ReaderPage) -> Sheet:
        """Return the sheet of one page."""
        make = {Status: self._status, Question: self._question, Outcome: self._outcome, Remedy: self._remedy}
        sections = tuple(section for section in make[type(page)](page) if section.rows)  # type: ignore[operator]
        notes = self.staff.about(page)
        notes = replace(notes, ask=self.staff.ask(page), escalation=self.staff.escalation(page))
        sources = tuple(self.tree.sources[id_] for id_ in getattr(page, "sources", ()))
        more = tuple(self._more(page, sections))
        return Sheet(page, title_of(page), sections, notes, self.wordings(page), sources, more)

    def wordings(self, page: ReaderPage) -> tuple[Status, ...]:
        """Return the statuses whose words on the screen belong to a page: its own, or those that lead to it."""
        if isinstance(page, Status):
            return (page,)
        return self._statuses_of.get(page.id, ()) if isinstance(page, Outcome | Question) else ()

    def _more(self, page: ReaderPage, sections: Iterable[Section]) -> Iterator[tuple[str, StaffNotes]]:
        """Yield what staff know about the messages of a page and the numbers that it tells."""
        for id_ in page.messages if isinstance(page, Remedy) else ():
            if notes := self.staff.notes.get(f"message.{id_}"):
                yield id_, notes
        texts = " ".join(row.entry.text for section in sections for row in section.rows)
        for name in self.tree.facts:
            if f"{{{name}}}" in texts and (notes := self.staff.notes.get(f"fact.{name}")):
                yield name, notes

    def _status(self, status: Status) -> Iterator[Section]:
        yield Section("common.what-it-means", _rows(("common.what-it-means", status.meaning),
            ("common.who-acts", status.who_acts), ("common.duration", status.duration)))  # fmt: skip
        node = self.tree.node(status.leads_to)
        if isinstance(node, Question):
            yield self._options(node)
        else:
            now = Row("common.what-to-do", node.now)
            yield Section("site.your-case", (Row("site.your-case", node.title, to=node.id), now))
        yield Section("site.symptoms", tuple(Row("", each) for each in status.symptoms))
        yield self._links("common.may-become", status.may_become)

    def _question(self, question: Question) -> Iterator[Section]:
        yield self._options(question)

    def _options(self, question: Question) -> Section:
        rows = [Row("", question.text, to=question.id)]
        rows += [Row("", question.hint)] if question.hint else []
        rows += [Row(f"{n}.", each.label, to=each.status or each.next) for n, each in enumerate(question.options, 1)]
        return Section(f"{OWN}options", tuple(rows))

    def _outcome(self, outcome: Outcome) -> Iterator[Section]:
        yield Section("common.what-it-means", _rows(("common.what-it-means", outcome.summary),
            ("common.what-to-do", outcome.now)))  # fmt: skip
        remedies = (self.tree.remedies[id_] for id_ in outcome.ways)
        rows = tuple(Row(f"{number}.", remedy.title, to=remedy.id) for number, remedy in enumerate(remedies, 1))
        yield Section("common.remedies", rows)

    def _remedy(self, remedy: Remedy) -> Iterator[Section]:
        yield Section("common.applies", _rows(("common.applies", remedy.applies)))
        yield Section("common.steps", tuple(Row(f"{n}.", step.text) for n, step in enumerate(remedy.steps, 1)))
        yield Section("site.details", _rows(("common.deadline", remedy.deadline), ("common.cost", remedy.cost),
            ("common.success", remedy.success)))  # fmt: skip
        yield Section("common.warnings", tuple(Row("", warning.text) for warning in remedy.warnings))
        messages = (self.tree.messages[id_] for id_ in remedy.messages)
        yield Section("common.messages", tuple(row for message in messages for row in _message(message)))
        yield self._links("site.cases", (outcome.id for outcome in self.ways.outcomes_offering(remedy.id)))

    def _links(self, heading: str, ids: Iterable[str]) -> Section:
        pages = [page for id_ in ids if (page := self.tree.find(id_))]
        return Section(heading, tuple(Row("", title_of(page), to=page.id) for page in pages))


def _rows(*found: tuple[str, Entry | None]) -> tuple[Row, ...]:
    return tuple(Row(label, entry) for label, entry in found if entry)


def _message(message: Message) -> Iterator[Row]:
    yield Row("", message.title)
    yield Row("", message.to)
    yield Row("", message.text, is_message=True)


def statuses_by_node(tree: Tree) -> dict[str, list[Status]]:
    """Return which statuses lead to a node, at once or through questions."""
    found: dict[str, list[Status]] = {}
    for status in tree.statuses.values():
        for id_, _ in ways_below(tree, status.leads_to):
            found.setdefault(id_, []).append(status)
    return found
