"""What shapes are made of: the base of all, the marks on their fields, and the way to find what is marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True)
class Words:
    """Marks words that a person reads. An unquoted comment must not cut them short."""


@dataclass(frozen=True)
class Text(Words):
    """Marks a translatable text. `line`: one line; otherwise paragraphs. `max_length` in characters."""

    line: bool = False
    max_length: int = 5_000


@dataclass(frozen=True)
class Ref:
    """Marks an id: the kinds of thing it may name, and how a message calls them."""

    kinds: tuple[str, ...]
    called: str


class Shape(BaseModel):
    """Base of all shapes: unknown fields are refused, instances are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Place = tuple[str | int, ...]
Mark = type[Words] | type[Ref]


def marked_values(shape: Shape, mark: Mark, at: Place = ()) -> Iterator[tuple[Any, Place, str]]:
    """Yield `(mark, place, value)` for every marked text or id below a shape, in file order."""
    for name, key, found in marked_fields(type(shape), mark):  # type: ignore[arg-type]  # a union of types has a hash
        value = getattr(shape, name)
        if isinstance(value, str):
            yield found, (*at, key), value
        elif value:
            yield from _marked_inside(value, found, mark, (*at, key))


def _marked_inside(value: Any, found: Any | None, mark: Mark, at: Place) -> Iterator[tuple[Any, Place, str]]:
    if isinstance(value, Shape):
        yield from marked_values(value, mark, at)
        return
    for key, item in enumerate(value) if isinstance(value, list) else value.items():
        if isinstance(item, str):
            yield found, (*at, key), item
        else:
            yield from _marked_inside(item, found, mark, (*at, key))


@cache
def marked_fields(shape: Any, mark: Any) -> tuple[tuple[str, str, Any], ...]:
    """Return `(attribute, field, mark)` of the fields that are marked or hold shapes with such fields."""
    rows = []
    for name, info in shape.model_fields.items():
        found = mark_of(shape, name, mark)
        if found is not None or any(marked_fields(inner, mark) for inner in _shapes_in(info.annotation)):
            rows.append((name, info.alias or name, found))
    return tuple(rows)


def mark_of(shape: type[Shape], name: str, mark: Mark) -> Any | None:
    """Return the `Text` or `Ref` mark of a field, looked for inside `| None` and `list[...]` too."""
    info = shape.model_fields[name]
    found = [item for item in info.metadata if isinstance(item, mark)]
    return found[0] if found else _mark_in(info.annotation, mark)


def _mark_in(annotation: Any, mark: Mark) -> Any | None:
    for item in getattr(annotation, "__metadata__", ()):
        if isinstance(item, mark):
            return item
    for inner in getattr(annotation, "__args__", ()):
        if (found := _mark_in(inner, mark)) is not None:
            return found
    return None


def _shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _shapes_in(inner)
