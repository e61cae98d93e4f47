"""Feedback: what readers say and where walks end, kept without knowing who they are.

    from helptree.feedback import Event, Feedback, Happening, Kind, Submission, new_id

    feedback = Feedback.open()                   # once for each process, e.g. in st.cache_resource
    walk = new_id()                              # one for each walk, in st.session_state only
    feedback.record(Event(Happening.START, walk, "fr", "which-status"))
    feedback.record(Event(Happening.OUTCOME, walk, "fr", "refund-is-coming"))
    sent = Submission(Kind.HELPED, "fr", "refund-is-coming", text="Merci !", walk=walk)  # keep it in the session
    receipt = feedback.submit(sent, session=walk)
    if receipt.thanks: ...                       # stored, or durable in the outbox: thank, show receipt.id
    else: ...                                    # receipt.reason: too_long, empty, too_often, invalid, unavailable
    feedback.close()                             # when the server stops

- `submit` returns only when the text is on a disk (or refused); call it again with the same Submission after a
  double click or a rerun, and it is still stored once. Texts: at most 1,000 characters, searches 200.
- A verdict (HELPED, NOT_HELPED) with `walk` and `node` is an event too: do not record it a second time.
- Searches that found nothing are submitted as Kind.SEARCH_NOTHING with the query as text; nobody is thanked.
- `record` takes microseconds and never waits; repeated at once (a rerun) it counts once.
- Nothing raises because a database is away. `is_available()` says whether it is, for health pages.
- `feedback.metrics.text()` is the answer of `/metrics`; `log_as_json()` writes logs without personal data.

One direction: types, settings -> mask, rows -> database, schema, migrate -> store, outbox -> keeper -> service;
and for operators: tally -> retention, report, export, dump.
"""

from helptree.feedback.limits import Limits
from helptree.feedback.logs import log_as_json
from helptree.feedback.mask import mask
from helptree.feedback.service import Feedback
from helptree.feedback.types import (
    MAX_QUERY,
    MAX_TEXT,
    Event,
    FeedbackError,
    Happening,
    Kind,
    Receipt,
    Refusal,
    State,
    Submission,
    new_id,
)

__all__ = [
    "MAX_QUERY",
    "MAX_TEXT",
    "Event",
    "Feedback",
    "FeedbackError",
    "Happening",
    "Kind",
    "Limits",
    "Receipt",
    "Refusal",
    "State",
    "Submission",
    "log_as_json",
    "mask",
    "new_id",
]
