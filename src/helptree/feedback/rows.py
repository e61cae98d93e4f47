"""What is written: a submission or an event as plain values, the same in the database, the outbox and a dump."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from helptree.feedback.types import VERDICTS, Event, Submission, new_id, this_hour

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """Values of one submission or event, and the key that keeps it single."""

    table: str
    key: str
    values: Values

    def to_json(self) -> str:
        """Return the values as the outbox keeps them."""
        return json.dumps(self.values | {"at": self.values["at"].isoformat()}, ensure_ascii=False)


def from_json(table: str, key: str, text: str) -> Row:
    """Return the row that `to_json` wrote."""
    values = json.loads(text)
    return Row(table, key, values | {"at": datetime.fromisoformat(values["at"])})


def rows_of(submission: Submission, receipt: str, masked_text: str) -> list[Row]:
    """Return what a submission becomes: itself, and the verdict as an event of its walk. Nothing ties the two."""
    values = {
        "receipt": receipt,
        "at": this_hour(),
        "kind": str(submission.kind),
        "node": submission.node,
        "locale": submission.locale,
        "text": masked_text or None,
    }
    rows = [Row("submission", receipt, values)]
    if submission.kind in VERDICTS and submission.walk and submission.node:
        # Derived, so that the same submission sent twice is one verdict; hashed, so that it does not tell the receipt.
        rows.append(_event_row(str(submission.kind), submission, _event_key(submission.key)))
    return rows


def row_of(event: Event) -> Row:
    """Return what an event becomes."""
    return _event_row(str(event.kind), event, new_id())


def _event_row(kind: str, of: Submission | Event, key: str) -> Row:
    values = {"key": key, "at": this_hour(), "walk": of.walk, "kind": kind, "node": of.node, "locale": of.locale}
    return Row("event", key, values)


def _event_key(key: str) -> str:
    return sha256(f"helptree:event:{key}".encode(errors="replace")).hexdigest()[:32]
