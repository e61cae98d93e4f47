"""A store of feedback that remembers what it was given."""

import pytest

from helptree.feedback import Receipt, State, mask
from helptree.wizard import session


class Store:
    """Stands in for Feedback. `refuse`: the reason why it keeps nothing."""

    def __init__(self) -> None:
        self.sent, self.keys, self.events, self.refuse = [], [], [], None

    def submit(self, submission, name):
        self.keys.append(submission.key)
        if self.refuse:
            return Receipt(State.REFUSED, reason=self.refuse)
        self.sent.append((submission.kind, submission.text))
        return Receipt(State.STORED, "RECEIPT", masked=mask(submission.text).kinds)

    def record(self, event) -> None:
        self.events.append(event)


@pytest.fixture
def store(monkeypatch) -> Store:
    found = Store()
    monkeypatch.setattr(session, "feedback", lambda: found)
    return found
