"""All pages of a locale as Markdown. What a page says stands in templates/; what it knows is gathered here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from helptree import kept
from helptree.addresses import GLOSSARY, MAP, SOURCES, TRANSLATION, page_path, wizard_query
from helptree.cldr import direction_of
from helptree.model import Page, ReaderPage
from helptree.render.evidence import fact_lines, source_groups
from helptree.render.keywords import keywords_of
from helptree.render.linked_data import linked_data
from helptree.render.markup import page_markdown
from helptree.render.translation_state import gap_lines, translation_intro, translation_lines
from helptree.render.tree_map import map_lines, map_picture, status_map_lines
from helptree.render.view import View, describe, title_of
from helptree.render.ways import Ways, ways_of
from helptree.render.writer import source_path
from helptree.translator import Text, Translator


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One Markdown file of a locale. `complete`: nothing on it fell back to another language."""

    address: str
    source: str
    markdown: str
    complete: bool


@cache
def _environment() -> Environment:
    # Compiling the templates takes longer than rendering a page.
    folder = kept.folder()
    # No autoescape: this is Markdown, and every text passes the Writer.
    return Environment(
        bytecode_cache=FileSystemBytecodeCache(folder, "template-%s") if folder else None,
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string="<#",
        comment_end_string="#>",
    )


@cache
def warm_up() -> None:
    """Load what the first page of any locale loads."""
    import markdown_it  # noqa: F401

    for name in ("question", "status", "outcome", "remedy", "glossary", "map", "sources", "translation", "parts"):
        _environment().get_template(f"{name}.md.j2")


def split_page(source: str) -> tuple[str, dict[str, Any]]:
    """Return Markdown and front matter of a page of ours: there each line is a key and JSON, and JSON is YAML."""
    head, _, text = source.removeprefix("---\n").partition("\n---\n")
    pairs = (line.partition(": ") for line in head.split("\n"))
    return text.lstrip("\n"), {key: json.loads(value) for key, _, value in pairs}


def page_renderers(translator: Translator) -> dict[str, Callable[[], RenderedPage]]:
    """Return the address of every page of a locale, and what renders it."""
    tree, ways = translator.tree, ways_of(translator.tree)
    found: dict[str, Callable[[], RenderedPage]] = {}
    for group in (tree.questions, tree.statuses, tree.outcomes, tree.remedies):
        for item in group.values():
            found[page_path(tree, item.id)] = partial(_render, translator, ways, item)
    if tree.terms:
        found[page_path(tree, GLOSSARY)] = partial(_render_glossary, translator, ways)
    found[page_path(tree, MAP)] = partial(_render_map, translator, ways)
    if tree.sources:
        found[page_path(tree, SOURCES)] = partial(_render_sources, translator, ways)
    if len(translator.languages) > 1:
        found[page_path(tree, TRANSLATION)] = partial(_render_translation, translator, ways)
    return found | {
        page_path(tree, page.id): partial(_render_written, translator, page) for page in tree.pages.values()
    }


def render_pages(translator: Translator) -> Iterator[RenderedPage]:
    """Yield every page of a locale."""
    for render in page_renderers(translator).values():
        yield render()


def _render(translator: Translator, ways: Ways, item: ReaderPage) -> RenderedPage:
    address = page_path(translator.tree, item.id)
    view = View(translator, ways, address)
    name = type(item).__name__.lower()
    body = _environment().get_template(f"{name}.md.j2").render(page=view, **{name: item})
    return _finish(view, item.id, title_of(item, view), describe(item, view), body)


def _render_glossary(translator: Translator, ways: Ways) -> RenderedPage:
    view = View(translator, ways, page_path(translator.tree, GLOSSARY))
    body = _environment().get_template("glossary.md.j2").render(page=view)
    terms = view.own(", ".join(view.text(term.term).value for term in view.tree.terms.values()))
    return _finish(view, GLOSSARY, view.ui("site.glossary"), terms, body)


