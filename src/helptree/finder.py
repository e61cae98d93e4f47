"""Words on a reader's screen -> ranked statuses, each with the reason.

Written twice: here and in docs/assets/finder.js, function by function under the same names. RapidFuzz would be
shorter, but the browser has no RapidFuzz, and site and wizard must rank alike, offline, without a server. So the
algorithm is small, and its arithmetic is the same everywhere: weights are whole numbers, and a score is a few
divisions and products in a fixed order (finder_scores.py). tests/finder/test_same_ranking.py proves it.

How it ranks. Every word of the query is looked up in the index: as it is, with one typing error, with another ending,
torn apart, or run together with its neighbour. A wording counts by how much of it the query holds and how much of the
query it explains, or, for a long paste, by standing there in one piece. A description counts by how much of what the
reader says the texts of one status explain. Rare words weigh more. A status that explains too little of the query
is no answer, nor is any when words about another topic explain more: `nothing found` is better than a wrong remedy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helptree.finder_index import LABEL, MEANING, SAYING, SYMPTOM, TOPIC, WORDING
from helptree.finder_scores import (
    ELSEWHERE,
    SAID_BESIDE,
    SHARED,
    SYNONYM,
    Query,
    Text,
    Word,
    balance,
    describe,
    fill,
    floor_of,
    grams_of,
    is_direct,
    is_inflected,
    is_one_error,
    pair,
    rounded,
    score_windows,
    with_one_less,
)
from helptree.finder_text import Token, count_numbers, is_unspaced, tokenize

LIMIT = 5
WORDING_BELOW = 0.36  # words that look like those on a screen: a lower score is no answer
LEFT_BEHIND = 0.5  # nor is one under this share of the best
EXACT, PASTE_NUMBERS = 100, 3
SHORT = 80
COMMON = 15
UNKNOWN, UNKNOWN_SHORT, UNKNOWN_TINY = 200, 100, 25
KIND_FACTOR = {WORDING: 90, LABEL: 95, SYMPTOM: 100, MEANING: 75, SAYING: 90}


@dataclass(frozen=True, slots=True)
class Found:
    """One status that was found, how sure it is (0 to 1), and why, in the reader's words."""

    id: str
    label: str
    score: float
    reason: str


