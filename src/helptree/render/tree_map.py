"""The whole tree for its map page: a nested list by links, shared nodes once, and which status may follow which."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, relpath

from helptree.addresses import page_path
from helptree.model import Option, Question
from helptree.render.graph import to_svg
from helptree.render.markup import escape
from helptree.render.view import View
from helptree.translator import Translator

MAP_PICTURE = "pictures/map.svg"


def map_svg(translator: Translator) -> str:
    """Return the tree as a picture whose boxes are links to their pages, seen from the picture's own place."""
    return to_svg(translator, lambda id_: relpath(f"/{page_path(translator.tree, id_)}", "/pictures") + "/")


def map_picture(view: View) -> str:
    """Return the picture, small, as a link to itself in full size."""
    path = relpath(MAP_PICTURE, dirname(view.source) or ".")
    alt = escape(view.ui("site.map-alt").value)
    return f"[![{alt}]({path}){{: loading=lazy }}]({path})\n{{: .ht-picture .ht-map }}"


def map_lines(view: View) -> Iterator[str]:
    """Yield the tree as lines of a nested Markdown list, depth first, in the order of the options."""
    yield from _below(view, view.tree.questions[view.tree.root], 0, {view.tree.root}) if view.tree.questions else ()


def _below(view: View, question: Question, depth: int, seen: set[str]) -> Iterator[str]:
    for option in question.options:
        target = view.tree.node(option.next)
        is_known = target.id in seen
        yield f"{'    ' * depth}-   {_answer(view, option)} {_arrow(view)} {_target(view, target.id, is_known)}"
        seen.add(target.id)
        if isinstance(target, Question) and not is_known:
            yield from _below(view, target, depth + 1, seen)


def _answer(view: View, option: Option) -> str:
    words = view.words(view.text(option.label))
    return f"[{words}]({view.address(option.status)})" if option.status else words


def _target(view: View, id_: str, is_known: bool) -> str:
    words = view.words(view.title(id_))
    if id_ in view.tree.outcomes:
        return f"[**{words}**]({view.address(id_)})"
    if is_known:
        return f"[{words}](#n-{id_}) ({view.words(view.ui('site.map-above'))})"
    return f"[{words}]({view.address(id_)}){{: #n-{id_} }}"


def _arrow(view: View) -> str:
    return "←" if view.translator.language.direction == "rtl" else "→"


def status_map_lines(view: View) -> Iterator[str]:
    """Yield each status with those that may follow it, as lines of a nested Markdown list."""
    for status in view.tree.statuses.values():
        if status.may_become:
            yield f"-   {view.reference(status.id)}"
            yield from (f"    -   {view.reference(id_)}" for id_ in status.may_become)