def _render_map(translator: Translator, ways: Ways) -> RenderedPage:
    view = View(translator, ways, page_path(translator.tree, MAP))
    parts = {"picture": map_picture(view), "lines": list(map_lines(view)), "follow": list(status_map_lines(view))}
    body = _environment().get_template("map.md.j2").render(page=view, **parts)
    return _finish(view, MAP, view.ui("site.map"), view.ui("site.map-intro"), body)


def _render_sources(translator: Translator, ways: Ways) -> RenderedPage:
    view = View(translator, ways, page_path(translator.tree, SOURCES))
    parts = {"facts": list(fact_lines(view)), "groups": list(source_groups(view))}
    body = _environment().get_template("sources.md.j2").render(page=view, **parts)
    return _finish(view, SOURCES, view.ui("site.sources-page"), view.ui("site.sources-intro"), body)


def _render_translation(translator: Translator, ways: Ways) -> RenderedPage:
    view = View(translator, ways, page_path(translator.tree, TRANSLATION))
    parts = {"intro": translation_intro(view), "lines": list(translation_lines(view)), "gaps": list(gap_lines(view))}
    body = _environment().get_template("translation.md.j2").render(page=view, **parts)
    return _finish(view, TRANSLATION, view.ui("site.translation-page"), translation_intro(view), body)


def _render_written(translator: Translator, page: Page) -> RenderedPage:
    view = View(translator, ways_of(translator.tree), page_path(translator.tree, page.id))
    locale = translator.locale if translator.locale in page.texts else translator.tree.source_locale
    text = page_markdown(page.texts[locale], view.address)
    heading = next(line for line in page.texts[locale].splitlines() if line.startswith("# "))
    if locale != translator.locale:
        view.fallback_locales.add(locale)
    title = Text(heading.removeprefix("# "), locale, view.own("").state)
    first_lines, _, rest = text.partition("\n")
    notice = view.notice()
    body = f"{first_lines}\n\n{notice}\n\n{rest}" if notice else text
    extra = {"language": locale, "direction": direction_of(locale)} if locale != translator.locale else {}
    return _finish(view, page.id, title, replace(title, value=_first_paragraph(rest)), body, extra)


def _first_paragraph(markdown: str) -> str:
    """Return the first paragraph that is no heading and no list, '' without any."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", markdown))
    return next((part for part in parts if part and part[0] not in "#-*!?>|`0123456789"), "")


def _finish(
    view: View, id_: str, title: Text, description: Text | None, body: str, extra: Mapping[str, str] | None = None
) -> RenderedPage:
    complete = not view.fallback_locales
    meta: dict[str, object] = {"title": view.meta(title), "id": id_, "complete": complete, **(extra or {})}
    if description and description.value:
        # As much as a search engine shows.
        meta["description"] = view.meta(description, limit=160)
    if item := view.tree.find(id_):
        meta["path"] = [_crumb(view, text, address) for text, address in view.crumbs(id_)]
        if complete:
            meta["data"] = linked_data(view, item)
        if found := keywords_of(title, view.tree.synonyms):
            meta["keywords"] = found
        meta["wizard"] = wizard_query(view.translator.locale, view.ways.unique_path(id_) or ())
    # JSON is YAML; one line a key keeps the file readable.
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
    address = page_path(view.tree, id_)
    return RenderedPage(address, source_path(address), f"---\n{head}---\n\n{_tidy(body)}", complete)


def _crumb(view: View, text: Text, address: str) -> dict[str, str]:
    crumb = {"title": view.meta(text), "address": address}
    return crumb | ({"language": text.locale} if text.locale != view.translator.locale else {})


def _tidy(body: str) -> str:
    """Keep at most one blank line in a row outside of messages; templates leave more where a part is missing."""
    lines: list[str] = []
    fence = ""
    for line in body.strip().split("\n"):
        if not fence and line.startswith("~~~"):
            fence = line.split(" ")[0]
        elif line == fence:
            fence = ""
        if fence or line.strip() or (lines and lines[-1]):
            lines.append(line if fence else line.rstrip())
    return "\n".join(lines) + "\n"
