"""Looks for translations that may be wrong: unchanged, of a strange length, without the glossary's words.

Everything here is a warning. What has been reviewed is not suspected for its shape; words are compared all the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from helptree.catalogs import Catalog, Translation, TranslationState
from helptree.glossary import Glossary
from helptree.locales import is_pseudo
from helptree.problems import Location, Problem, problem
from helptree.text_entry import TextEntry

_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_WORDS = re.compile(r"\{\w+\}|\]\([^)]*\)|`[^`]*`")
_QUOTED = re.compile(r"[\"“„«「‹]\s*([^\"“”„«»「」‹›]{2,80}?)\s*[\"”“»」›]")
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
_CLOSERS = "\"'”’»›」』⟧)） \u00a0\u202f\n*`"
_ENDS = {".": ".", "。": ".", "।": ".", "．": ".", "?": "?", "？": "?", "؟": "?", "!": "!", "！": "!", ":": ":",
         "：": ":", "…": "…"}  # fmt: skip
# Languages that write no full stop.
_NO_STOP = {"th", "lo"}


def find_strange_shape(entry: TextEntry, text: str, where: Location, glossary: Glossary, locale: str) -> list[Problem]:
    """Return warnings about the outer shape of a translation."""
    names = {"locale": locale, "key": entry.key}
    found = []
    if text == entry.text and _has_words(text, glossary):
        found.append(problem("unchanged-translation", where, **names))
    if why := _strange_length(entry.text, text):
        found.append(problem("strange-length", where, why=why, **names))
    ends = _end_of_source(entry.text), _end_of(text, locale)
    if ends[0] != ends[1] and not (locale.split("-")[0] in _NO_STOP and ends[0] == "."):
        told = [repr(end) if end else "no mark" for end in ends]
        found.append(problem("end-punctuation", where, why=f"ends with {told[1]} instead of {told[0]}", **names))
    return found


def _has_words(text: str, glossary: Glossary) -> bool:
    for kept in glossary.kept:
        text = text.replace(kept, "")
    return len(_WORD.findall(_NO_WORDS.sub("", text))) >= 2


def _strange_length(source: str, text: str) -> str:
    before, after = len(source), len(text)
    if not text.isascii():
        after += len(_WIDE.findall(text))
    if after > 2 * before + 20:
        return f"{len(text)} characters for {before}"
    return f"only {len(text)} characters for {before}" if 3 * after + 10 < before else ""


def _end_of(text: str, locale: str) -> str:
    text = text.rstrip(_CLOSERS)
    # Greek asks with a semicolon.
    return "?" if locale == "el" and text[-1:] in ";\u037e" else _ENDS.get(text[-1:], "")


@lru_cache(maxsize=50_000)
def _end_of_source(text: str) -> str:
    return _end_of(text, "en")


def find_terminology(
    entry: TextEntry, text: str, where: Location, glossary: Glossary, locale: str
) -> Iterator[Problem]:
    """Yield a warning for every term of the glossary that is translated by another word."""
    for term in glossary.terms_in(entry.text):
        accepted = term.accepted.get(locale, ())
        if not term.is_kept and accepted and not _holds(text, accepted):
            names = {"term": term.term, "accepted": " or ".join(accepted), "key": entry.key}
            yield problem("terminology", where, locale=locale, **names)


def _holds(text: str, wanted: tuple[str, ...]) -> bool:
    folded = _fold(text)
    return any(_fold(word) in folded for word in wanted)


@lru_cache(maxsize=50_000)
def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("’", "'").split())


class Wordings:
    """What statuses are called: in English, to find them in quotes, and in each language."""

    def __init__(self, labels: Mapping[str, str], wordings: Mapping[str, Mapping[str, list[str]]]) -> None:
        """`labels`: status -> its English name; `wordings`: status -> language -> what screens show."""
        self._english: dict[str, list[str]] = {}
        self._local, self._labels = wordings, labels
        for id_, label in labels.items():
            for text in [label, *wordings[id_].get("en", [])]:
                self._english.setdefault(_fold(text), []).append(id_)

    def check(self, entry: TextEntry, text: str, where: Location, locale: str, catalog: Catalog) -> Iterator[Problem]:
        """Yield a warning when a status quoted in the English is called by a name that is not its own."""
        if '"' not in entry.text or is_pseudo(locale):
            return
        for quoted in _QUOTED.findall(entry.text):
            ids = self._english.get(_fold(quoted.rstrip(".,")), [])
            accepted = tuple(name for id_ in ids for name in self._names(id_, locale, catalog))
            # Words that another language shows for a neighbouring status are real too: some mean two statuses.
            if accepted and not _holds(text, (*accepted, quoted, *self._on_screens(locale))):
                names = {"value": quoted, "accepted": " or ".join(dict.fromkeys(accepted)), "key": entry.key}
                yield problem("wording-differs", where, locale=locale, **names)

    def _on_screens(self, locale: str) -> Iterator[str]:
        """Yield the words that screens in a language show for any status."""
        for wordings in self._local.values():
            yield from wordings.get(locale, [])

    def _names(self, id_: str, locale: str, catalog: Catalog) -> Iterator[str]:
        for tag, texts in self._local[id_].items():
            if tag == locale or tag.split("-")[0] == locale.split("-")[0]:
                yield from texts
        found = catalog.entries.get(f"status.{id_}.label")
        if found and _is_current(found, self._labels.get(id_, "")):
            yield found.forms[0]


def _is_current(translation: Translation, source: str) -> bool:
    return translation.state_for(source) in (TranslationState.TRANSLATED, TranslationState.REVIEWED)
