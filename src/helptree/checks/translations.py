"""Checks catalogs: a translation may hold no markup, link or placeholder that its source lacks.

One text is judged by translation_texts.py (errors) and translation_hints.py (warnings); what a language as a
whole must reach, by coverage.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

import polib

from helptree.catalogs import (
    Catalog,
    Translation,
    TranslationState,
    locale_of,
    parse_po,
    read_catalog,
    state_of,
)
from helptree.characters import find_bad_characters, is_blank
from helptree.checks.coverage import check_coverage
from helptree.checks.shape import check_locale
from helptree.checks.texts import check_words, link_rules
from helptree.checks.translation_hints import Wordings, find_strange_shape, find_terminology
from helptree.checks.translation_texts import compare
from helptree.content import Content
from helptree.entries import TextEntry
from helptree.glossary import Glossary, read_glossary
from helptree.load import GLOSSARY, REVIEW_SUFFIX, RawText
from helptree.plural_forms import default_plural_forms, plural_rule, same_rule
from helptree.problems import Location, Problem, nearest, problem
from helptree.reviews import Review, read_reviews
from helptree.shapes import LanguageFile, StatusFile, TreeFile

T = TypeVar("T")


def check_translations(content: Content, entries: list[TextEntry]) -> tuple[dict[str, Catalog], list[Problem]]:
    """Return the readable catalogs by locale, and all problems in them."""
    catalogs: dict[str, Catalog] = {}
    problems, judge = list(_check_languages(content)), Judge(content, entries)
    problems += judge.problems
    reviews = _read_all_reviews(content, problems)
    for raw in content.catalogs:
        catalog, found = _check_catalog(raw, content, judge, reviews.get(locale_of(raw.stem), {}))
        problems += found
        if catalog and catalog.locale in catalogs:
            problems.append(problem("duplicate-locale", Location(raw.name), value=raw.stem, other=catalog.locale))
        elif catalog:
            catalogs[catalog.locale] = catalog
    problems += _find_missing(content, catalogs)
    problems += check_coverage(content, catalogs, entries)
    return catalogs, problems


def _source_locale(content: Content) -> str:
    return content.tree.shape.source_locale if content.tree and isinstance(content.tree.shape, TreeFile) else "en"


def _check_languages(content: Content) -> Iterator[Problem]:
    for tag, item in content.of("language").items():
        assert isinstance(item.shape, LanguageFile)
        try:
            plural_rule(item.shape.plural_forms or "nplurals=1; plural=0;")
        except ValueError as error:
            where = item.at(("plural_forms",))
            yield problem("bad-value", where, where="plural_forms", value=item.shape.plural_forms, why=error)
        if not item.shape.plural_forms and not default_plural_forms(tag):
            yield problem("missing-key", item.at(), where=f"the language {tag!r}", key="plural_forms")
        known = set(content.of("language"))
        for index, other in enumerate(item.shape.fallback):
            if other not in known:
                names = {"where": "fallback", "value": other, "expected": "a language in catalogs/languages.yaml"}
                yield problem("unknown-target", item.at(("fallback", index)), suggestion=nearest(other, known), **names)


def _find_missing(content: Content, catalogs: dict[str, Catalog]) -> Iterator[Problem]:
    for tag, item in content.of("language").items():
        assert isinstance(item.shape, LanguageFile)
        if tag != _source_locale(content) and tag not in catalogs and item.shape.state != "off":
            yield problem("missing-locale", item.at(), value=tag, file=f"{tag.replace('-', '_')}.po")


def _read_sheet(raw: RawText, read: Callable[[str], T], problems: list[Problem]) -> T | None:
    try:
        return read(raw.text)
    except ValueError as error:
        found = re.match(r"line (\d+): ", str(error))
        where = Location(raw.name, int(found[1]) if found else 1)
        problems.append(problem("sheet-syntax", where, why=str(error).removeprefix(found[0] if found else "")))
        return None


def _read_all_reviews(content: Content, problems: list[Problem]) -> dict[str, dict[str, Review]]:
    reviews = {}
    for raw in content.sheets:
        if raw.name.endswith(REVIEW_SUFFIX):
            locale = locale_of(raw.stem.removesuffix(".review"))
            reviews[locale] = _read_sheet(raw, read_reviews, problems) or {}
    return reviews


class Judge:
    """Judges translations one by one: all that has to be known of the content for it is looked up once."""

    def __init__(self, content: Content, entries: list[TextEntry]) -> None:
        self.entries = {entry.key: entry for entry in entries}
        self.problems: list[Problem] = []
        self._rules, self._wordings = link_rules(content), Wordings(content)
        self._labels = {
            id_: i.shape.label for id_, i in content.of("status").items() if isinstance(i.shape, StatusFile)
        }
        self._languages = {t: i.shape for t, i in content.of("language").items() if isinstance(i.shape, LanguageFile)}
        sheets = [raw for raw in content.sheets if raw.name == GLOSSARY]
        read = _read_sheet(sheets[0], read_glossary, self.problems) if sheets else None
        self.glossary = read or Glossary()

    def plural_forms(self, locale: str) -> str | None:
        """Return the plural rule of a declared language; None when it is not declared or has none that works."""
        row = self._languages.get(locale)
        header = row and (row.plural_forms or default_plural_forms(locale))
        try:
            return header if header and plural_rule(header) else None
        except ValueError:
            return None

    def find_errors(self, entry: TextEntry, translation: Translation, locale: str, where: Location) -> list[Problem]:
        """Return what stops a build."""
        problems = list(self._check_plural(translation, entry, where, locale))
        for text in filter(None, translation.forms):
            if is_blank(text):
                problems.append(problem("empty-translation", where, locale=locale))
                continue
            if len(text) > entry.max_length:
                limit = entry.max_length
                problems.append(
                    problem("too-long", where, what=entry.key, length=len(text), limit=limit, locale=locale)
                )
            for _, code, names in find_bad_characters(text):
                problems.append(problem(code, where, **{**names, "locale": locale}))
            problems += check_words(text, where, self._rules)
            # A stale translation is judged by the English it was made from: it is shown to nobody.
            is_stale = translation.state_for(entry.text, entry.plural) is TranslationState.STALE
            source = (translation.previous or translation.source) if is_stale else entry.text
            is_plural = bool(entry.plural)
            problems += compare(source, text, where, self.glossary, is_plural=is_plural, locale=locale)
        return problems

    def _check_plural(
        self, translation: Translation, entry: TextEntry, where: Location, locale: str
    ) -> Iterator[Problem]:
        header = self.plural_forms(locale)
        if entry.plural and header and len(translation.forms) != (count := plural_rule(header)[0]):
            why = f"{len(translation.forms)} plural forms; {locale} has {count}"
            yield problem("plural-forms", where, why=why, locale=locale)

    def find_hints(self, entry: TextEntry, catalog: Catalog, where: Location) -> Iterator[Problem]:
        """Yield what may be wrong with a translation that is shown."""
        translation, locale = catalog.entries[entry.key], catalog.locale
        state, text = translation.state_for(entry.text, entry.plural), translation.forms[0]
        if not state.is_current:
            return
        if state is not TranslationState.REVIEWED and not entry.plural:
            yield from find_strange_shape(entry, text, where, self.glossary, locale)
        yield from find_terminology(entry, text, where, self.glossary, locale)
        yield from self._wordings.check(entry, text, where, locale, catalog, self._labels)


def _check_catalog(
    raw: RawText, content: Content, judge: Judge, reviews: dict[str, Review]
) -> tuple[Catalog | None, list[Problem]]:
    where, locale = Location(raw.name), locale_of(raw.stem)
    if problems := list(check_locale(locale, where)):
        return None, problems
    if locale not in content.of("language"):
        languages = set(content.of("language"))
        return None, [problem("unknown-target", where, suggestion=nearest(locale, languages), where="the file name",
                              value=locale, expected="a language in catalogs/languages.yaml")]  # fmt: skip
    try:
        po = parse_po(raw.text)
    except ValueError as error:
        return None, [problem("catalog-syntax", _syntax_place(raw.name, str(error)), why=error, locale=locale)]
    catalog = read_catalog(locale, po, reviews)
    problems = list(_check_header(po, judge.plural_forms(locale), where, locale))
    seen = Counter(e.msgctxt for e in po if not e.obsolete)
    problems += [problem("duplicate-entry", where, value=key, locale=locale) for key, n in seen.items() if n > 1]
    problems += _check_entries(raw.name, catalog, judge)
    problems += _check_states(raw.name, catalog, judge.entries)
    return catalog, problems


def _check_header(po: polib.POFile, header: str | None, where: Location, locale: str) -> Iterator[Problem]:
    """An editor with another rule shows a translator other numbers than a reader will meet."""
    found = po.metadata.get("Plural-Forms", "")
    try:
        if found and header and not same_rule(found, header):
            yield problem("plural-forms", where, why=f"the header's rule is not that of {locale}", locale=locale)
    except ValueError as error:
        yield problem("plural-forms", where, why=f"the header's rule cannot be read; {error}", locale=locale)


def _syntax_place(name: str, why: str) -> Location:
    found = re.search(r"line (\d+)", why)
    return Location(name, max(1, int(found[1])) if found else 1)


def _check_entries(name: str, catalog: Catalog, judge: Judge) -> Iterator[Problem]:
    for key, translation in catalog.entries.items():
        where, entry = Location(name, translation.line), judge.entries.get(key)
        if entry is None:
            suggestion = nearest(key, judge.entries, cutoff=85)
            yield problem("unknown-entry", where, suggestion=suggestion, value=key, locale=catalog.locale)
            continue
        yield from judge.find_errors(entry, translation, catalog.locale, where)
        yield from judge.find_hints(entry, catalog, where)


def _check_states(name: str, catalog: Catalog, entries: dict[str, TextEntry]) -> Iterator[Problem]:
    for key, entry in entries.items():
        state = state_of(catalog, entry)
        if state is TranslationState.MISSING:
            text = entry.text if len(entry.text) < 60 else entry.text[:59] + "…"
            names = {"locale": catalog.locale, "key": key, "text": text, "file": name}
            # The interface's English is no file of the author's: its gap is told in the catalog.
            where = Location(name) if key.startswith("ui.") else entry.location
            yield problem("missing-translation", where, **names)
        elif state is TranslationState.STALE:
            where = Location(name, catalog.entries[key].line)
            yield problem("stale-translation", where, locale=catalog.locale, key=key)
