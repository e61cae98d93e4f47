"""What Babel knows of languages: directions, names, dates. Its answers are kept: loading it takes long."""

from __future__ import annotations

from datetime import date

from helptree.kept import Memo

memo = Memo("cldr")


def direction_of(locale: str) -> str:
    """Return `ltr` or `rtl`."""
    return memo.get(("direction", locale), lambda: _direction(locale))


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
