"""Files beside the pages of a locale: pictures, data for programs. Built and kept together with the locale's pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from helptree.finder_index import site_index
from helptree.model import Remedy, Status
from helptree.render.api import api_makers
from helptree.render.pictures import picture_path, picture_svg
from helptree.render.tree_map import MAP_PICTURE, map_svg
from helptree.translator import Translator

# Loaded when the box on the home page is first used.
FINDER_INDEX = "finder-index.js"


def file_makers(translator: Translator) -> dict[str, Callable[[], str | bytes]]:
    """Return the path below the site of each file that belongs to a locale, and what makes its content."""
    locale, tree = translator.locale, translator.tree
    found: dict[str, Callable[[], str | bytes]] = {}
    drawn: list[Status | Remedy] = [*tree.statuses.values(), *tree.remedies.values()]
    for item in drawn:
        found[f"{locale}/{picture_path(item)}"] = partial(picture_svg, translator, item)
    found[f"{locale}/{MAP_PICTURE}"] = partial(map_svg, translator)
    found[f"{locale}/{FINDER_INDEX}"] = partial(site_index, translator)
    return found | api_makers(translator)


def locale_files(translator: Translator) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of each file that belongs to a locale."""
    for path, make in file_makers(translator).items():
        content = make()
        yield path, content.encode() if isinstance(content, str) else content
