"""Language tags, directions, states and fallback chains. Plural rules are in plural_forms.py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from helptree.cldr import plain_direction
from helptree.plural_forms import ONE_OTHER, default_plural_forms

# Tags that browsers and old systems send for languages we name otherwise.
ALIASES = {
    "iw": "he",
    "in": "id",
    "zh-CN": "zh-Hans",
    "zh-SG": "zh-Hans",
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
    "pt": "pt-BR",
    "nb": "no",
}
# Canonical BCP 47: language, script, region.
LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?\Z")

_NOWHERE = re.compile(r"-X[A-Z]\Z")


class LanguageState(StrEnum):
    """Who meets a language: nobody yet; readers, with a banner and no search engine; everybody."""

    OFF = "off"
    BETA = "beta"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Language:
    """A locale as readers meet it. `plural_forms` is gettext's header of that name."""

    tag: str
    autonym: str
    direction: str = "ltr"
    plural_forms: str = ONE_OTHER
    fallback: tuple[str, ...] = ()
    state: LanguageState = LanguageState.PUBLISHED

    @property
    def file_stem(self) -> str:
        """The tag as gettext spells it in file names: pt_BR."""
        return self.tag.replace("-", "_")

    @property
    def is_beta(self) -> bool:
        """Say whether its pages carry a banner and are kept out of search engines."""
        return self.state is LanguageState.BETA


def is_pseudo(tag: str) -> bool:
    """Say whether a tag is one of an invented language for tests, such as en-XA: nobody lives in a region X?."""
    return bool(_NOWHERE.search(tag))


def make_language(
    tag: str,
    autonym: str | None = None,
    direction: str | None = None,
    plural_forms: str | None = None,
    fallback: tuple[str, ...] = (),
    state: str = LanguageState.PUBLISHED,
) -> Language:
    """Return a language; what is not given is known from its tag, as far as anybody knows it."""
    autonym, direction = autonym or _known(tag)[0], direction or plain_direction(tag) or _known(tag)[1]
    rule = plural_forms or default_plural_forms(tag) or ONE_OTHER
    return Language(tag, autonym, direction, rule, fallback, LanguageState(state))


@cache
def _known(tag: str) -> tuple[str, str]:
    """Return a language's name in itself and its direction, from CLDR."""
    from babel import Locale, UnknownLocaleError  # costly, and only needed for a row that leaves them out

    for candidate in (tag, tag.split("-")[0]):
        try:
            locale = Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        name = locale.get_display_name() or tag
        return name[0].upper() + name[1:], locale.text_direction
    return tag, "ltr"


def negotiate(wanted: Iterable[str], available: Iterable[str]) -> str | None:
    """Return the first wanted tag that is available, by itself, by alias, or cut at its hyphens; else None."""
    known = {tag.casefold(): tag for tag in available}
    for tag in wanted:
        parts = tag.strip().replace("_", "-").split("-")
        while parts:
            candidate = "-".join(parts)
            for name in (candidate, _alias(candidate)):
                if name.casefold() in known:
                    return known[name.casefold()]
            parts.pop()
    return None


def _alias(tag: str) -> str:
    lowered = {key.casefold(): value for key, value in ALIASES.items()}
    return lowered.get(tag.casefold(), tag)


def fallback_chain(language: Language, source: str) -> tuple[str, ...]:
    """Return the locales tried in order for an entry: itself, its own fallbacks, its parents, the source locale."""
    parts = language.tag.split("-")
    parents = ("-".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
    return tuple(dict.fromkeys([language.tag, *language.fallback, *parents, source]))
