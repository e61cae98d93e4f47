"""Checks each file for itself: fields, types, ids. What passes is a frozen shape with a place for every value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from helptree.checks.verdict import check_locale
from helptree.content import Content, Item, find_node
from helptree.load import RawFile, RawTree
from helptree.marks import Place, Shape, Words, marked_values
from helptree.problems import Location, Problem, nearest, problem
from helptree.shapes import (
    FOLDERS,
    ID_PATTERN,
    MAX_ID,
    RESERVED_IDS,
    TABLES,
    OutcomeFile,
    QuestionFile,
    TreeFile,
)
from helptree.source import Mapping, Node, Scalar, Sequence

_CALLED = {"string_type": "a text", "list_type": "a list", "dict_type": "`key: value` lines"}


def to_plain(node: Node) -> Any:
    """Return a raw node as strings, lists and dictionaries."""
    if isinstance(node, Scalar):
        return node.text
    # Scalars are most of all nodes: none is worth a call.
    if isinstance(node, Sequence):
        return [item.text if item.__class__ is Scalar else to_plain(item) for item in node.items]
    return {k: item.text if item.__class__ is Scalar else to_plain(item) for k, (_, item) in node.items.items()}


def check_shapes(raw: RawTree) -> tuple[Content, list[Problem]]:
    """Return what has the right shape, and every problem of shape."""
    content, problems = Content(broken=raw.broken), []
    content.pages, content.catalogs, content.sheets = raw.pages, raw.catalogs, raw.sheets
    if root := raw.tables.get("tree.yaml"):
        item, found = _check_item("tree", "tree", TreeFile, root.node, root)
        content.tree, problems = item, list(found)
    for kind, shape in FOLDERS.values():
        for file in raw.by_kind.get(kind, []):
            problems += _check_id(file.stem, Location(file.name))
            _keep(content, problems, kind, file.stem, shape, file.node, file)
    for name, (kind, shape) in TABLES.items():
        if table := raw.tables.get(name):
            for key, (scalar, value) in table.node.items.items():
                problems += _check_row_id(kind, key, scalar.location)
                _keep(content, problems, kind, key, shape, value, table)
    problems += _read_redirects(raw, content)
    problems += _check_unique_ids(content)
    return content, problems


def check_late(raw: RawTree, content: Content) -> Iterator[Problem]:
    """Take in what was read late, if its shape is right; yield all problems of it."""
    before = len(raw.problems)
    problems: list[Problem] = []
    for file in raw.late():
        problems += _check_id(file.stem, Location(file.name))
        _keep(content, problems, "sayings", file.stem, FOLDERS["sayings"][1], file.node, file)
    yield from (*raw.problems[before:], *problems)


def _keep(
    content: Content,
    problems: list[Problem],
    kind: str,
    id_: str,
    shape: type[Shape],
    node: Node,
    file: RawFile,
) -> None:
    item, found = _check_item(kind, id_, shape, node, file)
    problems += found
    if item:
        content.items.setdefault(kind, {})[id_] = item
    else:
        content.broken.setdefault(kind, set()).add(id_)


def _check_id(id_: str, where: Location) -> Iterator[Problem]:
    if len(id_) > MAX_ID:
        yield problem("too-long", where, what="the id", length=len(id_), limit=MAX_ID)
    elif not re.fullmatch(ID_PATTERN, id_):
        yield problem("id-charset", where, value=id_)
    elif id_ in RESERVED_IDS:
        yield problem("id-reserved", where, value=id_)


def _check_row_id(kind: str, key: str, where: Location) -> Iterator[Problem]:
    if kind == "language":
        yield from check_locale(key, where)
    elif not re.fullmatch(ID_PATTERN if kind == "term" else r"[a-z][a-z0-9_]*", key):
        yield problem("id-charset", where, value=key)


def _check_item(
    kind: str, id_: str, shape: type[Shape], node: Node, file: RawFile
) -> tuple[Item | None, list[Problem]]:
    where = f"the {kind} {id_!r}" if kind != "tree" else file.name
    if not isinstance(node, Mapping):
        found = "a list" if isinstance(node, Sequence) else "a text"
        return None, [problem("wrong-type", node.location, where=where, expected="`key: value` lines", found=found)]
    try:
        item = Item(kind, id_, shape.model_validate(to_plain(node)), node, file.name)
    except ValidationError as error:
        problems = [_explain(detail, shape, node, where) for detail in error.errors(include_url=False)]
        return None, list(_without_echoes(problems))
    return item, [*(_find_cut(item) if file.may_have_comments else ()), *_check_locales(item)]


def _without_echoes(problems: list[Problem]) -> Iterator[Problem]:
    """Leave out `summary is missing` where `sumary` is told with that suggestion: one slip, one finding."""
    suggested = {found.suggestion for found in problems if found.kind.code == "unknown-key"}
    for found in problems:
        if found.kind.code != "missing-key" or not any(f" has no {name!r}" in found.message for name in suggested):
            yield found


def _find_cut(item: Item) -> Iterator[Problem]:
    for _, place, _ in marked_values(item.shape, Words):
        node = find_node(item.node, place)
        if isinstance(node, Scalar) and node.cut_by_comment:
            yield problem("inline-comment-in-text", node.location)


def _check_locales(item: Item) -> Iterator[Problem]:
    for place in _locale_places(item.shape):
        key = _key_of(item.node, place)
        yield from check_locale(str(place[-1]), key.location if key else item.at())


def _locale_places(shape: Shape) -> Iterator[Place]:
    for field in ("wordings", "also_in"):
        for locale in getattr(shape, field, {}):
            yield (field, locale)


def _key_of(node: Node, place: Place) -> Scalar | None:
    parent = find_node(node, place[:-1])
    return parent.items[str(place[-1])][0] if isinstance(parent, Mapping) and place[-1] in parent.items else None


def _explain(error: ErrorDetails, shape: type[Shape], node: Mapping, where: str) -> Problem:
    """Turn one finding of the shape library into one of ours, at its place in the file."""
    place: Place = tuple(error["loc"])
    key, parent = str(place[-1]) if place else "", find_node(node, place[:-1])
    at = find_node(node, place).location
    if error["type"] == "extra_forbidden":
        scalar = _key_of(node, place)
        return _unknown_key(key, shape, place, scalar.location if scalar else at, where)
    if error["type"] == "missing":
        return _missing_key(key, shape, parent.location, where)
    if error["type"] == "value_error":
        return _own_error(str(error["ctx"]["error"]), key, at, where, error["input"])
    return _bad_value(error, place, at, where)


def _own_error(why: str, key: str, at: Location, where: str, value: object) -> Problem:
    code, _, rest = why.partition(": ")
    if code == "contradiction":
        return problem(code, at, why=rest)
    if code == "missing-key":
        return problem(code, at, where=f"an option of {where}", key=rest)
    return problem("bad-value", at, where=f"{key!r}", value=value, why=why)


def _unknown_key(key: str, shape: type[Shape], place: Place, at: Location, where: str) -> Problem:
    if shape is OutcomeFile and key in ("options", "next"):
        return problem("contradiction", at, why=f"an outcome ends the path, yet it has {key!r}")
    if shape is QuestionFile and key in ("remedies", "human_route"):
        return problem("contradiction", at, why=f"a question has no {key!r}: that belongs to an outcome")
    fields = _fields_at(shape, place[:-1])
    inside = where if len(place) == 1 else f"{place[-2] if isinstance(place[-2], str) else place[0]} in {where}"
    return problem("unknown-key", at, suggestion=nearest(key, fields), key=key, where=inside)


def _fields_at(shape: Any, place: Place) -> list[str]:
    """Return the field names that are known where a place ends."""
    for step in place:
        if isinstance(shape, type) and issubclass(shape, Shape) and str(step) in _names(shape):
            shape = shape.model_fields[_names(shape)[str(step)]].annotation
        shape = _inner_shape(shape) or shape
    return list(_names(shape)) if isinstance(shape, type) and issubclass(shape, Shape) else []


def _names(shape: type[Shape]) -> dict[str, str]:
    return {info.alias or name: name for name, info in shape.model_fields.items()}


def _inner_shape(annotation: Any) -> type[Shape] | None:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    found = (_inner_shape(inner) for inner in getattr(annotation, "__args__", ()))
    return next((shape for shape in found if shape), None)


def _missing_key(key: str, shape: type[Shape], at: Location, where: str) -> Problem:
    if shape is QuestionFile and key == "options":
        return problem("dead-end", at, value=where.split("'")[1])
    return problem("missing-key", at, where=where, key=key)


def _bad_value(error: ErrorDetails, place: Place, at: Location, where: str) -> Problem:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    what = ".".join(str(step) for step in place) + f" of {where}"
    if kind in _CALLED or kind in ("model_type", "model_attributes_type"):
        found = "a list" if isinstance(value, list) else "a text" if isinstance(value, str) else "a mapping"
        expected = _CALLED.get(kind, _CALLED["dict_type"])
        return problem("wrong-type", at, where=what, expected=expected, found=found)
    if value in ("", []):
        code = "dead-end" if place == ("options",) else "empty-text"
        return problem(code, at, where=what, value=where.split("'")[1] if "'" in where else where)
    if kind == "string_too_long":
        return problem("too-long", at, what=what, length=len(value), limit=context["max_length"])
    if kind == "string_pattern_mismatch" and context["pattern"] == ID_PATTERN:
        return problem("id-charset", at, value=value)
    return problem("bad-value", at, where=what, value=value, why=_why(error, place))


def _why(error: ErrorDetails, place: Place) -> str:
    if error["type"] == "literal_error":
        return f"it must be {error['ctx']['expected']}"
    if place and place[-1] in ("reviewed", "as_of"):
        return "it must be a day such as 2026-11-23"
    if place and place[-1] in ("value", "from", "review_interval_days"):
        return "it must be a number such as 72"
    if place and place[-1] == "url":
        return "it must be an address such as https://example.com/help"
    return error["msg"].lower()


def _read_redirects(raw: RawTree, content: Content) -> Iterator[Problem]:
    if not (file := raw.tables.get("redirects.yaml")):
        return
    for key, (scalar, value) in file.node.items.items():
        if isinstance(value, Scalar):
            content.redirects[key] = (value.text, scalar.location)
        else:
            yield problem("wrong-type", value.location, where=key, expected="a text", found="a list")


def _check_unique_ids(content: Content) -> Iterator[Problem]:
    """Ids name addresses, links and short codes: one id, one thing."""
    taken: dict[str, str] = {}
    for kind in ("status", "question", "outcome", "remedy", "message"):
        for id_, item in content.of(kind).items():
            if id_ in taken:
                yield problem("duplicate-id", Location(item.name), value=id_, other=taken[id_])
            taken.setdefault(id_, item.name)
