"""What the page of the translation state shows: counts of the reader's language, and the pages that have gaps.

The page of the source language shows the counts of all. `helptree translate stats` counts the same for translators.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from helptree.catalogs import TranslationState
from helptree.interface import ui_entries
from helptree.model import Entry, Tree
from helptree.render.view import View
from helptree.translator import Text, Translator


def entries_of(value: Any) -> Iterator[Entry]:
    """Yield all texts inside a piece of content, each as often as it stands there."""
    if isinstance(value, Entry):
        yield value
    elif names := _names_of(value.__class__):
        for name in names:
            yield from entries_of(getattr(value, name))
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from entries_of(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            yield from entries_of(member)


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields; none for any other."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


def texts_of(tree: Tree) -> dict[str, tuple[str, str]]:
    """Return key -> English, for one and for many, of all texts of content and interface."""
    content = {entry.key: (entry.text, "") for entry in entries_of(tree)}
    return content | {entry.key: (entry.text, entry.plural) for entry in ui_entries()}


def count_states(translator: Translator, texts: Mapping[str, tuple[str, str]]) -> Counter[TranslationState]:
    """Return how many texts are in each state."""
    return Counter(translator.state(key, *english) for key, english in texts.items())


def translation_intro(view: View) -> Text:
    """Return what the page is about."""
    return view.ui("site.translation-intro", language=view.language_name(view.tree.source_locale))


def translation_lines(view: View) -> Iterator[str]:
    """Yield the counts of the reader's language; on the pages of the source language those of all others."""
    source = view.tree.source_locale
    locales = [view.translator.locale]
    if locales == [source]:
        locales = [locale for locale in view.translator.languages if locale != source]
    texts = texts_of(view.tree)
    for locale in locales:
        yield f"-   {view.words(_line(view, locale, texts))}"


def _line(view: View, locale: str, texts: Mapping[str, tuple[str, str]]) -> Text:
    states = count_states(view.translator.into(locale), texts)
    reviewed = states[TranslationState.REVIEWED]
    counts = {
        "translated": states[TranslationState.TRANSLATED] + reviewed,
        "count": states.total(),
        "reviewed": reviewed,
        "stale": states[TranslationState.STALE],
        "missing": states[TranslationState.MISSING],
    }
    told = {name: str(count) for name, count in counts.items()}
    return view.ui("site.translation-line", language=view.translator.languages[locale].autonym, **told)


def gap_lines(view: View) -> Iterator[str]:
    """Yield a link to each page that has texts of its own which are missing or out of date."""
    if view.translator.locale == view.tree.source_locale:
        return
    tree = view.tree
    for group in (tree.questions, tree.statuses, tree.outcomes, tree.remedies):
        for id_, item in group.items():
            if any(view.translator.text(entry).is_fallback for entry in entries_of(item)):
                yield f"-   {view.reference(id_)}"
