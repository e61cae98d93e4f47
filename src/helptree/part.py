"""All of a tree but its translations, as it was read, checked and built: plain enough to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from helptree.checks.judge import Context
from helptree.locales import Language
from helptree.model import Journey, StaffTree
from helptree.problems import Location, Problem


class LanguageRow(NamedTuple):
    """A row of languages.yaml: its state, and where both stand."""

    state: str
    where: Location
    state_where: Location


@dataclass(slots=True)
class ContentPart:
    """What was read of a tree. Its texts are kept apart: they are seldom asked for.

    `problems`: of single values and links; `flow`, `journey_problems`, `freshness`: found when those before them were
    no errors. `context` and `prints` are what translations are judged by. `staff` is None where there are errors.
    `name`: what it is kept under, '' when nothing is.
    """

    source_locale: str = "en"
    problems: list[Problem] = field(default_factory=list)
    flow: list[Problem] = field(default_factory=list)
    journey_problems: list[Problem] = field(default_factory=list)
    freshness: list[Problem] = field(default_factory=list)
    context: Context | None = None
    prints: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, LanguageRow] = field(default_factory=dict)
    staff: StaffTree | None = None
    journeys: tuple[Journey, ...] = ()
    languages: Mapping[str, Language] = field(default_factory=dict)
    all_languages: Mapping[str, Language] = field(default_factory=dict)
    name: str = ""
