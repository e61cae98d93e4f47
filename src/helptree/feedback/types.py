"""The words of feedback: what is submitted, what happens on a walk, and what the one who submits is told."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

MAX_TEXT = 1000
MAX_QUERY = 200
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/.-]{0,119}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter looks like a digit


class Kind(StrEnum):
    """What a submission says."""

    HELPED = "helped"
    NOT_HELPED = "not_helped"
    COMMENT = "comment"
    WRONG_PAGE = "wrong_page"
    SEARCH_NOTHING = "search_nothing"  # found nothing
    SEARCH_REJECTED = "search_rejected"  # found something, and the reader wanted none of it


SEARCHES = (Kind.SEARCH_NOTHING, Kind.SEARCH_REJECTED)
VERDICTS = (Kind.HELPED, Kind.NOT_HELPED)
ERASED = "erased"


class Happening(StrEnum):
    """What a reader did. Nothing done is not recorded, and counts as unknown."""

    START = "start"
    STEP = "step"  # a question was shown
    OUTCOME = "outcome"  # an outcome was shown
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    LEFT = "left"  # walked away for certain, such as by "start again"


class State(StrEnum):
    """What became of a submission."""

    STORED = "stored"
    QUEUED = "queued"  # durable in the outbox, the database will have it later
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why nothing was kept. The wizard has a sentence for each."""

    TOO_LONG = "too_long"
    EMPTY = "empty"
    TOO_OFTEN = "too_often"
    INVALID = "invalid"
    UNAVAILABLE = "unavailable"


class FeedbackError(Exception):
    """Something an operator must mend, told in one line without passwords."""


def new_id() -> str:
    """Return a random id: of a walk, of a submission's key. It says nothing about the reader."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a reader sends. Make one per shown form and send it again as it is: its `key` keeps it single.

    `walk` ties a verdict to the walk it ends in the event log. It is never stored beside the text.
    """

    kind: Kind
    locale: str
    node: str = ""
    text: str = ""
    walk: str = ""
    key: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a walk. `walk` is random and lives in the session only as long as the walk."""

    kind: Happening
    walk: str
    locale: str
    node: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a submission. Thank the reader only if `thanks`; `id` erases it on demand."""

    state: State
    id: str = ""
    reason: Refusal | None = None
    masked: tuple[str, ...] = ()

    @property
    def thanks(self) -> bool:
        """Whether it is on a disk."""
        return self.state is not State.REFUSED


def receipt_id(key: str) -> str:
    """Return the receipt of a key: the same for the same key, and no way back from it to the key."""
    number = int.from_bytes(sha256(f"helptree:{key}".encode(errors="replace")).digest()[:13], "big") >> 4
    letters = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(0, 100, 5))
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))


def this_hour() -> datetime:
    """Return the hour it is (UTC, naive as in the database): times are kept no finer."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0, tzinfo=None)


def clean(text: str) -> str:
    """Return the text without what no database or terminal should get: controls, halves of pairs, bidi tricks."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept = (c for c in text if c in "\n\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in _BIDI))
    return "".join(kept).strip()


_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def refusal_of(submission: Submission) -> Refusal | None:
    """Judge what was sent before anything is done with it."""
    if not (_is_name(submission.node, empty=True) and _is_locale(submission.locale)):
        return Refusal.INVALID
    if not (_is_name(submission.key) and _is_name(submission.walk, empty=True)):
        return Refusal.INVALID
    if len(submission.text) > (MAX_QUERY if submission.kind in SEARCHES else MAX_TEXT):
        return Refusal.TOO_LONG
    if submission.kind in (Kind.COMMENT, *SEARCHES) and not clean(submission.text):
        return Refusal.EMPTY
    return None


def is_valid(event: Event) -> bool:
    """Judge an event: names are short and plain, whoever sent them."""
    return _is_name(event.walk) and _is_name(event.node) and _is_locale(event.locale)


def _is_name(value: str, *, empty: bool = False) -> bool:
    return (empty and value == "") or bool(_NAME.fullmatch(value))


def _is_locale(value: str) -> bool:
    return bool(_LOCALE.fullmatch(value))


def as_receipt(told: str) -> str | None:
    """Return a receipt as we write it, however a reader copied it; None when it is none."""
    letters = told.strip().upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
    if len(letters) != 20 or not set(letters) <= set(_ALPHABET):
        return None
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))
