"""What stands around every page of a locale: the site's name, its languages, the footer, the 404 page's words.

All texts of a Frame are HTML, escaped: the theme's templates print them as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from helptree.addresses import GLOSSARY, MAP, SOURCES, TRANSLATION, page_path
from helptree.render.writer import Writer, plain
from helptree.translator import Translator

UI_KEYS = (
    "home",
    "path",
    "languages",
    "choose-language",
    "continue-wizard",
    "not-found",
    "not-found-why",
    "not-found-next",
    "use-dark",
    "use-light",
    "use-system",
)


@dataclass(frozen=True, slots=True)
class FrameLanguage:
    """A language readers can choose."""

    tag: str
    autonym: str
    direction: str


@dataclass(frozen=True, slots=True)
class FrameLink:
    """A link of the footer: `address` below the locale."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around the pages of one locale."""

    locale: str
    direction: str
    source_locale: str
    title: str
    description: str
    disclaimer: str
    languages: tuple[FrameLanguage, ...]
    links: tuple[FrameLink, ...]
    ui: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Return the frame as plain data, for templates."""
        return asdict(self)


def make_frame(translator: Translator) -> Frame:
    """Return the frame of a locale."""
    tree, language = translator.tree, translator.language
    writer = Writer(translator, "")
    return Frame(
        locale=language.tag,
        direction=language.direction,
        source_locale=tree.source_locale,
        title=writer.meta(writer.text(tree.title)),
        description=writer.meta(writer.text(tree.description)),
        disclaimer=writer.meta(writer.text(tree.disclaimer)),
        languages=tuple(
            FrameLanguage(each.tag, escape(each.autonym), each.direction) for each in translator.languages.values()
        ),
        links=tuple(_links(translator)),
        ui={key: escape(translator.ui(f"site.{key}")) for key in UI_KEYS}
        | {f"finder-{key}": escape(translator.ui(f"finder.{key}")) for key in ("prompt", "hint", "button")},
    )


def _links(translator: Translator) -> Iterator[FrameLink]:
    tree = translator.tree
    yield FrameLink(escape(translator.ui("site.map")), page_path(tree, MAP))
    if tree.sources:
        yield FrameLink(escape(translator.ui("site.sources-page")), page_path(tree, SOURCES))
    if tree.terms:
        yield FrameLink(escape(translator.ui("site.glossary")), page_path(tree, GLOSSARY))
    if len(translator.languages) > 1:
        yield FrameLink(escape(translator.ui("site.translation-page")), page_path(tree, TRANSLATION))
    for id_ in tree.pages:
        yield FrameLink(_page_title(translator, id_), page_path(tree, id_))


def _page_title(translator: Translator, id_: str) -> str:
    texts = translator.tree.pages[id_].texts
    text = texts.get(translator.locale) or texts[translator.tree.source_locale]
    heading = next(line for line in text.splitlines() if line.startswith("# "))
    return escape(plain(heading.removeprefix("# ")))
