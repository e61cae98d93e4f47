"""The finder's data as plain JSON, made from a project: what wizard and site both search.

An index holds the wordings of all languages, because the reader's screen may be in any of them, and the descriptions
of some: those a reader writes in. Words of the interface come ready in the reader's language.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from helptree import kept
from helptree.cldr import language_name
from helptree.finder_text import tokenize
from helptree.model import Outcome, Status, Tree
from helptree.translator import Translator

WORDING, LABEL, SYMPTOM, MEANING, TOPIC = range(5)
WORDS = ("is", "similar", "contains", "label", "symptom", "meaning", "attested", "ours", "found", "nothing")
MAX_IDF = 220
# So many words of a group of synonyms are known in languages that the index does not describe statuses in.
FOREIGN = 6
_COMMON = Path(__file__).with_name("finder_common.yaml")

Row = tuple[int, int, str, str, int]


def index_of(translators: Sequence[Translator]) -> dict[str, Any]:
    """Return the index for readers of the first translator's locale, with descriptions in the locales of all."""
    translator = translators[0]
    reader, tree = translator.locale, translator.tree
    statuses = list(tree.statuses.values())
    rows = [row for number, status in enumerate(statuses) for row in _rows(status, number, translators)]
    return {
        "version": 1,
        "locale": reader,
        "statuses": [[status.id, translator.text(status.label).value] for status in statuses],
        "languages": {tag: language_name(tag, reader) for tag in sorted({row[2] for row in rows})},
        "words": {name: translator.ui(f"finder.{name}") for name in WORDS},
        "idf": [_idf(count, len(statuses)) for count in range(len(statuses) + len(tree.other_topics) + 1)],
        "common": " ".join(common_words()),
        "synonyms": [" ".join(_words(group, translators, FOREIGN)) for group in tree.synonyms],
        # Words about other topics in other languages are unknown to the finder all the same.
        "topics": [" ".join(_words(topic, translators, 0)) for topic in tree.other_topics],
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


@cache
def common_words() -> tuple[str, ...]:
    """Return the words that say little about any subject, in all languages, in the form the finder compares."""
    return tuple(sorted(frozenset().union(*_common_by_language().values())))


def vocabulary(translator: Translator) -> frozenset[str]:
    """Return the words by which a description in one language is known: common ones, and those of our own texts."""
    texts = [
        translator.text(entry).value
        for status in translator.tree.statuses.values()
        for _, entry in _descriptions(translator.tree, status)
    ]
    known = _common_by_language().get(translator.locale.split("-")[0], frozenset())
    return known | {token.text for text in texts for token in tokenize(text)}


def _words(by_locale: Mapping[str, Sequence[str]], translators: Sequence[Translator], foreign: int) -> list[str]:
    """Return words as the finder compares them: all in the languages of the translators, the first few of others.

    One character of a script without spaces is no word.
    """
    spoken = {translator.locale.split("-")[0] for translator in translators}
    words = [
        word
        for locale, found in by_locale.items()
        for word in (found if locale.split("-")[0] in spoken else found[:foreign])
    ]
    tokens = {token.text for word in words for token in tokenize(word)}
    return sorted(text for text in tokens if len(text) > 1)


def index_script(index: dict[str, Any]) -> str:
    """Return the index as a script: pages opened from a disk may not fetch, but may load scripts."""
    # `<` is escaped so that the script can also stand inside a page.
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"globalThis.helptreeFinderIndex={data};\n"


def _rows(status: Status, number: int, translators: Sequence[Translator]) -> Iterator[Row]:
    seen = set()
    for wording in status.wordings:
        yield number, WORDING, wording.locale, wording.text, int(wording.attested)
    for translator in translators:
        for kind, entry in _descriptions(translator.tree, status):
            text = translator.text(entry)
            if (kind, text.value) not in seen:
                seen.add((kind, text.value))
                yield number, kind, text.locale, text.value, 0


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
