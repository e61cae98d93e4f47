"""Checks one translation against its English: the same gaps, links, marks and numbers, and no hidden character.

Everything here is an error: such a text could mislead a reader or break a page. These are the named tests of
pofilter that matter (pythonbraceformat, numbers, urls, xmltags, newlines, emails, escapes, brackets,
doublespacing, notranslatewords), made for our Markdown: pofilter knows neither our links nor plural forms that
drop their number, is GPL, and takes a process of its own. Tests compare the two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from helptree.characters import name_of
from helptree.glossary import Glossary
from helptree.placeholders import names_in
from helptree.problems import Location, Problem, problem

_LINK_TARGET = re.compile(r"\]\(\s*([^)\s]*)")
_BOLD = re.compile(r"\*\*|__")
_CODE = re.compile(r"`+")
# Whatever could be markup and is none of the above: emphasis, strike, entity, backslash, bracket of a link.
_OTHER_MARKS = re.compile(r"(?<!\*)\*(?!\*)|(?<![^\W_])_(?!_)|(?<!_)_(?![^\W_])|~+|&#?\w+;|\\|!?\[|\]")
_ANY_MARK = re.compile(r"[*_~&\\\[\]`]")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Digits with the separators that languages put between groups of three or before decimals.
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f]\d+|[ ]\d{3}(?!\d))*")
_DIGIT = re.compile(r"(?![0-9])\d")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[ \u00a0\u202f]{2}")
_OPENING, _CLOSING = re.compile(r"[(（]"), re.compile(r"[)）]")


def compare(
    source: str, text: str, where: Location, glossary: Glossary, *, is_plural: bool = False, locale: str = ""
) -> Iterator[Problem]:
    """Yield what a translation must not do to its English. `is_plural`: a form may say its number in words."""
    yield from _compare_placeholders(source, text, where, is_plural, locale)
    yield from _compare_space(source, text, where, locale)
    yield from _compare_marks(source, text, where, locale)
    yield from _compare_numbers(source, text, where, locale)
    yield from _find_direction(source, text, where, locale)
    for term in glossary.terms_in(source):
        if term.is_kept and term.term not in text:
            yield problem("protected-term", where, term=term.term, locale=locale)


def _compare_placeholders(source: str, text: str, where: Location, is_plural: bool, locale: str) -> Iterator[Problem]:
    wanted, found = Counter(names_in(source)), Counter(names_in(text))
    # "One" may be written as a word: a plural form may drop its number, never add or repeat one.
    if found - wanted or (wanted - found and not is_plural):
        why = f"placeholders {_names(found)} instead of {_names(wanted)}"
        yield problem("placeholder-mismatch", where, why=why, locale=locale)


def _names(found: Counter[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in found.elements()) or "none"


def _compare_space(source: str, text: str, where: Location, locale: str) -> Iterator[Problem]:
    if source.count("\n\n") != text.count("\n\n") or ("\n" in text and "\n" not in source):
        yield problem("whitespace-mismatch", where, why="the paragraphs differ from the source", locale=locale)
    elif source[:1].isspace() != text[:1].isspace() or source[-1:].isspace() != text[-1:].isspace():
        yield problem("whitespace-mismatch", where, why="white space at one end differs from the source", locale=locale)
    elif _SPACES.search(text) and not _SPACES.search(source):
        yield problem("whitespace-mismatch", where, why="there are two spaces in a row", locale=locale)


def _compare_marks(source: str, text: str, where: Location, locale: str) -> Iterator[Problem]:
    rows = ((_LINK_TARGET, "links"), (_BOLD, "bold marks"), (_CODE, "code marks"), (_OTHER_MARKS, "other marks"))
    if _ANY_MARK.search(source) or _ANY_MARK.search(text):
        for pattern, called in rows:
            if Counter(pattern.findall(source)) != Counter(pattern.findall(text)):
                yield problem("markup-mismatch", where, why=f"the {called} differ from the source", locale=locale)
    if "@" in source + text and Counter(_MAIL.findall(source)) != Counter(_MAIL.findall(text)):
        yield problem("markup-mismatch", where, why="the mail addresses differ from the source", locale=locale)
    if _is_even(source) and not _is_even(text):
        yield problem("markup-mismatch", where, why="a parenthesis is left open or closed twice", locale=locale)


def _is_even(text: str) -> bool:
    return len(_OPENING.findall(text)) == len(_CLOSING.findall(text))


def _compare_numbers(source: str, text: str, where: Location, locale: str) -> Iterator[Problem]:
    if foreign := _DIGIT.search(text):
        yield problem("foreign-digit", where, char=name_of(foreign[0]), locale=locale)
        return
    wanted, found = numbers_in(source), numbers_in(text)
    if wanted != found:
        why = f"numbers {_list(found)} instead of {_list(wanted)}"
        yield problem("number-mismatch", where, why=why, locale=locale)


def numbers_in(text: str) -> Counter[str]:
    """Return the numbers of a text as their digits alone: 1,000 and 1.000 and 1 000 are the same."""
    return Counter(re.sub(r"\D", "", number) for number in _NUMBER.findall(text))


def _list(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "none"


def _find_direction(source: str, text: str, where: Location, locale: str) -> Iterator[Problem]:
    """The page sets the direction of a text and of every foreign word in it; a hidden mark would fight with it."""
    if text.isascii():
        return
    for char in Counter(_DIRECTION.findall(text)) - Counter(_DIRECTION.findall(source)):
        yield problem("bidi-control", where, char=name_of(char), why="is not in the source", locale=locale)
