"""What walks come to. Every view of a node is counted in exactly one part, so no share leaves 0 to 100 %.

A reader who says nothing is unknown: neither helped nor not. Only who stops at a question has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from helptree.feedback.types import Happening

OVER_AFTER = timedelta(hours=3)
WALK = ""  # in place of a node: the walk as a whole
_VERDICTS = (Happening.HELPED, Happening.NOT_HELPED)
_OF_OUTCOMES = (Happening.OUTCOME, *_VERDICTS)


class Key(NamedTuple):
    """What is counted apart."""

    week: str
    locale: str
    node: str


@dataclass(slots=True)
class Count:
    """How often a node was seen, and what came of it."""

    kind: str = "question"
    views: int = 0
    helped: int = 0
    not_helped: int = 0
    left_here: int = 0

    @property
    def rest(self) -> int:
        """Went on (questions), or said nothing (outcomes, walks)."""
        return self.views - self.helped - self.not_helped - self.left_here

    def add(self, other: Count) -> None:
        """Add what was counted elsewhere."""
        self.kind = "outcome" if "outcome" in (self.kind, other.kind) else other.kind
        self.views += other.views
        self.helped += other.helped
        self.not_helped += other.not_helped
        self.left_here += other.left_here


Tally = dict[Key, Count]


def week_of(at: datetime) -> str:
    """Return the ISO week, such as 2026-W48."""
    year, week, _ = at.isocalendar()
    return f"{year}-W{week:02}"


def tally_events(events: Iterable[Any], now: datetime) -> Tally:
    """Count events that come grouped by walk and in order; each has walk, kind, node, locale and at."""
    tally: Tally = {}
    for _, walk in groupby(events, key=lambda event: event.walk):
        for key, count in count_walk(list(walk), now):
            tally.setdefault(key, Count(count.kind)).add(count)
    return tally


def count_walk(events: Sequence[Any], now: datetime) -> Iterator[tuple[Key, Count]]:
    """Yield one view for each node of a walk, and one for the walk."""
    week, last = week_of(events[0].at), events[-1]
    is_over = last.kind == Happening.LEFT or now - last.at >= OVER_AFTER
    by_node: dict[str, list[Any]] = {}
    for event in events:
        by_node.setdefault(event.node, []).append(event)
    for node, here in by_node.items():
        has_left = is_over and node == last.node
        yield Key(week, here[-1].locale, node), _one(_kind_of(here), here, has_left)
    ends_at_question = is_over and _kind_of(by_node[last.node]) == "question"
    yield Key(week, last.locale, WALK), _one("walk", events, ends_at_question)


def _kind_of(here: Sequence[Any]) -> str:
    return "outcome" if any(event.kind in _OF_OUTCOMES for event in here) else "question"


def _one(kind: str, events: Sequence[Any], has_left: bool) -> Count:
    """One view, in one part: the last word said, else left, else nothing."""
    verdicts = [event.kind for event in events if event.kind in _VERDICTS]
    if verdicts:
        helped = verdicts[-1] == Happening.HELPED
        return Count(kind, 1, helped=int(helped), not_helped=int(not helped))
    return Count(kind, 1, left_here=int(has_left and kind != "outcome"))
