"""The shapes of the static JSON API, declared once: for writing the files and for their published JSON Schemas.

A text says in which language it really is and why; a program can tell a translation from a fallback.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[3-9A-Z]{5}$", description="short code, the same in every language")]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="permanent id")]
State = Literal["source", "missing", "stale", "translated", "reviewed"]


class ApiShape(BaseModel):
    """What all shapes have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ApiText(ApiShape):
    """A text without Markdown. `locale`: the language it is in; `state`: with `missing` and `stale` it fell back."""

    text: str
    locale: str
    state: State


class ApiItem(ApiShape):
    """What every file holds. `page` and `picture`: addresses below the site's root."""

    schema_: Annotated[str, Field(alias="$schema", description="address of the JSON Schema, relative to this file")]
    id: Id
    code: Code
    locale: str
    direction: Literal["ltr", "rtl"]
    page: str


class ApiWording(ApiShape):
    """What the shop shows for a status. `attested`: seen in a source, not our own translation."""

    locale: str
    text: str
    attested: bool
    machine_translated: bool


class ApiStatus(ApiItem):
    """A status on the reader's screen. `leads_to`: the question or outcome that comes next."""

    kind: Literal["status"]
    label: ApiText
    meaning: ApiText
    who_acts: ApiText
    duration: ApiText | None
    symptoms: list[ApiText]
    wordings: list[ApiWording]
    leads_to: Id
    may_become: list[Id]
    picture: str
    sources: list[str]
    reviewed: date


class ApiOption(ApiShape):
    """One answer. `next`: the node it leads to; `status`: set when the answer stands for a status."""

    id: Id
    label: ApiText
    next: Id
    status: Id | None


class ApiQuestion(ApiItem):
    """A node that asks one thing."""

    kind: Literal["question"]
    text: ApiText
    hint: ApiText | None
    options: list[ApiOption]


class ApiOutcome(ApiItem):
    """What is the case. `remedies`: in the order to try them; the last one is the way to a human."""

    kind: Literal["outcome"]
    title: ApiText
    summary: ApiText
    now: ApiText
    remedies: list[Id]


class ApiStep(ApiShape):
    """One instruction. `refs`: pages that it speaks of; `place`: where to look."""

    id: Id
    text: ApiText
    refs: list[Id]
    place: str | None


class ApiMessage(ApiShape):
    """A text to send; its gaps stand as {name}, explained in `gaps`. `also_in`: other languages of the same text."""

    id: Id
    title: ApiText
    to: ApiText
    text: ApiText
    gaps: dict[str, ApiText]
    also_in: dict[str, str]


class ApiRemedy(ApiItem):
    """A guide."""

    kind: Literal["remedy"]
    title: ApiText
    applies: ApiText
    steps: list[ApiStep]
    deadline: ApiText | None
    cost: ApiText | None
    success: ApiText | None
    warnings: list[ApiStep]
    messages: list[ApiMessage]
    picture: str
    sources: list[str]
    reviewed: date


class ApiEntry(ApiShape):
    """One page of the tree, with the address of its file relative to tree.json."""

    id: Id
    code: Code
    title: ApiText
    file: str


class ApiNode(ApiEntry):
    """A node of the tree with its answers; an outcome has none."""

    kind: Literal["question", "outcome"]
    options: list[ApiOption]


class ApiTree(ApiShape):
    """The whole tree in one language. Begin at `root`; an answer's `next` is the id of the next node."""

    schema_: Annotated[str, Field(alias="$schema")]
    locale: str
    direction: Literal["ltr", "rtl"]
    title: ApiText
    description: ApiText
    disclaimer: ApiText
    root: Id
    nodes: list[ApiNode]
    statuses: list[ApiEntry]
    remedies: list[ApiEntry]


class ApiLocale(ApiShape):
    """A language of the site, with the address of its tree relative to index.json."""

    locale: str
    autonym: str
    direction: Literal["ltr", "rtl"]
    tree: str


class ApiIndex(ApiShape):
    """Where to begin."""

    schema_: Annotated[str, Field(alias="$schema")]
    version: Literal["v1"]
    source_locale: str
    locales: list[ApiLocale]


SHAPES: dict[str, type[ApiShape]] = {
    "index": ApiIndex,
    "tree": ApiTree,
    "status": ApiStatus,
    "question": ApiQuestion,
    "outcome": ApiOutcome,
    "remedy": ApiRemedy,
}


def api_schema(name: str) -> dict[str, Any]:
    """Return the published JSON Schema of one kind of file."""
    schema = SHAPES[name].model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
