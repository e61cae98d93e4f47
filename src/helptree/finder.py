"""Words on a reader's screen -> ranked statuses, each with the reason.

Written twice: here and in docs/assets/finder.js, function by function under the same names. RapidFuzz would be
shorter, but the browser has no RapidFuzz, and site and wizard must rank alike, offline, without a server. So the
algorithm is small, and its arithmetic is the same everywhere: weights are whole numbers, and a score is a few
divisions and products in a fixed order (finder_scores.py). tests/finder/test_same_ranking.py proves it.

How it ranks. Every word of the query is looked up in the index: as it is, with one typing error, with another ending,
torn apart, or run together with its neighbour. A wording counts by how much of it the query holds and how much of the
query it explains, or, for a long paste, by standing there in one piece. A description counts by how much of what the
reader says the texts of one status explain. Rare words weigh more. In a pasted page, buttons and headings are left out,
and a line of its own may be a wording or a saying. A status that explains too little of the query is no answer, nor is
any when words about another topic explain more: `nothing found` is better than a wrong remedy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from helptree.finder_index import LABEL, MEANING, SAYING, SYMPTOM, TOPIC, WORDING
from helptree.finder_reader import QueryReader
from helptree.finder_scores import (
    COMMON,
    ELSEWHERE,
    FEW,
    INFLECTED,
    SAID_BESIDE,
    SHARED,
    SYNONYM,
    Query,
    Text,
    balance,
    describe,
    fill,
    floor_of,
    is_direct,
    pair,
    places_of,
    rounded,
    score_windows,
)

LIMIT = 5
WORDING_BELOW = 0.36  # words that look like those on a screen: a lower score is no answer
LEFT_BEHIND = 0.5  # nor is one under this share of the best
KIND_FACTOR = {WORDING: 90, LABEL: 95, SYMPTOM: 100, MEANING: 75, SAYING: 90}


@dataclass(frozen=True, slots=True)
class Found:
    """One status that was found, how sure it is (0 to 1), and why, in the reader's words."""

    id: str
    label: str
    score: float
    reason: str


