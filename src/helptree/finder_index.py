"""The finder's data as plain JSON, made from a project: what wizard and site both search.

An index holds the wordings of all languages, because the reader's screen may be in any of them, and the descriptions
of some: those a reader writes in. Words of the interface come ready in the reader's language.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from helptree import kept
from helptree.cldr import language_name
from helptree.finder_text import tokenize
from helptree.model import OtherTopic, Outcome, Status, Tree
from helptree.translator import Translator

WORDING, LABEL, SYMPTOM, MEANING, TOPIC, SAYING = range(6)
WORDS = ("is", "similar", "contains", "label", "symptom", "meaning", "attested", "ours", "found", "nothing")
MAX_IDF = 220
# So many words of a group of synonyms are known: in the reader's language, in one with other descriptions, in others.
ALL, SPOKEN, FOREIGN = 1_000, 12, 1
# Marks around a word: no more of it is compared than letters.
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_COMMON = Path(__file__).with_name("finder_common.yaml")

Row = tuple[int, int, str, str, int]


def index_of(translators: Sequence[Translator], told_in: Iterable[str] = ()) -> dict[str, Any]:
    """Return the index for readers of the first translator's locale, with descriptions in the locales of all.

    `told_in`: languages whose sayings it holds instead of those of the reader's.
    """
    translator = translators[0]
    reader, tree = translator.locale, translator.tree
    statuses = list(tree.statuses.values())
    rows = [row for number, status in enumerate(statuses) for row in _rows(status, number, translators)]
    languages = list(told_in) or [_base(reader)]
    spoken = {_base(each.locale): SPOKEN for each in translators} | dict.fromkeys(languages, ALL)
    rows += _sayings(tree, languages)
    return {
        "version": 1,
        "locale": reader,
        "statuses": [[status.id, translator.text(status.label).value] for status in statuses],
        "languages": {tag: language_name(tag, reader) for tag in sorted({row[2] for row in rows})},
        "words": {name: translator.ui(f"finder.{name}") for name in WORDS},
        "idf": [_idf(count, len(statuses)) for count in range(len(statuses) + len(tree.other_topics) + 1)],
        "common": " ".join(common_words(spoken)),
        "synonyms": [_each_once(_words(group, spoken, FOREIGN), frozenset()) for group in tree.synonyms],
        # Words about other topics in other languages are unknown to the finder all the same.
        "topics": [_topic_words(topic, spoken) for topic in tree.other_topics],
        "life": [number for number, topic in enumerate(tree.other_topics) if topic.is_of_life],
        "screen": list(_screen(tree, spoken)),
        "texts": rows,
    }


def site_index(translator: Translator) -> str:
    """Return the script that the site loads for one locale: descriptions in it and in the source language."""
    spoken = dict.fromkeys([translator.locale, translator.tree.source_locale])
    return index_script(index_of([translator.into(locale) for locale in spoken]))


@cache
def _common_by_language() -> dict[str, frozenset[str]]:
    return kept.remember(f"common-words-{kept.engine_key()}", _read_common)


def _read_common() -> dict[str, frozenset[str]]:
    import yaml  # costly, and seldom needed

    texts = yaml.load(_COMMON.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return {language: frozenset(token.text for token in tokenize(text)) for language, text in texts.items()}


def common_words(languages: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the words of some languages that say little about any subject, in the form the finder compares."""
    known = _common_by_language()
    return tuple(sorted(frozenset().union(*(known.get(language, ()) for language in languages))))


def told_languages(tree: Tree) -> frozenset[str]:
    """Return the languages that the tree has sayings in."""
    return frozenset(language for said in tree.sayings.values() for language in said)


def told_vocabulary(tree: Tree, language: str) -> frozenset[str]:
    """Return the words by which a saying in a language is known: common ones, and those of all its sayings."""
    said = [by_language.get(language, "") for by_language in tree.sayings.values()]
    said += [topic.sayings.get(language, "") for topic in tree.other_topics]
    return _common_by_language().get(language, frozenset()) | _words_said(said)


