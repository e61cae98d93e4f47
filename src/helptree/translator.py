"""One tree in one locale: texts with their translation state, facts with their units, the interface's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from helptree.catalogs import Catalog, TranslationState
from helptree.interface import ui_entries
from helptree.locales import Language, fallback_chain
from helptree.model import Entry, Fact, Tree
from helptree.placeholders import PLACEHOLDER
from helptree.plural_forms import plural_rule


@dataclass(frozen=True, slots=True)
class Text:
    """A text for a reader: its value, the locale it is really written in, and why."""

    value: str
    locale: str
    state: TranslationState

    @property
    def is_fallback(self) -> bool:
        """Say whether the reader asked for another language than this text is in."""
        return self.state in (TranslationState.MISSING, TranslationState.STALE)


class Translator:
    """Gives the texts of a tree in one locale. A text never comes out empty: it falls back, and says so."""

    def __init__(self, tree: Tree, languages: Mapping[str, Language], catalogs: Mapping[str, Catalog], locale: str):
        self.tree = tree
        self.language = languages[locale]
        self.languages = languages
        self._catalogs = catalogs
        self._chain = fallback_chain(self.language, tree.source_locale)
        self._ui = {entry.key: entry for entry in ui_entries()}

    def into(self, locale: str) -> Translator:
        """Return the same tree in another of its languages. Raises KeyError for an unknown one."""
        return Translator(self.tree, self.languages, self._catalogs, locale)

    @property
    def locale(self) -> str:
        """The locale's BCP 47 tag."""
        return self.language.tag

    def text(self, entry: Entry, values: Mapping[str, str] | None = None) -> Text:
        """Return an entry with facts, and then `values`, filled in. Other placeholders stay as they are."""
        value, locale, state = self._look_up(entry.key, entry.text)
        return Text(self.fill(value, values or {}, locale), locale, state)

    def ui(self, key: str, **values: str) -> str:
        """Return a text of the interface, `key` without the leading `ui.`. Raises KeyError for an unknown key."""
        entry = self._ui[f"ui.{key}"]
        value, locale, _ = self._look_up(entry.key, entry.text)
        return self.fill(value, values, locale)

    def ui_filled(self, key: str, values: Mapping[str, str]) -> Text:
        """Return a text of the interface with facts and `values` filled in, and its translation state."""
        entry = self._ui[f"ui.{key}"]
        value, locale, state = self._look_up(entry.key, entry.text)
        return Text(self.fill(value, values, locale), locale, state)

    def ui_text(self, key: str) -> Text:
        """Return a text of the interface with its translation state."""
        entry = self._ui[f"ui.{key}"]
        return Text(*self._look_up(entry.key, entry.text))

    def state(self, key: str, source: str, plural: str = "") -> TranslationState:
        """Return how far the translation of one text of the interface is."""
        if self.locale == self.tree.source_locale:
            return TranslationState.SOURCE
        catalog = self._catalogs.get(self.locale)
        found = catalog.entries.get(key) if catalog else None
        return found.state_for(source, plural) if found else TranslationState.MISSING

    def count(self, key: str, number: str, *, shown: str | None = None) -> str:
        """Return the interface's text for a number of things: `{count}` filled in, plural form by the locale."""
        return self._count_in(self.locale, key, number, shown or number)

    def fact(self, fact: Fact, locale: str | None = None) -> str:
        """Return a fact with its unit: `48 to 72 hours`."""
        locale = locale or self.locale
        shown = fact.value
        if fact.from_:
            range_ = self._in_locale(locale, "ui.unit.range", self._ui["ui.unit.range"].text)
            shown = range_.replace("{from}", fact.from_).replace("{to}", fact.value)
        if fact.unit == "none":
            return shown
        return self._count_in(locale, f"unit.{fact.unit}", fact.value, shown)

    def _look_up(self, key: str, source: str) -> tuple[str, str, TranslationState]:
        source_locale = self.tree.source_locale
        state = TranslationState.MISSING
        for index, locale in enumerate(self._chain):
            if locale == source_locale:
                break
            catalog = self._catalogs.get(locale)
            translation = catalog.entries.get(key) if catalog else None
            found = translation.state_for(source) if translation else TranslationState.MISSING
            if translation and found.is_current:
                return translation.forms[0], locale, found if index == 0 else state
            if index == 0:
                state = found
        return source, source_locale, TranslationState.SOURCE if self.locale == source_locale else state

    def _in_locale(self, locale: str, key: str, source: str) -> str:
        catalog = self._catalogs.get(locale)
        found = catalog.entries.get(key) if catalog else None
        is_good = found and found.state_for(source).is_current
        return found.forms[0] if found and is_good else source

    def _count_in(self, locale: str, key: str, number: str, shown: str) -> str:
        entry = self._ui[f"ui.{key}"]
        amount = int(float(number))
        catalog = self._catalogs.get(locale)
        found = catalog.entries.get(entry.key) if catalog else None
        if found and found.state_for(entry.text, entry.plural).is_current:
            _, rule = plural_rule(self.languages[locale].plural_forms)
            form = found.forms[min(rule(amount), len(found.forms) - 1)]
        else:
            form = entry.text if amount == 1 else entry.plural
        return form.replace("{count}", shown)

    def fill(self, text: str, values: Mapping[str, str], locale: str) -> str:
        """Return a text of `locale` with `values`, and the facts with their units, in the place of placeholders."""
        if "{" not in text:
            return text

        def value_of(match: re.Match[str]) -> str:
            name = match[1]
            if name in values:
                return values[name]
            return self.fact(self.tree.facts[name], locale) if name in self.tree.facts else match[0]

        return PLACEHOLDER.sub(value_of, text)
