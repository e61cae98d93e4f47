"""What readers said in words, for staff to work through: each is new, seen or solved, and nobody's change is lost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Engine, Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from helptree.feedback.database import reading
from helptree.feedback.schema import submission, work
from helptree.feedback.tally import week_of
from helptree.feedback.types import ERASED, SEARCHES, Kind


class Work(StrEnum):
    """How far a comment is."""

    NEW = "new"
    SEEN = "seen"
    SOLVED = "solved"


@dataclass(frozen=True, slots=True)
class Item:
    """One comment. `version`: how often its state was changed, which a change must name."""

    receipt: str
    week: str
    kind: str
    node: str
    locale: str
    text: str
    state: Work
    version: int


_STATE: ColumnElement[str] = func.coalesce(work.c.state, Work.NEW)
_VERSION: ColumnElement[int] = func.coalesce(work.c.version, 0)
_JOINED = submission.outerjoin(work, submission.c.receipt == work.c.receipt)
# The rest says nothing that anybody could work on: clicks without words, searches, what was erased or forgotten.
_SAID = submission.c.kind.not_in([*SEARCHES, ERASED]) & (
    ((submission.c.text.is_not(None)) & (submission.c.text != "")) | (submission.c.kind == Kind.WRONG_PAGE)
)


def items(engine: Engine, state: Work, start: int = 0, most: int = 20) -> list[Item]:
    """Return some comments of a state: pages called wrong first, then the newest. Raises what the database raises."""
    order = ((submission.c.kind != Kind.WRONG_PAGE), submission.c.at.desc(), submission.c.receipt)
    query = _found(submission, _STATE.label("state"), _VERSION.label("version")).where(_STATE == state)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(*order).offset(start).limit(most))
        return [
            Item(r.receipt, week_of(r.at), r.kind, r.node, r.locale, r.text or "", Work(r.state), r.version)
            for r in rows
        ]


def counts(engine: Engine) -> dict[Work, int]:
    """Return how many there are of each state."""
    with reading(engine) as connection:
        rows = connection.execute(_found(_STATE.label("state"), func.count().label("number")).group_by(_STATE))
        found = {Work(row.state): int(row.number) for row in rows}
    return {state: found.get(state, 0) for state in Work}


def _found(*columns: object) -> Select[tuple[object, ...]]:
    return select(*columns).select_from(_JOINED).where(_SAID)  # type: ignore[call-overload, no-any-return]


def set_state(engine: Engine, receipt: str, state: Work, version: int) -> bool:
    """Change a state, if nobody has since it had this version; False, and nothing is changed, if somebody has."""
    mine = (work.c.receipt == receipt) & (work.c.version == version)
    with engine.begin() as connection:
        if version:
            change = update(work).where(mine).values(state=state, version=version + 1)
            return connection.execute(change).rowcount == 1
        there = select(submission.c.receipt).where(submission.c.receipt == receipt, submission.c.kind != ERASED)
        if connection.execute(there).first() is None:
            return False
        try:
            with connection.begin_nested():
                connection.execute(insert(work).values(receipt=receipt, state=state, version=1))
        except IntegrityError:  # a colleague was faster
            return False
    return True
