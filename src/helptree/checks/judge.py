"""Judges translations, one by one and catalog by catalog.

A translation may hold no markup, link or placeholder that its source lacks. One text is judged by
translation_texts.py (errors) and translation_hints.py (warnings). Everything a judgement depends on is handed in as
plain data, so that catalogs are judged again without reading the tree again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from helptree.catalogs import Catalog, Translation, TranslationState
from helptree.characters import find_bad_characters, is_blank
from helptree.checks.markdown import LinkRules
from helptree.checks.translation_hints import Wordings, find_strange_shape, find_terminology
from helptree.checks.translation_texts import compare
from helptree.checks.words import check_words
from helptree.glossary import Glossary, read_glossary
from helptree.kept import digest
from helptree.plural_forms import plural_rule, same_rule
from helptree.problems import Location, Problem, problem
from helptree.text_entry import TextEntry


@dataclass(frozen=True, slots=True)
class Context:
    """What judgements depend on beside the two texts. `plural_forms`: locale -> its rule, '' for none that works;
    `labels`, `wordings`: what statuses are called, and shown as on screens; `glossary`: the sheet, '' for none."""

    rules: LinkRules
    plural_forms: Mapping[str, str]
    labels: Mapping[str, str]
    wordings: Mapping[str, Mapping[str, list[str]]]
    glossary: str = ""


class Judge:
    """Judges translations of some texts."""

    def __init__(self, entries: Callable[[], Mapping[str, TextEntry]], context: Context) -> None:
        """`entries` are asked for only where something has to be judged."""
        self.entries, self.rules, self._context = entries, context.rules, context
        self._wordings = Wordings(context.labels, context.wordings)

    @cached_property
    def glossary(self) -> Glossary:
        """The translators' glossary; one that can't be read is told elsewhere."""
        try:
            return read_glossary(self._context.glossary) if self._context.glossary else Glossary()
        except ValueError:
            return Glossary()

    @cached_property
    def context_key(self) -> str:
        """The fingerprint of all that judgements depend on beside the texts."""
        context = self._context
        rules = [sorted(part) for part in (context.rules.pages, context.rules.terms, context.rules.hosts)]
        known = (context.plural_forms, context.labels, context.wordings, context.glossary)
        return digest(repr((rules, known)))

    def plural_forms(self, locale: str) -> str | None:
        """Return the plural rule of a declared language; None when it is not declared or has none that works."""
        return self._context.plural_forms.get(locale) or None

    def judge(self, key: str, catalog: Catalog, where: Location) -> list[Problem]:
        """Return what is wrong, or may be, with the translation of an entry."""
        entry = self.entries()[key]
        found = self.find_errors(entry, catalog.entries[key], catalog.locale, where)
        return [*found, *self.find_hints(entry, catalog, where)]

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
            problems += check_words(text, where, self.rules)
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
        yield from self._wordings.check(entry, text, where, locale, catalog)


def check_header(found: str, header: str | None, where: Location, locale: str) -> Iterator[Problem]:
    """An editor with another rule shows a translator other numbers than a reader will meet."""
    try:
        if found and header and not same_rule(found, header):
            yield problem("plural-forms", where, why=f"the header's rule is not that of {locale}", locale=locale)
    except ValueError as error:
        yield problem("plural-forms", where, why=f"the header's rule cannot be read; {error}", locale=locale)
