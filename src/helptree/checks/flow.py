"""Checks the tree as a whole: everything is reached, nothing runs in a circle, every path ends with a human."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helptree.checks.links import option_id
from helptree.content import Content, Item
from helptree.marks import Text, marked_values
from helptree.problems import Location, Problem, problem
from helptree.shapes import OptionFile, OutcomeFile, QuestionFile, RemedyFile, StatusFile

_REF = re.compile(r"\(\s*ref:([a-z0-9-]+)")


def check_flow(content: Content) -> Iterator[Problem]:
    """Yield problems of flow. Expects a tree whose links are right."""
    for item in content.of("question").values():
        yield from _check_options(content, item)
    for item in content.of("outcome").values():
        yield from _check_remedies(item)
    yield from _find_cycles(content)
    yield from _find_unreachable(content)


def next_of(content: Content, option: OptionFile) -> str:
    """Return the node an option leads to, through its status if it has one."""
    if option.status is None:
        return option.next or ""
    status = content.of("status")[option.status].shape
    assert isinstance(status, StatusFile)
    return status.leads_to


def _label_of(content: Content, option: OptionFile) -> str:
    if option.status is None:
        return option.label or ""
    status = content.of("status")[option.status].shape
    assert isinstance(status, StatusFile)
    return status.label


def _check_options(content: Content, item: Item) -> Iterator[Problem]:
    assert isinstance(item.shape, QuestionFile)
    ids: dict[str, int] = {}
    labels: set[str] = set()
    for index, option in enumerate(item.shape.options):
        where = item.at(("options", index))
        label = " ".join(_label_of(content, option).casefold().split())
        if option_id(option) in ids:
            yield problem("shadowed-option", where, value=option_id(option), line=ids[option_id(option)])
        elif label in labels:
            yield problem("ambiguous-option", where, value=_label_of(content, option))
        ids.setdefault(option_id(option), where.line)
        labels.add(label)


def _check_remedies(item: Item) -> Iterator[Problem]:
    assert isinstance(item.shape, OutcomeFile)
    if item.shape.human_route is None:
        yield problem("no-human-route", item.at(), value=item.id)
    seen = {item.shape.human_route}
    for index, remedy in enumerate(item.shape.remedies):
        if remedy in seen:
            yield problem("repeated-remedy", item.at(("remedies", index)), value=remedy)
        seen.add(remedy)


def _edges(content: Content) -> dict[str, list[str]]:
    edges: dict[str, list[str]] = {}
    for id_, item in content.of("question").items():
        assert isinstance(item.shape, QuestionFile)
        edges[id_] = [next_of(content, option) for option in item.shape.options]
    return edges


def _find_cycles(content: Content) -> Iterator[Problem]:
    """Depth-first walk without recursion (a tree may be thousands of nodes deep); one finding for each circle."""
    edges, done = _edges(content), set[str]()
    # From the root first: the option that is told is then the one that leads back.
    for start in [_root(content), *edges]:
        trail: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, index = stack.pop()
            if index == 0:
                if node in done:
                    continue
                trail.append(node)
            targets = edges.get(node, [])
            if index == len(targets):
                done.add(node)
                trail.pop()
                continue
            stack.append((node, index + 1))
            target = targets[index]
            if target in trail:
                cycle = [*trail[trail.index(target) :], target]
                where = content.of("question")[node].at(("options", index))
                yield problem("no-exit-cycle", where, cycle=" -> ".join(cycle))
            elif target in edges and target not in done:
                stack.append((target, 0))


def _root(content: Content) -> str:
    return content.tree.shape.root if content.tree else ""  # type: ignore[attr-defined]


def _neighbours(content: Content, item: Item) -> Iterator[str]:
    shape = item.shape
    if isinstance(shape, QuestionFile):
        for option in shape.options:
            yield option.status or option.next or ""
    elif isinstance(shape, StatusFile):
        yield shape.leads_to
    elif isinstance(shape, OutcomeFile):
        yield from [*shape.remedies, shape.human_route or ""]
    elif isinstance(shape, RemedyFile):
        yield from shape.messages
    for _, _, text in marked_values(shape, Text):
        yield from _REF.findall(text) if "ref:" in text else ()


def _find_unreachable(content: Content) -> Iterator[Problem]:
    kinds = ("status", "question", "outcome", "remedy", "message")
    pages = {id_: item for kind in kinds for id_, item in content.of(kind).items()}
    root = _root(content)
    queue, seen = [root], {root}
    while queue:
        item = pages.get(queue.pop())
        for neighbour in _neighbours(content, item) if item else ():
            if neighbour in pages and neighbour not in seen:
                seen.add(neighbour)
                queue.append(neighbour)
    for id_ in pages.keys() - seen:
        yield problem("unreachable", Location(pages[id_].name), what=pages[id_].kind, value=id_)
