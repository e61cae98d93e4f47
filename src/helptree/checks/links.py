"""Checks every id that names something else: next, remedies, sources, groups, redirects."""

from __future__ import annotations

from collections.abc import Iterator

from helptree.checks.verdict import check_locale
from helptree.codes import short_code
from helptree.content import Content, Item
from helptree.marks import Ref, marked_values
from helptree.problems import Location, Problem, nearest, problem
from helptree.shapes import OptionFile, QuestionFile, SayingsFile


def check_links(content: Content) -> Iterator[Problem]:
    """Yield a problem for every id that leads nowhere, with the nearest known one."""
    known_by: dict[tuple[str, ...], set[str]] = {}
    for item in content.everything():
        for ref, place, value in marked_values(item.shape, Ref):
            known = known_by.get(ref.kinds) or known_by.setdefault(ref.kinds, content.ids(*ref.kinds))
            if value not in known:
                yield _unknown(item.at(place), ".".join(map(str, place)), value, ref.called, known)
    for item in content.of("question").values():
        yield from _check_groups(item)
    for item in content.of("sayings").values():
        yield from _check_sayings(content, item)
    for key, (target, where) in content.redirects.items():
        yield from _check_redirect(content, key, target, where)
    yield from _find_code_collisions(content)


def _find_code_collisions(content: Content) -> Iterator[Problem]:
    """A short code told over the phone must name one page."""
    taken: dict[str, str] = {}
    for kind in ("status", "question", "outcome", "remedy"):
        for id_, item in content.of(kind).items():
            other = taken.setdefault(short_code(id_), id_)
            if other != id_:
                yield problem("code-collision", Location(item.name), value=id_, other=other, code=short_code(id_))


def _unknown(where: Location, field: str, value: str, called: str, known: set[str]) -> Problem:
    suggestion = nearest(value, known)
    return problem("unknown-target", where, suggestion=suggestion, where=field, value=value, expected=called)


def _check_groups(item: Item) -> Iterator[Problem]:
    assert isinstance(item.shape, QuestionFile)
    known = {group.id for group in item.shape.groups}
    for index, option in enumerate(item.shape.options):
        if option.group is not None and option.group not in known:
            where = item.at(("options", index, "group"))
            yield _unknown(where, "group", option.group, "a group of this question", known)
        elif known and option.group is None:
            where = item.at(("options", index))
            yield problem("missing-key", where, where=f"option {option_id(option)!r}", key="group")


def _check_sayings(content: Content, item: Item) -> Iterator[Problem]:
    assert isinstance(item.shape, SayingsFile)
    yield from check_locale(item.id, Location(item.name))
    for field, kind, called in (
        ("statuses", "status", "a status"),
        ("other_topics", "other-topic", "a topic in other_topics.yaml"),
    ):
        known = content.ids(kind)
        for id_ in getattr(item.shape, field):
            if id_ not in known:
                yield _unknown(item.at((field, id_)), f"{field}.{id_}", id_, called, known)


def option_id(option: OptionFile) -> str:
    """Return the id an option has in addresses: its own, or that of its status."""
    return option.id or option.status or ""


def _check_redirect(content: Content, key: str, target: str, where: Location) -> Iterator[Problem]:
    question, _, option = key.partition("/")
    target = _end_of(content, question if option else "", target)
    pages = content.ids("status", "question", "outcome", "remedy")
    if option:
        item = content.of("question").get(question)
        options = [option_id(o) for o in item.shape.options] if item else []  # type: ignore[attr-defined]
        if option in options:
            yield problem("redirect-broken", where, value=key, why="hides an option that exists")
        elif target not in options:
            yield problem("redirect-broken", where, value=key, why=f"leads to no option: {target!r}")
    elif key in pages:
        yield problem("redirect-broken", where, value=key, why="hides a page that exists")
    elif target not in pages:
        suggestion = nearest(target, pages)
        why = f"leads to no page: {target!r}"
        yield problem("redirect-broken", where, suggestion=suggestion, value=key, why=why)


def _end_of(content: Content, question: str, id_: str) -> str:
    """Follow redirects of redirects; where they run in a circle, stop at an id that no page has."""
    seen: set[str] = set()
    while id_ not in seen and (found := content.redirects.get(f"{question}/{id_}" if question else id_)):
        seen.add(id_)
        id_ = found[0]
    return id_
