"""The shapes of all content files, declared once: for checking, for JSON Schema and for finding the texts.

A field whose annotation holds a `Text` is translatable; `Ref` names what an id must lead to.
Every scalar is text (see source.py), so no field here is a number or a boolean.
"""

from __future__ import annotations

# ruff: noqa: RUF012 - a Shape is a pydantic model, which copies its defaults
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from helptree.marks import Ref, Shape, Text, Words

MAX_ID = 64
# For `re.fullmatch`: in Python's `match` a `$` lets a line break pass.
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# Names the site, the wizard's address or a file system needs for itself.
RESERVED_IDS = frozenset(
    # the site
    {"404", "api", "assets", "glossary", "index", "llms", "map", "messages", "outcomes", "overrides", "pages"}
    | {"pictures", "questions", "remedies", "robots", "search", "sitemap", "sources", "statuses", "translation"}
    # the wizard's address
    | {"change", "embed", "guide", "lang", "live", "ready", "remedy", "static", "wizard"}
    # names that some file systems keep for devices
    | {"aux", "com1", "con", "lpt1", "nul", "prn"}
)

# Where a step may send the reader; pictures draw a sign for each (render/pictures.py).
# fmt: off
PLACES = (
    "orders", "order", "status", "timer", "tracking", "parcel", "seller", "support", "payment", "bank", "account",
    "cart", "dispute",
)
# fmt: on


def _is_date(value: str) -> str:
    date.fromisoformat(value)
    return value


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=MAX_ID)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=MAX_ID)]
Line = Annotated[str, Text(line=True, max_length=300)]
Prose = Annotated[str, Text()]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_is_date)]
Number = Annotated[str, StringConstraints(pattern=r"^\d{1,6}(\.\d{1,2})?$")]
Plain = Annotated[str, Words(), StringConstraints(min_length=1, max_length=300)]
Recipient = Annotated[str, Words(), StringConstraints(min_length=1, max_length=5_000)]
Internal = Annotated[str, Words(), StringConstraints(min_length=1, max_length=5_000)]
YesNo = Literal["yes", "no"]
# Whose doing, or whose cost; `unclear` where sources do not tell or disagree.
Who = Literal["customer", "seller", "shop", "carrier", "bank", "nobody", "unclear"]

NodeRef = Annotated[Id, Ref(("question", "outcome"), "a question or an outcome")]
StatusRef = Annotated[Id, Ref(("status",), "a status")]
RemedyRef = Annotated[Id, Ref(("remedy",), "a remedy")]
MessageRef = Annotated[Id, Ref(("message",), "a message")]
OutcomeRef = Annotated[Id, Ref(("outcome",), "an outcome")]
FactRef = Annotated[Name, Ref(("fact",), "a fact in facts.yaml")]
SourceRef = Annotated[Name, Ref(("source",), "a source in sources.yaml")]


class StaffNote(Shape):
    """A note that only staff may read."""

    id: Id
    text: Internal


class ReasonFile(Shape):
    """A code that the shop's systems give as a reason, and whose doing it says it was."""

    code: Plain
    meaning: Internal
    who: Who | None = None


class CostBearerFile(Shape):
    """Who bears the cost, and of what."""

    who: Who
    text: Internal


class Staff(Shape):
    """Everything internal about a piece of content. No public type has such a field.

    Written in the source language alone: nothing here is translated. `ask`: questions to ask the customer;
    `escalation`: where to go, step by step; `confidence`: how sure we are of what the page says.
    """

    api: Plain | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    reasons: list[ReasonFile] = []
    bears_cost: CostBearerFile | None = None
    ask: list[StaffNote] = []
    escalation: list[StaffNote] = []
    conflicts: list[StaffNote] = []
    notes: list[StaffNote] = []


class TreeFile(Shape):
    """tree.yaml: the help center as a whole."""

    title: Line
    description: Line
    disclaimer: Line
    root: Annotated[Id, Ref(("question",), "a question")]
    source_locale: Plain = "en"
    review_interval_days: Number = "180"
    allowed_hosts: list[Plain] = []
    # What holds for all pages: questions and the way up that stand in where a page names none of its own.
    staff: Staff | None = None


class WordingFile(Shape):
    """One wording of a status on the reader's screen."""

    text: Plain
    attested: YesNo
    machine_translated: YesNo = "no"
    # "no": words that sources use but no buyer's screen shows; the finder knows them, pages do not quote them.
    on_screen: YesNo = "yes"
    source: SourceRef | None = None
    note: Plain | None = None


class SymptomFile(Shape):
    """How a reader may describe a status in their own words; the finder looks for these."""

    id: Id
    text: Line


class StatusFile(Shape):
    """statuses/<id>.yaml: what the shop shows on the reader's screen."""

    label: Line
    meaning: Prose
    who_acts: Line
    duration: Line | None = None
    symptoms: list[SymptomFile] = []
    leads_to: NodeRef
    may_become: list[StatusRef] = []
    wordings: dict[str, list[WordingFile]] = {}
    sources: list[SourceRef] = []
    reviewed: Day
    staff: Staff | None = None


class GroupFile(Shape):
    """A heading over some options of one question."""

    id: Id
    title: Line


class OptionFile(Shape):
    """One choice. Either `status`, or `id` with `label` and `next`."""

    id: Id | None = None
    label: Line | None = None
    next: NodeRef | None = None
    status: StatusRef | None = None
    group: Id | None = None

    @model_validator(mode="after")
    def _one_of_two_forms(self) -> OptionFile:
        own = [name for name in ("id", "label", "next") if getattr(self, name) is not None]
        if self.status and own:
            raise ValueError(f"contradiction: an option with `status` takes its {own[0]} from the status")
        if not self.status and len(own) < 3:
            missing = next(name for name in ("id", "label", "next") if name not in own)
            raise ValueError(f"missing-key: {missing}")
        return self


