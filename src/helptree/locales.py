"""Language tags, directions, plural rules and fallback chains."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

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
_PLURAL_FORMS = re.compile(r"\s*nplurals\s*=\s*(\d)\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")


@dataclass(frozen=True, slots=True)
class Language:
    """A locale as readers meet it. `plural_forms` is gettext's header of that name."""

    tag: str
    autonym: str
    direction: str = "ltr"
    plural_forms: str = "nplurals=2; plural=(n != 1);"
    fallback: tuple[str, ...] = ()

    @property
    def file_stem(self) -> str:
        """The tag as gettext spells it in file names: pt_BR."""
        return self.tag.replace("-", "_")


@cache
def plural_rule(plural_forms: str) -> tuple[int, Callable[[int], int]]:
    """Return the number of plural forms and the function n -> form. Raises ValueError for a broken header."""
    match = _PLURAL_FORMS.fullmatch(plural_forms)
    if not match:
        raise ValueError("write it as gettext does: nplurals=2; plural=(n != 1);")
    # The standard library's own reader of plural expressions; it has no other public name.
    return int(match[1]), gettext.c2py(match[2])


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
    """Return the locales tried in order for an entry: itself, its own fallbacks, the source locale."""
    return tuple(dict.fromkeys([language.tag, *language.fallback, source]))
