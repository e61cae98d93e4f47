"""Files beside the pages of a locale: pictures, data for programs. Built and kept together with the locale's pages."""

from __future__ import annotations

from collections.abc import Iterator

from helptree.translator import Translator


def locale_files(translator: Translator) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of each file that belongs to a locale."""
    yield from ()