def vocabulary(translator: Translator) -> frozenset[str]:
    """Return the words by which a description in one language is known: common ones, and those of our own texts."""
    texts = [
        translator.text(entry).value
        for status in translator.tree.statuses.values()
        for _, entry in _descriptions(translator.tree, status)
    ]
    told = told_vocabulary(translator.tree, _base(translator.locale))
    return told | {token.text for text in texts for token in tokenize(text)}


def _words(by_locale: Mapping[str, Sequence[str]], spoken: Mapping[str, int], foreign: int) -> Iterator[str]:
    """Yield the first words in each language: as many as `spoken` says, or `foreign`."""
    for locale, words in by_locale.items():
        yield from words[: spoken.get(_base(locale), foreign)]


def _topic_words(topic: OtherTopic, spoken: Mapping[str, int]) -> str:
    """Return the words of another topic that its sayings do not hold."""
    told = _words_said(topic.sayings.get(language, "") for language in spoken)
    return _each_once(_words(topic.words, spoken, 0), told)


def _screen(tree: Tree, spoken: Iterable[str]) -> Iterator[str]:
    """Yield the buttons and headings around a status, in languages that readers write in."""
    for language in spoken:
        yield from tree.screen.get(language, "").splitlines()


def _words_said(sayings: Iterable[str]) -> frozenset[str]:
    """Return the words of sayings, one a line: all of a topic's together may be longer than a query is read."""
    return frozenset(token.text for said in sayings for line in said.splitlines() for token in tokenize(line))


def _each_once(words: Iterable[str], known: frozenset[str]) -> str:
    """Return the words that the finder tells from those before and from `known`, sorted, composed: that packs well."""
    seen, kept = set(known), set()
    for word in words:
        tokens = {token.text for token in tokenize(word)}
        if not tokens <= seen:
            seen |= tokens
            kept.add(normalize("NFC", _EDGES.sub("", word.lower())))
    return " ".join(sorted(kept))


def _base(locale: str) -> str:
    return locale.split("-")[0]


def index_script(index: dict[str, Any]) -> str:
    """Return the index as a script: pages opened from a disk may not fetch, but may load scripts."""
    # `<` is escaped so that the script can also stand inside a page.
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"globalThis.helptreeFinderIndex={data};\n"


def _rows(status: Status, number: int, translators: Sequence[Translator]) -> Iterator[Row]:
    seen = set()
    is_told = _base(translators[0].locale) in translators[0].tree.sayings.get(status.id, ())
    for wording in status.wordings:
        yield number, WORDING, wording.locale, wording.text, int(wording.attested)
    for translator in translators:
        for kind, entry in _descriptions(translator.tree, status):
            text = translator.text(entry)
            # Meanings are long, and say less than sayings do.
            if (kind, text.value) not in seen and (kind != MEANING or not is_told):
                seen.add((kind, text.value))
                yield number, kind, text.locale, text.value, 0


def _sayings(tree: Tree, languages: Sequence[str]) -> Iterator[Row]:
    """Yield what readers say of each status, and then of each other topic: the words that tell something.

    "I need it for my exam" tells nothing about a status, though it is said of one.
    """
    statuses = [tree.sayings[id_] for id_ in tree.statuses]
    for language in languages:
        common = frozenset(common_words([language]))
        life = common.union(*(_life_words(topic, language) for topic in tree.other_topics if topic.is_of_life))
        for number, said in enumerate([*statuses, *(topic.sayings for topic in tree.other_topics)]):
            for line in said.get(language, "").splitlines():
                known = life if number < len(statuses) else common
                yield number, SAYING, language, _each_once(line.split(), known), 0


def _life_words(topic: OtherTopic, language: str) -> Iterator[str]:
    for word in _words(topic.words, {language: ALL}, 0):
        yield from (token.text for token in tokenize(word) if len(token.text) > 1)


def _descriptions(tree: Tree, status: Status) -> Iterator[tuple[int, Any]]:
    yield LABEL, status.label
    for symptom in status.symptoms:
        yield SYMPTOM, symptom
    yield MEANING, status.meaning
    node = tree.node(status.leads_to)
    if isinstance(node, Outcome):
        yield MEANING, node.title


def _idf(count: int, statuses: int) -> int:
    """Return what a word is worth that `count` statuses share. Whole numbers, so that both languages agree."""
    return min(MAX_IDF, max(8, round(100 * math.log((statuses + 1) / (count + 0.5)))))