class Finder:
    """Searches one index. Making it takes a moment, asking it does not: keep it."""

    def __init__(self, index: Mapping[str, Any]):
        self._index = index
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._common = frozenset(index["common"].split(" "))
        self._spoken = {row[2] for row in index["texts"] if row[1] == LABEL}
        rows = [(row, self._number_words(row[3])) for row in index["texts"]]
        rows += [
            ([len(index["statuses"]) + topic, TOPIC, "", "", 0], self._number_list(words))
            for topic, words in enumerate(index["topics"])
        ]
        synonyms = [self._number_list(words) for words in index["synonyms"]]
        self._weights = self._weigh(rows)
        self._texts = [self._text(row, words) for row, words in rows]
        self._of_word: list[list[int]] = [[] for _ in self._names]
        self._of_gram: dict[str, list[int]] = defaultdict(list)
        self._link_texts()
        self._near: dict[str, list[int]] = defaultdict(list)
        self._same_start: dict[str, list[int]] = defaultdict(list)
        self._link_words()
        self._groups_of: dict[int, list[int]] = defaultdict(list)
        self._members: list[list[int]] = []
        self._link_synonyms(synonyms)
        self._known: dict[str, dict[int, int]] = {}

    # --- the index

    def _number_words(self, text: str) -> list[int]:
        return list(dict.fromkeys(self._number(token.text) for token in tokenize(text)))

    def _number_list(self, words: str) -> list[int]:
        """Number a list of words, which may be long. One character of a script without spaces is no word."""
        tokens = (token.text for word in words.split(" ") for token in tokenize(word))
        return [self._number(text) for text in dict.fromkeys(tokens) if len(text) > 1]

    def _number(self, name: str) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self._names)
            self._names.append(name)
        return self._numbers[name]

    def _weigh(self, rows: Iterable[tuple[Any, list[int]]]) -> list[int]:
        statuses: list[set[int]] = [set() for _ in self._names]
        for row, words in rows:
            for word in words:
                statuses[word].add(row[0])
        idf = self._index["idf"]
        # One character of a script without spaces says less than a word.
        return [
            COMMON
            if name in self._common
            else idf[len(found)] // 3
            if is_unspaced(name) and len(name) == 1
            else idf[len(found)]
            for name, found in zip(self._names, statuses, strict=True)
        ]

    def _text(self, row: Any, words: list[int]) -> Text:
        status, kind, locale, text, attested = row
        weights = {word: self._weights[word] for word in words}
        grams = grams_of(text) if kind in (WORDING, LABEL) else frozenset()
        return Text(status, kind, locale, text, bool(attested), weights, sum(weights.values()), grams)

    def _link_texts(self) -> None:
        for number, text in enumerate(self._texts):
            for word in text.words:
                self._of_word[word].append(number)
            for gram in text.grams:
                self._of_gram[gram].append(number)

    def _link_words(self) -> None:
        for number, name in enumerate(self._names):
            if len(name) >= 4 and not is_unspaced(name):
                self._same_start[name[:4]].append(number)
                for key in with_one_less(name):
                    self._near[key].append(number)

    def _link_synonyms(self, synonyms: list[list[int]]) -> None:
        for group, words in enumerate(synonyms):
            forms = {form: None for word in words for form in self._forms(word)}
            self._members.append([form for form in forms if self._of_word[form]])
            for form in forms:
                self._groups_of[form].append(group)

    def _forms(self, word: int) -> list[int]:
        name = self._names[word]
        if len(name) < 4 or is_unspaced(name):
            return [word]
        return [word, *(other for other in self._same_start[name[:4]] if is_inflected(name, self._names[other]))]

    # --- the query

    def find(self, text: str, limit: int = LIMIT) -> list[Found]:
        """Return the statuses that these words may mean, best first; none when they mean no status."""
        query = self._read(text)
        best = self._score_texts(query)
        told = self._explain(query)
        scored = self._score_statuses(query, best, told)
        left_behind = max([0.0, *(score * LEFT_BEHIND for score, _, _ in scored)])
        passed = sorted(
            (row for row in scored if row[0] >= max(left_behind, self._floor(row, told))),
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

    def _floor(self, row: tuple[float, int, tuple[int, str]], told: Mapping[int, tuple[int, int]]) -> float:
        """Return the score that a status needs: what looks like words on a screen is no chance hit."""
        _, status, (number, _) = row
        if number >= 0 and self._texts[number].kind in (WORDING, LABEL):
            return WORDING_BELOW
        return floor_of(told.get(status))

    def _found(self, status: int, score: float, number: int, how: str) -> Found:
        id_, label = self._index["statuses"][status]
        return Found(id_, label, score, self._reason(status, number, how))

    def _read(self, text: str) -> Query:
        tokens = self._mend(tokenize(text))
        words: dict[str, Word] = {}
        segments: dict[int, int] = defaultdict(int)
        for token in tokens:
            word = words.get(token.text)
            if word is None:
                variants = self._variants(token.text)
                word = words[token.text] = Word(variants, self._weight(token.text, variants), [])
            word.places.append((token.position, token.segment))
            segments[token.segment] += word.weight
        total = sum(word.weight for word in words.values())
        grams = grams_of(text) if len(tokens) <= 12 else frozenset()
        return Query(list(words.values()), total, segments, grams, count_numbers(text) >= PASTE_NUMBERS)

    def _mend(self, tokens: list[Token]) -> list[Token]:
        """Join words that were torn apart."""
        mended: list[Token] = []
        is_short = len(tokens) <= SHORT  # a long paste would take too long
        index = 0
        while index < len(tokens):
            joined = self._join(tokens[index : index + 3], is_short) or self._join(tokens[index : index + 2], is_short)
            mended.append(Token(joined[0], tokens[index].position, tokens[index].segment) if joined else tokens[index])
            index += joined[1] if joined else 1
        return mended

    def _join(self, tokens: list[Token], is_short: bool) -> tuple[str, int] | None:
        if len(tokens) < 2 or all(token.text in self._numbers for token in tokens):
            return None
        if tokens[0].segment != tokens[-1].segment or any(is_unspaced(token.text) for token in tokens):
            return None
        joined = "".join(token.text for token in tokens)
        is_known = joined in self._numbers or (is_short and len(joined) >= 7 and self._one_error(joined))
        return (joined, len(tokens)) if is_known else None

    def _weight(self, name: str, variants: Mapping[int, int]) -> int:
        if name in self._common:
            return COMMON
        if variants:
            likeness = max(variants.values())
            return max(self._weights[word] for word, found in variants.items() if found == likeness)
        if len(name) >= 4:
            return UNKNOWN
        return UNKNOWN_SHORT if len(name) == 3 or (len(name) == 2 and is_unspaced(name)) else UNKNOWN_TINY

    def _variants(self, name: str) -> dict[int, int]:
        """Return the words of the index that a word of the query may stand for, with their likeness in percent."""
        found = self._known.get(name)
        if found is None:
            found = self._with_synonyms(self._look_up(name))
            if len(self._known) < 20_000:
                self._known[name] = found
        return found

    def _with_synonyms(self, direct: Mapping[int, int]) -> dict[int, int]:
        found = {word: likeness for word, likeness in direct.items() if self._of_word[word]}
        for word, likeness in direct.items():
            for group in self._groups_of.get(word, ()):
                for member in self._members[group]:
                    found[member] = max(found.get(member, 0), likeness * SYNONYM // EXACT)
        return found

    def _look_up(self, name: str) -> dict[int, int]:
        found: dict[int, int] = {}
        if name in self._numbers:
            found[self._numbers[name]] = EXACT
        if len(name) < 4 or is_unspaced(name):
            return found
        if not found:
            found.update(self._one_error(name))
        for word in self._same_start.get(name[:4], ()):
            if word not in found and is_inflected(name, self._names[word]):
                found[word] = 75
        return found or self._halves(name)

    def _one_error(self, name: str) -> dict[int, int]:
        found = {}
        for key in with_one_less(name):
            for word in self._near.get(key, ()):
                shorter = min(len(name), len(self._names[word]))
                if word not in found and is_one_error(name, self._names[word]):
                    found[word] = 88 if shorter >= 6 else 72
        return found

    def _halves(self, name: str) -> dict[int, int]:
        for cut in range(3, len(name) - 2):
            first, second = self._numbers.get(name[:cut]), self._numbers.get(name[cut:])
            if first is not None and second is not None:
                return {first: 80, second: 80}
        return {}

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
        for number in sorted({*hits, *shared}):
            text = self._texts[number]
            if text.kind in (MEANING, TOPIC) or (text.kind in (SYMPTOM, SAYING) and query.is_paste):
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

    def _score_places(self, text: Text, query: Query, hits: list[tuple[int, int, int]]) -> float:
        """Score a wording inside a long text: as a line of its own, or in one piece."""
        places = sorted(
            (place, segment, index, variant, likeness)
            for index, variant, likeness in hits
            for place, segment in query.words[index].places
        )
        return max(self._score_segments(text, query, places), score_windows(text, places, query.is_paste))

    def _score_segments(self, text: Text, query: Query, places: list[tuple[int, int, int, int, int]]) -> float:
        best = 0.0
        by_segment: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for _, segment, *hit in places:
            by_segment[segment].append((hit[0], hit[1], hit[2]))
        for segment, rows in by_segment.items():
            held, told = pair(text.words, query, rows)
            best = max(best, balance(held / (100 * text.total), min(1.0, told / (100 * query.segments[segment]))))
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

    def _explain(self, query: Query) -> dict[int, tuple[int, int]]:
        """Return how much of the query all texts of a status explain together, and how many of its telling words."""
        told: dict[int, tuple[int, int]] = {}
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
            factor = SHARED if most else ELSEWHERE
            most.update({topic: likeness * factor for topic, likeness in elsewhere.items()})
            for status, value in most.items():
                before, words = told.get(status, (0, 0))
                told[status] = before + word.weight * value, words + (word.weight > COMMON)
        return told

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
