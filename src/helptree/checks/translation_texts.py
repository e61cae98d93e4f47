"""Checks one translation against its English: the same gaps, links, marks and numbers, and no hidden character.

Everything here is an error: such a text could mislead a reader or break a page. These are the named tests of
pofilter that matter (pythonbraceformat, numbers, urls, xmltags, newlines, emails, escapes, brackets,
doublespacing, notranslatewords), made for our Markdown: pofilter knows neither our links nor plural forms that
drop their number, is GPL, and takes a process of its own. Tests compare the two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from helptree.characters import name_of
from helptree.glossary import Glossary
from helptree.placeholders import names_in
from helptree.problems import Location, Problem, problem

_MARKS = {
    "links": re.compile(r"\]\(\s*([^)\s]*)"),
    "bold marks": re.compile(r"\*\*|__"),
    "code marks": re.compile(r"`+"),
    # Whatever could be markup and is none of the above: emphasis, strike, entity, backslash, bracket of a link.
    "other marks": re.compile(r"(?<!\*)\*(?!\*)|(?<![^\W_])_(?!_)|(?<!_)_(?![^\W_])|~+|&#?\w+;|\\|!?\[|\]"),
    "mail addresses": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
}
_ANY_MARK = re.compile(r"[*_~&\\\[\]`@]")
# Digits with the separators that languages put between groups of three or before decimals.
# A set alone in the beginning is searched fast; a repeated one is not.
_NUMBER = re.compile(r"[0-9][0-9]*(?:[.,'’\u00a0\u202f][0-9]+|[ ][0-9]{3}(?![0-9]))*")
_DIGIT = re.compile(r"[^\D0-9]")
_SEPARATOR = re.compile(r"\D")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[ \u00a0\u202f]{2}")


class _Traits(NamedTuple):
    """What a text and its translation have in common: gaps, marks by what they are called, mail addresses, numbers."""

    placeholders: Counter[str]
    marks: Mapping[str, Counter[str]]
    numbers: Counter[str]
    paragraphs: int
    is_spaced: bool
    is_even: bool


def _read_traits(text: str) -> _Traits:
    has_marks = _ANY_MARK.search(text)
    return _Traits(
        placeholders=_count(names_in(text)),
        marks={called: _count(pattern.findall(text)) for called, pattern in _MARKS.items()} if has_marks else _NO_MARKS,
        numbers=numbers_in(text),
        paragraphs=text.count("\n\n"),
        is_spaced="  " in text or (not text.isascii() and bool(_SPACES.search(text))),
        is_even=text.count("(") + text.count("（") == text.count(")") + text.count("）"),
    )


# Most texts have none of what is counted: one empty counter, which is compared at a glance, serves them all.
_NONE: Counter[str] = Counter()
_NO_MARKS = dict.fromkeys(_MARKS, _NONE)


def _count(found: list[str]) -> Counter[str]:
    return Counter(found) if found else _NONE


def _differ(one: Counter[str], other: Counter[str]) -> bool:
    return one is not other and one != other


# The English is compared with every language.
_traits_of_source = lru_cache(maxsize=50_000)(_read_traits)


def compare(
    source: str, text: str, where: Location, glossary: Glossary, *, is_plural: bool = False, locale: str = ""
) -> Iterator[Problem]:
    """Yield what a translation must not do to its English. `is_plural`: a form may say its number in words."""
    wanted, found = _traits_of_source(source), _read_traits(text)
    for code, why in _differences(wanted, found, is_plural):
        yield problem(code, where, why=why, locale=locale)
    if why := _compare_space(source, text, wanted, found):
        yield problem("whitespace-mismatch", where, why=why, locale=locale)
    if not text.isascii():
        yield from _find_foreign(source, text, where, locale)
    for term in glossary.terms_in(source):
        if term.is_kept and term.term not in text:
            yield problem("protected-term", where, term=term.term, locale=locale)


def _differences(wanted: _Traits, found: _Traits, is_plural: bool) -> Iterator[tuple[str, str]]:
    # "One" may be written as a word: a plural form may drop its number, never add or repeat one.
    if _differ(wanted.placeholders, found.placeholders) and (found.placeholders - wanted.placeholders or not is_plural):
        yield (
            "placeholder-mismatch",
            f"placeholders {_names(found.placeholders)} instead of {_names(wanted.placeholders)}",
        )
    for called in _MARKS if wanted.marks is not found.marks else ():
        if _differ(wanted.marks[called], found.marks[called]):
            yield "markup-mismatch", f"the {called} differ from the source"
    if wanted.is_even and not found.is_even:
        yield "markup-mismatch", "a parenthesis is left open or closed twice"
    if _differ(wanted.numbers, found.numbers):
        yield "number-mismatch", f"numbers {_list(found.numbers)} instead of {_list(wanted.numbers)}"


def _names(found: Counter[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in found.elements()) or "none"


def _compare_space(source: str, text: str, wanted: _Traits, found: _Traits) -> str:
    if wanted.paragraphs != found.paragraphs or ("\n" in text and "\n" not in source):
        return "the paragraphs differ from the source"
    if source[:1].isspace() != text[:1].isspace() or source[-1:].isspace() != text[-1:].isspace():
        return "white space at one end differs from the source"
    return "there are two spaces in a row" if found.is_spaced and not wanted.is_spaced else ""


def numbers_in(text: str) -> Counter[str]:
    """Return the numbers of a text as their digits alone: 1,000 and 1.000 and 1 000 are the same."""
    return _count([_SEPARATOR.sub("", number) for number in _NUMBER.findall(text)])


def _list(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "none"


def _find_foreign(source: str, text: str, where: Location, locale: str) -> Iterator[Problem]:
    """The page sets the direction of a text and of every foreign word in it; a hidden mark would fight with it."""
    if foreign := _DIGIT.search(text):
        yield problem("foreign-digit", where, char=name_of(foreign[0]), locale=locale)
    if _DIRECTION.search(text):
        for char in Counter(_DIRECTION.findall(text)) - Counter(_DIRECTION.findall(source)):
            yield problem("bidi-control", where, char=name_of(char), why="is not in the source", locale=locale)
