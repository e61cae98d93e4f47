"""What one reader's session holds: a walk's random number, what was sent, what was searched for.

None of it is needed to draw a screen: the address alone says what is shown. So a reload, or another replica that
takes over, loses nothing but the thanks. No personal data is here: what readers fill in stays in their browser.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import cache

import streamlit as st

from helptree.feedback import (
    Event,
    Feedback,
    FeedbackError,
    Happening,
    Kind,
    Receipt,
    Refusal,
    State,
    Submission,
    new_id,
)

_KEY = "helptree"
_log = logging.getLogger(__name__)


@cache
def feedback() -> Feedback | None:
    """Return this process's door to the store of feedback; None when it cannot be opened at all."""
    try:
        return Feedback.open()
    except (FeedbackError, OSError) as error:
        _log.error("Feedback is off, the wizard goes on without it: %s", error)
        return None


@dataclass
class Search:
    """What a reader looked for on the start screen."""

    text: str = ""
    is_rejected: bool = False
    is_told: bool = False  # as a gap in the content


@dataclass
class Visit:
    """One session. `name` is for the rate limit alone."""

    name: str = field(default_factory=new_id)
    walk: str = field(default_factory=new_id)
    node: str = ""
    sent: dict[tuple[str, ...], tuple[Submission, Receipt]] = field(default_factory=dict)
    search: Search = field(default_factory=Search)
    by_code: str = ""  # the place that a short code led to

    def see(self, node: str, locale: str, *, is_outcome: bool) -> None:
        """Note that a node is shown."""
        if not self.node:
            self._record(Happening.START, locale, node)
        if node != self.node:
            self._record(Happening.OUTCOME if is_outcome else Happening.STEP, locale, node)
        self.node = node

    def leave(self, locale: str) -> None:
        """Note that the reader starts again: the walk ends here for certain."""
        if self.node:
            self._record(Happening.LEFT, locale, self.node)
        self.walk, self.node = new_id(), ""
        self.search = Search()

    def send(self, kind: Kind, locale: str, node: str = "", text: str = "", about: str = "") -> Receipt:
        """Submit once; a double click, a rerun or "back" and the same press again return the first receipt.

        What was refused may be sent again: under the same key as long as it is the same text.
        """
        place = (kind, node, about)
        submission, receipt = self.sent.get(place, (None, None))
        if receipt and receipt.thanks:
            return receipt
        if submission is None or submission.text != text:
            submission = Submission(kind, locale, node, text, self.walk)
        desk = feedback()
        receipt = desk.submit(submission, self.name) if desk else Receipt(State.REFUSED, reason=Refusal.UNAVAILABLE)
        self.sent[place] = submission, receipt
        return receipt

    def receipt(self, kind: Kind, node: str, about: str = "") -> Receipt | None:
        """Return what became of a submission, None when there was none."""
        found = self.sent.get((kind, node, about))
        return found[1] if found else None

    def text_sent(self, kind: Kind, node: str) -> str:
        """Return the words of a submission."""
        found = self.sent.get((kind, node, ""))
        return found[0].text if found else ""

    def _record(self, kind: Happening, locale: str, node: str) -> None:
        if desk := feedback():
            desk.record(Event(kind, self.walk, locale, node))


def visit() -> Visit:
    """Return the session's own."""
    found = st.session_state.get(_KEY)
    if not isinstance(found, Visit):
        found = st.session_state[_KEY] = Visit()
    return found
