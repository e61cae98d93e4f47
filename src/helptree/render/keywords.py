"""Words under which the site's search finds a page besides its own: languages bend words, and people use others.

Material's search cuts endings in some languages only, and knows no synonyms. So each page brings, for the words of its
title, the words of the same meaning that authors collected for the finder, inflected forms among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from helptree.finder_scores import is_inflected
from helptree.finder_text import tokenize
from helptree.translator import Text

MOST = 60
_BEGINNING = 4

Groups = tuple[Mapping[str, tuple[str, ...]], ...]


class _Words:
    """The synonyms of one language: which groups a word belongs to, by how words begin."""

    def __init__(self, groups: Groups, language: str) -> None:
        self.groups = groups
        self.words = [group.get(language, ()) for group in groups]
        self._by_beginning: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, words in enumerate(self.words):
            for word in words:
                for token in tokenize(word):
                    self._by_beginning[token.text[:_BEGINNING]].append((token.text, number))

    def groups_of(self, token: str) -> set[int]:
        found = self._by_beginning.get(token[:_BEGINNING], ())
        return {
            number
            for word, number in found
            if word == token or (min(len(word), len(token)) >= _BEGINNING and is_inflected(token, word))
        }


_kept: dict[str, _Words] = {}


def keywords_of(title: Text, groups: Groups) -> str:
    """Return the words of like meaning for the words of a title, in the title's language; '' without any."""
    language = title.locale.split("-")[0]
    known = _kept.get(language)
    if known is None or known.groups is not groups:
        known = _kept[language] = _Words(groups, language)
    numbers = {number: None for token in tokenize(title.value) for number in sorted(known.groups_of(token.text))}
    own = {word.casefold() for word in title.value.split()}
    # A few of each group rather than all of the first.
    most = MOST // len(numbers) if numbers else 0
    words = [word for number in numbers for word in known.words[number][:most] if word.casefold() not in own]
    return " ".join(dict.fromkeys(words))