class Finder(QueryReader):
    """Searches one index. Making it takes a moment, asking it does not: keep it."""

    def find(self, text: str, limit: int = LIMIT) -> list[Found]:
        """Return the statuses that these words may mean, best first; none when they mean no status."""
        query = self._read(text)
        best = self._score_texts(query)
        told, of_life = self._explain(query)
        # The more of it is about other matters of life, the better a status must be.
        doubt = of_life / query.total if of_life and not query.is_paste else 0.0
        scored = self._score_statuses(query, best, told)
        left_behind = max([0.0, *(score * LEFT_BEHIND for score, _, _ in scored)])
        passed = sorted(
            (row for row in scored if row[0] >= max(left_behind, self._floor(row, told, query.is_paste) + doubt)),
            key=lambda row: (-row[0], row[1]),
        )
        known = len(self._index["statuses"])
        if not passed or passed[0][1] >= known:
            return []  # the words are about nothing that is known, or about something else
        # What one status may be, those that fit better may be as well.
        least = min(score for score, status, _ in passed if status < known)
        ranked = sorted(
            (row for row in scored if row[1] < known and row[0] >= least), key=lambda row: (-row[0], row[1])
        )
        return [self._found(status, score, *why) for score, status, why in ranked[:limit]]

    def _floor(
        self, row: tuple[float, int, tuple[int, str]], told: Mapping[int, tuple[int, int]], is_paste: bool
    ) -> float:
        """Return the score that a status needs: what looks like words on a screen is no chance hit."""
        _, status, (number, _) = row
        if is_paste or (number >= 0 and self._texts[number].kind in (WORDING, LABEL)):
            return WORDING_BELOW
        return floor_of(told.get(status))

    def _found(self, status: int, score: float, number: int, how: str) -> Found:
        id_, label = self._index["statuses"][status]
        return Found(id_, label, score, self._reason(status, number, how))

    # --- scores

    def _score_texts(self, query: Query) -> dict[int, tuple[float, int, str]]:
        """Return each status's best text: score, number of the text, how it matched."""
        hits: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for index, word in enumerate(query.words):
            for variant, likeness in word.variants.items():
                for number in self._of_word[variant]:
                    hits[number].append((index, variant, likeness))
        shared = self._count_grams(query)
        best: dict[int, tuple[float, int, str]] = {}
        known = len(self._index["statuses"])
        for number in sorted({*hits, *shared}):
            text = self._texts[number]
            if text.kind in (MEANING, TOPIC) or (query.is_paste and (text.kind == SYMPTOM or text.status >= known)):
                continue
            # Words of like meaning lead to texts in the reader's language; a wording in another must stand there.
            if text.locale not in self._spoken and number not in shared and not is_direct(hits[number]):
                continue
            score, how = self._score_text(text, query, hits.get(number, []), shared.get(number, 0))
            if score > best.get(text.status, (0.0, 0, ""))[0]:
                best[text.status] = score, number, how
        return best

    def _count_grams(self, query: Query) -> dict[int, int]:
        shared: dict[int, int] = defaultdict(int)
        for gram in query.grams:
            for number in self._of_gram.get(gram, ()):
                shared[number] += 1
        least = len(query.grams) // 3
        return {number: count for number, count in shared.items() if count > least}

    def _score_text(self, text: Text, query: Query, hits: list[tuple[int, int, int]], shared: int) -> tuple[float, str]:
        if text.kind == SAYING and query.is_paste:
            return self._score_line(text, query, hits), "contains"
        matched, told = pair(text.words, query, hits)
        held = matched / (100 * text.total) if text.total else 0.0
        # Long-winded readers say much that no text explains; only so much of it counts against them.
        said = min(100 * query.total, told + 100 * SAID_BESIDE)
        whole = balance(held, told / said) if said else 0.0
        best, how = whole, "is" if whole == 1.0 else "similar"
        if shared:
            alike = 2 * shared / (len(text.grams) + len(query.grams)) * 0.95
            if alike > best:
                best, how = alike, "similar"
        if text.kind not in (SYMPTOM, SAYING) and held >= 0.7 and len(query.segments) + len(query.words) > 8:
            inside = self._score_places(text, query, hits)
            if inside > best:
                best, how = inside, "contains"
        return best, how

    def _score_line(self, text: Text, query: Query, hits: list[tuple[int, int, int]]) -> float:
        """Score what a reader says, in a pasted page: there, a line of its own may say it."""
        direct = [hit for hit in hits if hit[2] > SYNONYM]
        # A line that holds less is no answer, whatever else it is.
        if 4 * sum(text.words[variant] for variant in {variant for _, variant, _ in direct}) < text.total:
            return 0.0
        return self._score_segments(text, query, places_of(query, direct))

    def _score_places(self, text: Text, query: Query, hits: list[tuple[int, int, int]]) -> float:
        """Score a wording inside a long text: as a line of its own, or in one piece."""
        places = places_of(query, hits)
        return max(self._score_segments(text, query, places), score_windows(text, places, query.is_paste))

    def _score_segments(self, text: Text, query: Query, places: list[tuple[int, int, int, int, int]]) -> float:
        best = 0.0
        by_segment: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for _, segment, *hit in places:
            by_segment[segment].append((hit[0], hit[1], hit[2]))
        for segment, rows in by_segment.items():
            held, told = pair(text.words, query, rows)
            score = balance(held / (100 * text.total), min(1.0, told / (100 * query.segments[segment])))
            # A page has many lines: a button of one word proves less than a sentence.
            best = max(best, score * held / (held + 100 * FEW) if query.is_paste else score)
        return best * 0.9

    def _score_statuses(
        self, query: Query, best: Mapping[int, tuple[float, int, str]], told: Mapping[int, tuple[int, int]]
    ) -> list[tuple[float, int, tuple[int, str]]]:
        if not query.total:
            return []
        known = len(self._index["statuses"])
        scored = []
        for status in sorted({*told, *best}):
            wording, number, how = best.get(status, (0.0, -1, ""))
            description = 0.0 if query.is_paste else describe(told.get(status, (0, 0))[0], query.total)
            if status >= known and (number < 0 or wording > description):
                wording = description  # another topic may have words alone, and wins by them
            score = wording if query.is_paste else (wording + description) / 2
            scored.append((rounded(score), status, (number, how)))
        return scored

    def _explain(self, query: Query) -> tuple[dict[int, tuple[int, int]], int]:
        """Return how much of the query all texts of a status explain together, and how many of its telling words.

        And what the words weigh that are about other matters of life, which no status knows.
        """
        told: dict[int, tuple[int, int]] = {}
        of_life = 0
        known = len(self._index["statuses"])
        for word in query.words:
            most: dict[int, int] = {}
            elsewhere: dict[int, int] = {}
            for variant, likeness in word.variants.items():
                for number in self._of_word[variant]:
                    text = self._texts[number]
                    if text.status >= known:
                        elsewhere[text.status] = max(elsewhere.get(text.status, 0), likeness)
                    else:
                        most[text.status] = max(most.get(text.status, 0), likeness * KIND_FACTOR[text.kind])
            if not most and any(elsewhere.get(topic, 0) >= INFLECTED for topic in self._life):
                of_life += word.weight
            factor = SHARED if most else ELSEWHERE
            most.update({topic: likeness * factor for topic, likeness in elsewhere.items()})
            for status, value in most.items():
                before, words = told.get(status, (0, 0))
                told[status] = before + word.weight * value, words + (word.weight > COMMON)
        return told, of_life

    # --- reasons

    def _reason(self, status: int, number: int, how: str) -> str:
        words = self._index["words"]
        if number < 0 or self._texts[number].kind == SAYING:
            return fill(words["meaning"], text=self._index["statuses"][status][1])
        text = self._texts[number]
        if text.kind == LABEL:
            return fill(words["label"], text=text.text)
        if text.kind == SYMPTOM:
            return fill(words["symptom"], text=text.text)
        told = fill(words[how], text=text.text, language=self._index["languages"][text.locale])
        return f"{told} ({words['attested' if text.attested else 'ours']})"
