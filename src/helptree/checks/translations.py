"""Checks catalogs: a translation may hold no markup, link or placeholder that its source lacks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from helptree.catalogs import Catalog, Translation, TranslationState, locale_of, parse_po, read_catalog
from helptree.characters import find_bad_characters, is_blank
from helptree.checks.markdown import LinkRules
from helptree.checks.shape import check_locale
from helptree.checks.texts import PLACEHOLDER, check_words, link_rules
from helptree.content import Content
from helptree.entries import TextEntry
from helptree.load import RawText
from helptree.locales import plural_rule
from helptree.problems import Location, Problem, nearest, problem
from helptree.shapes import LanguageFile, TreeFile

_LINK_TARGET = re.compile(r"\]\(\s*([^)\s]*)")
_BOLD = re.compile(r"\*\*|__")
_CODE = re.compile(r"`+")


def check_translations(content: Content, entries: list[TextEntry]) -> tuple[dict[str, Catalog], list[Problem]]:
    """Return the readable catalogs by locale, and all problems in them."""
    catalogs: dict[str, Catalog] = {}
    problems: list[Problem] = []
    by_key, rules = {entry.key: entry for entry in entries}, link_rules(content)
    for raw in content.catalogs:
        catalog, found = _check_catalog(raw, content, by_key, rules)
        problems += found
        if catalog and catalog.locale in catalogs:
            problems.append(problem("duplicate-locale", Location(raw.name), value=raw.stem, other=catalog.locale))
        elif catalog:
            catalogs[catalog.locale] = catalog
    problems += _check_languages(content, catalogs)
    return catalogs, problems


def _check_languages(content: Content, catalogs: dict[str, Catalog]) -> Iterator[Problem]:
    source = content.tree.shape.source_locale if content.tree and isinstance(content.tree.shape, TreeFile) else "en"
    for tag, item in content.of("language").items():
        assert isinstance(item.shape, LanguageFile)
        try:
            plural_rule(item.shape.plural_forms)
        except ValueError as error:
            where = item.at(("plural_forms",))
            yield problem("bad-value", where, where="plural_forms", value=item.shape.plural_forms, why=error)
        if tag != source and tag not in catalogs and item.shape.state != "off":
            yield problem("missing-locale", item.at(), value=tag, file=f"{tag.replace('-', '_')}.po")


def _check_catalog(
    raw: RawText, content: Content, entries: dict[str, TextEntry], rules: LinkRules
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
        return None, [problem("catalog-syntax", _syntax_place(raw.name, str(error)), why=error)]
    catalog = read_catalog(locale, po)
    seen = Counter(e.msgctxt for e in po if not e.obsolete)
    problems = [problem("duplicate-entry", where, value=key) for key, count in seen.items() if count > 1]
    for key, translation in catalog.entries.items():
        problems += _check_entry(raw.name, key, translation, entries, rules, content)
    problems += _check_states(raw.name, catalog, entries)
    return catalog, problems


def _syntax_place(name: str, why: str) -> Location:
    found = re.search(r"line (\d+)", why)
    return Location(name, max(1, int(found[1])) if found else 1)


def _check_states(name: str, catalog: Catalog, entries: dict[str, TextEntry]) -> Iterator[Problem]:
    for key, entry in entries.items():
        found = catalog.entries.get(key)
        state = found.state_for(entry.text) if found else TranslationState.MISSING
        if state is TranslationState.MISSING:
            text = entry.text if len(entry.text) < 60 else entry.text[:59] + "…"
            names = {"locale": catalog.locale, "key": key, "text": text, "file": name}
            # The interface's English is no file of the author's: its gap is told in the catalog.
            where = Location(name) if key.startswith("ui.") else entry.location
            yield problem("missing-translation", where, **names)
        elif state is TranslationState.STALE and found:
            yield problem("stale-translation", Location(name, found.line), locale=catalog.locale, key=key)


def _check_entry(
    name: str,
    key: str,
    translation: Translation,
    entries: dict[str, TextEntry],
    rules: LinkRules,
    content: Content,
) -> Iterator[Problem]:
    where, entry = Location(name, translation.line), entries.get(key)
    if entry is None:
        yield problem("unknown-entry", where, suggestion=nearest(key, entries, cutoff=85), value=key)
        return
    yield from _check_plural(translation, entry, where, content, locale_of(name.split("/")[-1][:-3]))
    for text in translation.forms:
        if not text:
            continue
        if is_blank(text):
            yield problem("empty-translation", where)
            continue
        for _, code, names in find_bad_characters(text):
            yield problem(code, where, **names)
        yield from check_words(text, where, rules)
        # A stale translation is judged by the English it was made from: it is shown to nobody.
        source = translation.source if translation.state_for(entry.text) is TranslationState.STALE else entry.text
        yield from _compare(source, text, where, is_plural=bool(entry.plural))


def _check_plural(
    translation: Translation, entry: TextEntry, where: Location, content: Content, locale: str
) -> Iterator[Problem]:
    language = content.of("language").get(locale)
    if not entry.plural or not language or not isinstance(language.shape, LanguageFile):
        return
    try:
        count, _ = plural_rule(language.shape.plural_forms)
    except ValueError:
        return
    if len(translation.forms) != count:
        yield problem("plural-forms", where, why=f"{len(translation.forms)} plural forms; {locale} has {count}")


def _compare(source: str, text: str, where: Location, *, is_plural: bool) -> Iterator[Problem]:
    wanted, found = Counter(PLACEHOLDER.findall(source)), Counter(PLACEHOLDER.findall(text))
    # "One" may be written as a word: a plural form may drop its number, never add or repeat one.
    if found - wanted or (wanted - found and not is_plural):
        why = f"placeholders {_names(found)} instead of {_names(wanted)}"
        yield problem("placeholder-mismatch", where, why=why)
    if source.count("\n\n") != text.count("\n\n") or ("\n" in text and "\n" not in source):
        yield problem("whitespace-mismatch", where, why="the paragraphs differ from the source")
    for pattern, called in ((_LINK_TARGET, "links"), (_BOLD, "bold marks"), (_CODE, "code marks")):
        if Counter(pattern.findall(source)) != Counter(pattern.findall(text)):
            yield problem("markup-mismatch", where, why=f"the {called} differ from the source")


def _names(found: Counter[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in found.elements()) or "none"
