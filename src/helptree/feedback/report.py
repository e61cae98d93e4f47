"""What feedback teaches: nodes, worst outcomes, content gaps, by language and week. Figures only; writers are apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from sqlalchemy import Connection, Engine, select

from helptree.feedback.database import reading
from helptree.feedback.schema import event, submission
from helptree.feedback.schema import tally as kept
from helptree.feedback.tally import WALK, Count, Key, Tally, tally_events, week_of
from helptree.feedback.types import SEARCHES, Kind, this_hour

Titles = Mapping[str, str]
_MOST_QUERIES = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one node, language or week. The four parts make up `views`."""

    name: str
    kind: str
    views: int
    helped: int
    not_helped: int
    left_here: int
    unknown: int
    title: str = ""

    @property
    def helped_share(self) -> float | None:
        """Of those who said so, how many it helped (0 to 1); None when nobody spoke."""
        return share(self.helped, self.helped + self.not_helped)

    @property
    def left_share(self) -> float | None:
        """Of those who came, how many left here (0 to 1)."""
        return share(self.left_here, self.views)

    @property
    def badness(self) -> float:
        """The least share of "did not help" that so few verdicts allow to claim (Wilson, 95 %): 1 of 1 is no 100 %."""
        return at_least(self.not_helped, self.helped + self.not_helped)


@dataclass(frozen=True, slots=True)
class Row(Line):
    """Figures of one node in one language and one week: what all others are sums of."""

    locale: str = ""
    week: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something readers searched for in vain."""

    query: str
    times: int
    rejected: int
    locales: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """A page called wrong, or a comment, newest first."""

    receipt: str
    week: str
    kind: str
    node: str
    locale: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the writers show."""

    since: str
    until: str
    walks: Line
    nodes: list[Line]
    worst: list[Line]
    languages: list[Line]
    weeks: list[Line]
    language_weeks: dict[str, list[Line]]  # the weeks of each language, the most read first
    counts: list[Row]
    gaps: list[Gap]
    voices: list[Voice]
    submissions: dict[str, int] = field(default_factory=dict)


def share(part: int, whole: int) -> float | None:
    """Return part of whole, None of nothing."""
    return part / whole if whole else None


def at_least(part: int, whole: int, z: float = 1.96) -> float:
    """Return the lower end of Wilson's interval for a share."""
    if not whole:
        return 0.0
    p, squared = part / whole, z * z
    middle, spread = p + squared / (2 * whole), z * sqrt((p * (1 - p) + squared / (4 * whole)) / whole)
    return max(0.0, (middle - spread) / (1 + squared / whole))


def make_report(
    engine: Engine,
    weeks: int = 26,
    titles: Titles | None = None,
    now: datetime | None = None,
    locale: str | None = None,
) -> Report:
    """Read one moment of the database; `locale`: of this language alone. Raises what the database raises."""
    now, titles = now or this_hour(), titles or {}
    since = now - timedelta(weeks=weeks - 1)
    with reading(engine) as connection:
        tally = _all_counts(connection, week_of(since), now)
        said = list(connection.execute(select(submission).where(submission.c.at >= _monday(since))))
    if locale:
        tally = {key: count for key, count in tally.items() if key.locale == locale}
        said = [row for row in said if row.locale == locale]
    by_node = _lines(tally, lambda key: key.node, titles, walks=False)
    nodes = _by_views(by_node)
    worst = sorted((line for line in nodes if line.not_helped), key=lambda line: (-line.badness, line.name))
    return Report(
        since=week_of(since),
        until=week_of(now),
        walks=next(iter(_lines(tally, lambda key: "all", {}, walks=True)), Line("all", "walk", 0, 0, 0, 0, 0)),
        nodes=nodes,
        worst=worst[:10],
        languages=(languages := _by_views(_lines(tally, lambda key: key.locale, {}, walks=True))),
        weeks=_weeks(tally),
        language_weeks={
            line.name: _weeks({key: count for key, count in tally.items() if key.locale == line.name})
            for line in languages
        },
        counts=_rows(tally, titles),
        gaps=_gaps(said),
        voices=_voices(said),
        submissions=dict(sorted(Counter(row.kind for row in said).items())),
    )


def _monday(at: datetime) -> datetime:
    return at.replace(hour=0) - timedelta(days=at.weekday())


def _all_counts(connection: Connection, since: str, now: datetime) -> Tally:
    """Counts kept of old walks, and of those whose events are still there. A walk is in exactly one of the two."""
    # Streamed in the order of an index: a year of walks does not fit into memory.
    live = connection.execution_options(yield_per=2000).execute(select(event).order_by(event.c.walk, event.c.seq))
    tally = {key: count for key, count in tally_events(live, now).items() if key.week >= since}
    for row in connection.execute(select(kept).where(kept.c.week >= since)):
        old = Count(row.kind, row.views, row.helped, row.not_helped, row.left_here)
        tally.setdefault(Key(row.week, row.locale, row.node), Count(row.kind)).add(old)
    return tally


def _lines(tally: Tally, name_of: Callable[[Key], str], titles: Titles, *, walks: bool) -> Iterable[Line]:
    sums: dict[str, Count] = {}
    for key, count in tally.items():
        if (key.node == WALK) == walks:
            sums.setdefault(name_of(key), Count(count.kind)).add(count)
    for name, c in sums.items():
        yield Line(name, c.kind, c.views, c.helped, c.not_helped, c.left_here, c.rest, titles.get(name, ""))


def _by_views(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.views, line.name))


def _weeks(tally: Tally) -> list[Line]:
    return sorted(_lines(tally, lambda key: key.week, {}, walks=True), key=lambda line: line.name)


def _rows(tally: Tally, titles: Titles) -> list[Row]:
    rows = [
        Row(name, c.kind, c.views, c.helped, c.not_helped, c.left_here, c.rest, titles.get(name, ""), locale, week)
        for (week, locale, name), c in tally.items()
        if name != WALK
    ]
    return sorted(rows, key=lambda row: (row.week, row.locale, row.name))


def _gaps(said: Iterable[Any]) -> list[Gap]:
    searches: dict[str, list[Any]] = {}
    for row in said:
        if row.kind in SEARCHES and row.text and len(searches) < _MOST_QUERIES:
            searches.setdefault(re.sub(r"\s+", " ", row.text).casefold(), []).append(row)
    gaps = (
        Gap(
            query,
            len(rows),
            sum(row.kind == Kind.SEARCH_REJECTED for row in rows),
            tuple(sorted({r.locale for r in rows})),
        )
        for query, rows in searches.items()
    )
    return sorted(gaps, key=lambda gap: (-gap.times, gap.query))[:50]


def _voices(said: Iterable[Any]) -> list[Voice]:
    """What was said in words, pages called wrong first."""
    rows = [row for row in said if row.kind not in SEARCHES and (row.text or row.kind == Kind.WRONG_PAGE)]
    rows.sort(key=lambda row: row.at, reverse=True)
    rows.sort(key=lambda row: row.kind != Kind.WRONG_PAGE)
    return [Voice(r.receipt, week_of(r.at), r.kind, r.node, r.locale, r.text or "") for r in rows[:100]]


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as plain data, shares included; what nobody said is null, not 0."""
    data = asdict(report) | {name: _plain(getattr(report, name)) for name in ("nodes", "worst", "languages", "weeks")}
    data["counts"] = _plain(report.counts)
    data["language_weeks"] = {locale: _plain(lines) for locale, lines in report.language_weeks.items()}
    return data


def _plain(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [asdict(line) | {"helped_share": line.helped_share, "left_share": line.left_share} for line in lines]
