"""The model: a clean tree, frozen. Public types have no staff field; staff notes live beside them.

`Tree` is all that a reader may ever see. `StaffTree` holds the public tree and, apart from it, the notes; there
is no way from a `Tree` to a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Entry:
    """A translatable text: its key and the source text. See `translator.py` for other languages."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What the shop shows for a status in one locale; `attested`: seen in its source, not our own words.

    `on_screen` is false for words that only sources use, such as a developer's name of the status.
    """

    locale: str
    text: str
    attested: bool
    machine_translated: bool
    on_screen: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """What the shop shows on the reader's screen."""

    id: str
    code: str
    label: Entry
    meaning: Entry
    who_acts: Entry
    duration: Entry | None
    symptoms: tuple[Entry, ...]
    leads_to: str
    may_become: tuple[str, ...]
    wordings: tuple[Wording, ...]
    sources: tuple[str, ...]
    reviewed: date


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over some options."""

    id: str
    title: Entry


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `next` is always the node it leads to; `status` is set when it stands for a status."""

    id: str
    label: Entry
    next: str
    status: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A node that asks one thing."""

    id: str
    code: str
    text: Entry
    hint: Entry | None
    groups: tuple[Group, ...]
    options: tuple[Option, ...]

    def option(self, id_: str) -> Option | None:
        """Return the option of that id, or None."""
        return next((option for option in self.options if option.id == id_), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A node without options: what is the case, what to do. `human_route` is a remedy's id and comes last."""

    id: str
    code: str
    title: Entry
    summary: Entry
    now: Entry
    remedies: tuple[str, ...]
    human_route: str

    @property
    def ways(self) -> tuple[str, ...]:
        """All remedies in the order they are offered, the human route last."""
        return (*self.remedies, self.human_route)


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a remedy, or one warning. `place`: where to look; `has_buttons`: its quotes may be buttons."""

    id: str
    text: Entry
    place: str | None = None
    has_buttons: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that can be counted from a moment the reader knows; see `shapes.ClockFile`."""

    fact: str
    since: str
    ask: Entry
    then: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """A guide that an outcome offers."""

    id: str
    code: str
    title: Entry
    applies: Entry
    steps: tuple[Step, ...]
    deadline: Entry | None
    clock: Clock | None
    cost: Entry | None
    success: Entry | None
    warnings: tuple[Step, ...]
    messages: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: date


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A gap in a message that the sender fills in."""

    id: str
    label: Entry


@dataclass(frozen=True, slots=True)
class Message:
    """A text the reader sends to a seller or to support."""

    id: str
    title: Entry
    to: Entry
    text: Entry
    placeholders: tuple[Placeholder, ...]
    # For who reads another language than the sender: locale -> text, the source text among them.
    also_in: Mapping[str, str]

    def other_languages(self, locale: str) -> tuple[str, ...]:
        """Return the recipient's locales that are not the reader's own."""
        return tuple(tag for tag in self.also_in if tag != locale)


@dataclass(frozen=True, slots=True)
class Fact:
    """A limit or an amount. `value` and `from_` are numbers as text; `unit` as in the interface's `unit.*`."""

    id: str
    value: str
    from_: str | None
    unit: str
    as_of: date
    reviewed: date
    source: str


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the glossary."""

    id: str
    term: Entry
    meaning: Entry


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is known from."""

    id: str
    title: str
    kind: str
    url: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A hand-written page: locale -> Markdown."""

    id: str
    texts: Mapping[str, str]


Node = Question | Outcome
ReaderPage = Status | Question | Outcome | Remedy


@dataclass(frozen=True, slots=True)
class OtherTopic:
    """What people also ask, and what is no status. By language: words that tell it, and sayings, one a line.

    `is_of_life`: it has nothing to do with the shop, so that its words raise a doubt.
    """

    words: Mapping[str, tuple[str, ...]]
    sayings: Mapping[str, str]
    is_of_life: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything a reader may see."""

    title: Entry
    description: Entry
    disclaimer: Entry
    root: str
    source_locale: str
    allowed_hosts: tuple[str, ...]
    statuses: Mapping[str, Status]
    questions: Mapping[str, Question]
    outcomes: Mapping[str, Outcome]
    remedies: Mapping[str, Remedy]
    messages: Mapping[str, Message]
    facts: Mapping[str, Fact]
    terms: Mapping[str, Term]
    sources: Mapping[str, Source]
    pages: Mapping[str, Page]
    redirects: Mapping[str, str]
    synonyms: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    other_topics: tuple[OtherTopic, ...] = ()
    # status -> language -> how its readers tell it, a saying a line
    sayings: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    # language -> buttons and headings of the shop's pages, one a line
    screen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def node(self, id_: str) -> Node:
        """Return the question or outcome of that id. Raises KeyError when there is none."""
        return self.questions[id_] if id_ in self.questions else self.outcomes[id_]

    def find(self, id_: str) -> ReaderPage | None:
        """Return the status, question, outcome or remedy of that id, or None."""
        for group in (self.statuses, self.questions, self.outcomes, self.remedies):
            if id_ in group:
                return group[id_]
        return None

    def by_code(self, code: str) -> ReaderPage | None:
        """Return the page with that short code; letters of either case, blanks and hyphens ignored."""
        wanted = code.upper().replace(" ", "").replace("-", "")
        for group in (self.statuses, self.questions, self.outcomes, self.remedies):
            for page in group.values():
                if page.code == wanted:
                    return page
        return None


