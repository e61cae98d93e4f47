"""What Babel knows of languages: directions, names, dates. Its answers are kept: loading it takes long."""

from __future__ import annotations

from datetime import date

from helptree.kept import Memo

memo = Memo("cldr")
# Directions of languages that are much asked for, written in one way only: loading Babel takes long. Tests compare.
_RTL = frozenset(["ar", "fa", "he"])
_LTR = frozenset(
    ["bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt",
     "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh"]
)  # fmt: skip


def plain_direction(tag: str) -> str | None:
    """Return the direction of a tag that leaves no doubt; None where CLDR has to be asked."""
    language, _, rest = tag.partition("-")
    if len(rest) > 3 and language != "zh":
        return None
    return "rtl" if language in _RTL else "ltr" if language in _LTR else None


def direction_of(locale: str) -> str:
    """Return `ltr` or `rtl`."""
    return plain_direction(locale) or memo.get(("direction", locale), lambda: _direction(locale))


def _direction(locale: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(locale, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def language_name(locale: str, reader: str) -> str:
    """Return what a language is called in another one; its tag when nobody knows."""
    return memo.get(("name", locale, reader), lambda: _name(locale, reader))


def _name(locale: str, reader: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(locale, sep="-").get_display_name(Locale.parse(reader, sep="-")) or locale
    except (UnknownLocaleError, ValueError):
        return locale


def long_date(day: date, locale: str) -> str:
    """Return a day as a language writes it in full."""
    return memo.get(("date", day.isoformat(), locale), lambda: _long_date(day, locale))


def _long_date(day: date, locale: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, "long", locale=locale.replace("-", "_")))