class QuestionFile(Shape):
    """questions/<id>.yaml: a node that asks one thing. The id stands in addresses."""

    text: Line
    hint: Prose | None = None
    groups: list[GroupFile] = []
    options: Annotated[list[OptionFile], Field(min_length=1)]
    staff: Staff | None = None


class OutcomeFile(Shape):
    """outcomes/<id>.yaml: a node without options: what is the case, what to do."""

    title: Line
    summary: Prose
    now: Prose
    remedies: Annotated[list[RemedyRef], Field(min_length=1)]
    human_route: RemedyRef | None = None
    staff: Staff | None = None


class StepFile(Shape):
    """One instruction of a remedy, or one warning."""

    id: Id
    text: Prose


class ClockFile(Shape):
    """A deadline that can be counted: `fact` after the moment that the wizard asks for.

    `since`: a name for that moment; a message whose placeholder has the same name is filled with it. `then`: whether
    the reader must act before the time is over, or can only wait until it is.
    """

    fact: FactRef
    since: Name
    ask: Line
    then: Literal["act", "wait"] = "act"


class InstructionFile(StepFile):
    """One instruction. `place`: where to look, for the picture; `buttons: no`: its quoted words are no buttons."""

    place: Literal[PLACES] | None = None  # type: ignore[valid-type]
    buttons: YesNo = "yes"


class RemedyFile(Shape):
    """remedies/<id>.yaml: a guide that an outcome offers."""

    title: Line
    applies: Prose
    steps: Annotated[list[InstructionFile], Field(min_length=1)]
    deadline: Prose | None = None
    clock: ClockFile | None = None
    cost: Prose | None = None
    success: Prose | None = None
    warnings: list[StepFile] = []
    messages: list[MessageRef] = []
    sources: list[SourceRef] = []
    reviewed: Day
    staff: Staff | None = None


class PlaceholderFile(Shape):
    """A gap in a message that the sender fills in."""

    id: Name
    label: Line


class MessageFile(Shape):
    """messages/<id>.yaml: a text the reader sends to a seller or to support."""

    title: Line
    to: Line
    text: Prose
    placeholders: list[PlaceholderFile] = []
    # The same text in the recipient's languages, whatever language the reader has: locale -> text.
    also_in: dict[str, Recipient] = {}
    staff: Staff | None = None


class FactFile(Shape):
    """One limit or amount. `from`: the lower end of a range whose upper end is `value`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    value: Number
    from_: Number | None = Field(default=None, alias="from")
    unit: Literal["minute", "hour", "day", "business-day", "week", "month", "none"]
    as_of: Day
    reviewed: Day
    source: SourceRef
    staff: Staff | None = None


class TermFile(Shape):
    """One word of the glossary; texts link to it by `term:<id>`."""

    term: Line
    meaning: Prose


class WordsFile(Shape):
    """Words of one meaning for the finder, by locale, separated by blanks."""

    words: dict[str, Recipient]


class OtherTopicFile(WordsFile):
    """Words about one other topic. `about`: a matter of the shop, or of life, which has nothing to do with it."""

    about: Literal["shop", "life"] = "shop"


class SayingsFile(Shape):
    """sayings/<language>.yaml: how its readers tell things in their own words, one saying a line. Not translated.

    `screen`: buttons and headings of the shop's pages, one a line: around a status, and never one.
    """

    statuses: dict[str, Recipient] = {}
    other_topics: dict[str, Recipient] = {}
    screen: Recipient | None = None


class SourceFile(Shape):
    """Where something is known from."""

    title: Plain
    kind: Literal[
        "official",
        "mirror_of_official_help",
        "public_code",
        "independent_guide",
        "machine_translated_guide",
        "low_quality_guide",
        "seed",
    ]
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2_000)] | None = None
    date: Plain | None = None


class JourneyFile(Shape):
    """journeys/<name>.yaml: an author's example, run by `helptree check`."""

    about: Plain
    answers: dict[str, str]
    expect: OutcomeRef


class LanguageFile(Shape):
    """One row of catalogs/languages.yaml. What is left out is known from the tag."""

    autonym: Plain | None = None
    direction: Literal["ltr", "rtl"] | None = None
    plural_forms: Plain | None = None
    state: Literal["published", "beta", "off"] = "published"
    fallback: list[str] = []


# Folder -> (kind, shape of each file) and file -> (shape of its rows); tree.yaml stands alone.
FOLDERS: dict[str, tuple[str, type[Shape]]] = {
    "statuses": ("status", StatusFile),
    "questions": ("question", QuestionFile),
    "outcomes": ("outcome", OutcomeFile),
    "remedies": ("remedy", RemedyFile),
    "messages": ("message", MessageFile),
    "journeys": ("journey", JourneyFile),
    "sayings": ("sayings", SayingsFile),
}
TABLES: dict[str, tuple[str, type[Shape]]] = {
    "facts.yaml": ("fact", FactFile),
    "glossary.yaml": ("term", TermFile),
    "sources.yaml": ("source", SourceFile),
    "synonyms.yaml": ("synonym", WordsFile),
    "other_topics.yaml": ("other-topic", OtherTopicFile),
    "catalogs/languages.yaml": ("language", LanguageFile),
}
