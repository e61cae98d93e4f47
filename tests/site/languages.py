"""Adds languages to a tree without a translator: every text is the English one behind a mark.

Good enough to measure with, and to see right-to-left pages.
"""

from collections.abc import Iterable
from pathlib import Path

import polib
from babel import Locale

from helptree.project import open_project

TAGS = ["en", "fr", "de", "es", "it", "pt-BR", "nl", "pl", "cs", "uk", "ru", "tr", "ar", "he", "ja", "ko", "vi", "id"]
MARK = "\N{MIDDLE DOT} "


def add_languages(folder: Path, tags: Iterable[str]) -> None:
    """Declare languages in a tree and give each a complete catalog."""
    tags = [tag for tag in tags if tag != "en"]
    entries = open_project(folder).entries
    with (folder / "catalogs" / "languages.yaml").open("a") as languages:
        for tag in tags:
            locale = Locale.parse(tag, sep="-")
            languages.write(
                f'{tag}: {{autonym: "{locale.display_name}", direction: {locale.text_direction}, '
                'plural_forms: "nplurals=2; plural=(n != 1);"}\n'
            )
    for tag in tags:
        catalog = polib.POFile(wrapwidth=0)
        catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
        for entry in entries:
            row = polib.POEntry(msgctxt=entry.key, msgid=entry.text, msgstr=MARK + entry.text)
            if entry.plural:
                row.msgstr, row.msgid_plural = "", entry.plural
                row.msgstr_plural = {0: MARK + entry.text, 1: MARK + entry.plural}
            catalog.append(row)
        catalog.save(str(folder / "catalogs" / f"{tag.replace('-', '_')}.po"))
