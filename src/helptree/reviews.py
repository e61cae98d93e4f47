"""Reviews: who has read which translation, and that neither text has changed since.

`catalogs/<locale>.review.csv` has a row for each entry somebody has judged. A row counts only while the hashes of
both texts match, so a review lapses by itself. Rows are kept in the order of their keys.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

# The states of a row: `mt` is a machine's work nobody has read, and counts for nothing.
STATES = ("mt", "reviewed", "approved")
_NEEDED = ("key", "msgid_sha", "msgstr_sha", "state", "who", "date")


class Review(NamedTuple):
    """One row. `minor`, `major`, `critical`: faults found when it was judged as part of a sample (MQM)."""

    key: str
    msgid_sha: str
    msgstr_sha: str
    state: str
    who: str
    date: str
    minor: str = ""
    major: str = ""
    critical: str = ""
    note: str = ""

    def covers(self, source: str, forms: Iterable[str]) -> bool:
        """Say whether this row speaks of exactly these two texts, and says that they were read."""
        texts = hash_source(source), hash_forms(forms)
        return self.state != "mt" and texts == (self.msgid_sha, self.msgstr_sha)


def normal(text: str) -> str:
    """Return a text with its white space evened out: only words and paragraphs make a difference to a reader."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


@lru_cache(maxsize=20_000)  # the same English is asked for by every language
def hash_source(source: str) -> str:
    """Return a short hash of an English text that a change of white space does not alter."""
    return _sha(normal(source))


def hash_forms(forms: Iterable[str]) -> str:
    """Return a short hash of a translation in all its plural forms."""
    return _sha("\x00".join(forms))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_reviews(text: str) -> dict[str, Review]:
    """Return the rows of a review sheet by key. Raises ValueError with the line and the reason."""
    reader = csv.reader(io.StringIO(text))
    columns = {name: index for index, name in enumerate(next(reader, []))}
    if missing := [name for name in _NEEDED if name not in columns]:
        raise ValueError(f"line 1: the column {missing[0]} is missing")
    # By position: csv.DictReader would take as long again for each row. What has no column is an empty cell.
    width = len(columns)
    in_order = itemgetter(*(columns.get(name, width) for name in Review._fields))
    reviews: dict[str, Review] = {}
    for row in filter(None, reader):
        cells = [*row[:width], *[""] * (width + 1 - min(len(row), width))]
        review = Review._make(map(str.strip, in_order(cells)))
        if why := _fault(review, reviews):
            raise ValueError(f"line {reader.line_num}: {why}")
        reviews[review.key] = review
    return reviews


def _fault(review: Review, before: Mapping[str, Review]) -> str:
    if not review.key or review.key in before:
        return f"the key {review.key!r} is empty or given twice"
    if review.state not in STATES:
        return f"the state {review.state!r} is none of {', '.join(STATES)}"
    counts = review.minor + review.major + review.critical
    if counts and not counts.isdecimal():
        return "minor, major and critical are numbers"
    return ""


def write_reviews(reviews: Mapping[str, Review]) -> str:
    """Return the sheet of some reviews, in the order of their keys."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Review._fields)
    writer.writerows(reviews[key] for key in sorted(reviews))
    return out.getvalue()
