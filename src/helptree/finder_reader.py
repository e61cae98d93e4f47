"""Reads a query by the words of one index: what each word may stand for, what it weighs, where it stands.

Written twice, like finder.py: docs/assets/finder.js has the same functions under the same names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from helptree.finder_index import LABEL, TOPIC, WORDING
from helptree.finder_scores import (
    COMMON,
    INFLECTED,
    SYNONYM,
    Query,
    Text,
    Word,
    grams_of,
    is_inflected,
    is_one_error,
    with_one_less,
)
from helptree.finder_text import Token, count_numbers, is_unspaced, tokenize

EXACT, PASTE_NUMBERS = 100, 3
SHORT = 80
UNKNOWN, UNKNOWN_SHORT, UNKNOWN_TINY = 200, 100, 25


class QueryReader:
    """One index, ready to be searched."""

    def __init__(self, index: Mapping[str, Any]):
        self._index = index
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._common = frozenset(index["common"].split(" "))
        self._screen = {_line_of(tokenize(text)) for text in index["screen"]}
        self._spoken = {row[2] for row in index["texts"] if row[1] == LABEL}
        rows = [(row, self._number_words(row[3])) for row in index["texts"]]
        rows += [
            ([len(index["statuses"]) + topic, TOPIC, "", "", 0], self._number_list(words))
            for topic, words in enumerate(index["topics"])
        ]
        synonyms = [self._number_list(words) for words in index["synonyms"]]
        self._life = [len(index["statuses"]) + topic for topic in index["life"]]
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

    def _read(self, text: str) -> Query:
        tokens, is_paste = tokenize(text), count_numbers(text) >= PASTE_NUMBERS
        tokens = self._mend(self._without_screen(tokens) if is_paste else tokens)
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
        return Query(list(words.values()), total, segments, grams, is_paste)

    def _without_screen(self, tokens: list[Token]) -> list[Token]:
        """Leave out the lines of a page that are buttons and headings."""
        lines: dict[int, list[Token]] = defaultdict(list)
        for token in tokens:
            lines[token.segment].append(token)
        return [token for line in lines.values() if _line_of(line) not in self._screen for token in line]

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
                found[word] = INFLECTED
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


def _line_of(tokens: Iterable[Token]) -> str:
    """Return what a line of a page is known by, whatever the order of its words."""
    return " ".join(sorted({token.text for token in tokens}))
