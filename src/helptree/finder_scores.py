"""What the finder counts: texts, words and queries, how alike words are, and the arithmetic of scores.

Written twice, like finder.py: docs/assets/finder.js has the same functions under the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helptree.finder_text import tokenize

FEW = 60
SAID_BESIDE = 900
SYNONYM, INFLECTED = 70, 75
# What a word weighs that says little about any subject.
COMMON = 15
# What tells another topic: by words that no status knows, and by others. A wrong remedy is worse than none.
ELSEWHERE, SHARED = 150, 104
# A score under it is no answer. The more words of the query a status explains, the less likely they do so by chance:
# the score asked for when it explains none, one, two, three, four, five or more.
REFUSED_BELOW = (0.40, 0.38, 0.32, 0.28, 0.22, 0.18)


@dataclass(slots=True)
class Text:
    """One wording or description of the index."""

    status: int
    kind: int
    locale: str
    text: str
    attested: bool
    words: dict[int, int]
    total: int
    grams: frozenset[str]


@dataclass(slots=True)
class Word:
    """One distinct word of the query: what it may stand for in the index, and what it weighs."""

    variants: dict[int, int]
    weight: int
    places: list[tuple[int, int]]


@dataclass(slots=True)
class Query:
    words: list[Word]
    total: int
    segments: dict[int, int]
    grams: frozenset[str]
    is_paste: bool


def grams_of(text: str) -> frozenset[str]:
    joined = "".join(dict.fromkeys(token.text for token in tokenize(text)))
    return frozenset(joined[index : index + 3] for index in range(len(joined) - 2))


def with_one_less(name: str) -> list[str]:
    return [name, *(name[:index] + name[index + 1 :] for index in range(len(name)))]


def is_one_error(name: str, other: str) -> bool:
    """Say whether one letter was left out, added or changed, or two neighbours swapped."""
    if max(len(name), len(other)) < 5:
        return False
    start = 0
    while start < min(len(name), len(other)) and name[start] == other[start]:
        start += 1
    rest, other_rest = name[start:], other[start:]
    return (
        rest[1:] == other_rest
        or rest == other_rest[1:]
        or rest[1:] == other_rest[1:]
        or (rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:])
    )


def is_inflected(name: str, other: str) -> bool:
    """Say whether two words that begin alike may be forms of one word."""
    shorter, longer = sorted((len(name), len(other)))
    shared = 4
    while shared < shorter and name[shared] == other[shared]:
        shared += 1
    if shared == shorter:
        return shared * 10 >= longer * 4
    return shared * 3 >= longer * 2


def pair(weights: Mapping[int, int], query: Query, hits: Iterable[tuple[int, int, int]]) -> tuple[int, int]:
    """Return how much of a text is held and how much of the query it explains.

    One word stands for one word: "account" must not explain both "bank" and "account".
    """
    held_by_text: dict[int, int] = {}
    held_by_query: dict[int, int] = {}
    told_by_text: dict[int, int] = {}
    told_by_query: dict[int, int] = {}
    for index, variant, likeness in hits:
        held, told = weights[variant] * likeness, query.words[index].weight * likeness
        held_by_text[variant] = max(held_by_text.get(variant, 0), held)
        held_by_query[index] = max(held_by_query.get(index, 0), held)
        told_by_text[variant] = max(told_by_text.get(variant, 0), told)
        told_by_query[index] = max(told_by_query.get(index, 0), told)
    return (
        min(sum(held_by_text.values()), sum(held_by_query.values())),
        min(sum(told_by_text.values()), sum(told_by_query.values())),
    )


def places_of(query: Query, hits: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int, int, int]]:
    """Return where in the query the words of a text stand, in order: place, segment, word, variant, likeness."""
    return sorted(
        (place, segment, index, variant, likeness)
        for index, variant, likeness in hits
        for place, segment in query.words[index].places
    )


def sum_weights(weights: Mapping[int, int], found: Mapping[int, int]) -> int:
    return sum(weights[word] * likeness for word, likeness in found.items())


def is_direct(hits: Iterable[tuple[int, int, int]]) -> bool:
    return any(likeness > SYNONYM for _, _, likeness in hits)


def balance(held: float, told: float) -> float:
    return 2 * held * told / (held + told) if held + told else 0.0


def score_windows(text: Text, places: list[tuple[int, int, int, int, int]], is_paste: bool) -> float:
    """Score the best piece of the query that is hardly longer than the wording."""
    longest = len(text.words) + 2
    best = 0
    # Words of like meaning do not count here: the wording itself must stand there.
    places = [place for place in places if place[4] > SYNONYM]
    for first in range(len(places)):
        found: dict[int, int] = {}
        for position, _, _, variant, likeness in places[first:]:
            if position - places[first][0] >= longest:
                break
            found[variant] = max(found.get(variant, 0), likeness)
        best = max(best, sum_weights(text.words, found))
    held = best / (100 * text.total)
    # A single common word in a sentence proves little; on a pasted screen it may be the status line.
    return held * held * (best / (best + (8000 if is_paste else 20_000)))


def describe(told: int, total: int) -> float:
    # What the texts explain, against all that was said; of what they do not explain only so much counts.
    explained = told / 10_000
    left = min(total - explained, SAID_BESIDE)
    return explained / (explained + left) * (explained / (explained + FEW))


def rounded(score: float) -> float:
    return int(score * 1_000_000 + 0.5) / 1_000_000


def fill(template: str, **values: str) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def floor_of(told: tuple[int, int] | None) -> float:
    """Return the score that a status needs, by how many words of the query it explains."""
    return REFUSED_BELOW[min(told[1] if told else 0, len(REFUSED_BELOW) - 1)]