@dataclass(frozen=True, slots=True)
class StaffNote:
    """A note that only staff may read."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """A code that the shop's systems give as a reason. `who`: whose doing it says it was; see `shapes.Who`."""

    code: str
    meaning: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class CostBearer:
    """Who bears the cost, and of what."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class StaffNotes:
    """What staff know about one piece of content. `api`: the shop's internal name of a status.

    `ask`: questions to ask the customer; `escalation`: where to go, step by step; `confidence`: how sure we are of
    what the page says (`high`, `medium`, `low`); `conflicts`: where sources disagree.
    """

    api: str | None = None
    notes: tuple[StaffNote, ...] = ()
    wording_notes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    reasons: tuple[ReasonCode, ...] = ()
    bears_cost: CostBearer | None = None
    ask: tuple[StaffNote, ...] = ()
    escalation: tuple[StaffNote, ...] = ()
    confidence: str | None = None
    conflicts: tuple[StaffNote, ...] = ()


NO_NOTES = StaffNotes()
_KIND_OF = {Status: "status", Question: "question", Outcome: "outcome", Remedy: "remedy", Message: "message"}


@dataclass(frozen=True, slots=True)
class StaffTree:
    """The staff projection: the public tree and, apart from it, the notes by `<kind>.<id>`."""

    public: Tree
    notes: Mapping[str, StaffNotes]
    review_interval_days: float = 0.0

    def about(self, item: ReaderPage | Message) -> StaffNotes:
        """Return what staff know about a page or a message; empty notes when they know nothing more."""
        return self.notes.get(f"{_KIND_OF[type(item)]}.{item.id}", NO_NOTES)

    @property
    def everywhere(self) -> StaffNotes:
        """What staff know about the whole tree: `staff` of tree.yaml, for pages with nothing of their own."""
        return self.notes.get("tree.tree", NO_NOTES)

    def ask(self, *items: ReaderPage) -> tuple[StaffNote, ...]:
        """Return the questions to ask about some pages, each once; those of the whole tree if there are none."""
        found = {note.text: note for item in items for note in self.about(item).ask}
        return tuple(found.values()) or self.everywhere.ask

    def escalation(self, *items: ReaderPage) -> tuple[StaffNote, ...]:
        """Return the way up of the first page that has one, else that of the whole tree."""
        own = (self.about(item).escalation for item in items)
        return next((steps for steps in own if steps), self.everywhere.escalation)


@dataclass(frozen=True, slots=True)
class Journey:
    """An author's example: answers by question id, and the outcome they must reach."""

    name: str
    about: str
    answers: Mapping[str, str]
    expect: str
