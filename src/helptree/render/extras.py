"""Files beside the pages of a locale: pictures, data for programs. Built and kept together with the locale's pages."""

from __future__ import annotations

from collections.abc import Iterator

from helptree.finder_index import site_index
from helptree.render.api import api_files
from helptree.render.pictures import picture_files
from helptree.render.tree_map import MAP_PICTURE, map_svg
from helptree.translator import Translator

# Loaded when the box on the home page is first used.
FINDER_INDEX = "finder-index.js"


def locale_files(translator: Translator) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of each file that belongs to a locale."""
    for path, svg in (*picture_files(translator), (MAP_PICTURE, map_svg(translator))):
        yield f"{translator.locale}/{path}", svg.encode()
    yield f"{translator.locale}/{FINDER_INDEX}", site_index(translator).encode()
    yield from api_files(translator)
