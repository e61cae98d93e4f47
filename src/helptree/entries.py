"""The translatable texts of a tree and of the interface, each with its key and its place.

Keys are `<kind>.<id>.<field>` or `<kind>.<id>.<list>.<item id>.<field>`: they hold ids, never positions, so
that an inserted step moves no translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helptree.content import Content, Item, find_node
from helptree.marks import Shape, Text, marked_fields
from helptree.source import Node, Scalar
from helptree.text_entry import TextEntry


def entries_of_item(item: Item) -> Iterator[TextEntry]:
    """Yield the texts of one piece of content in file order."""
    return _texts_of(item.shape, item.node, key_of(item))


def key_of(item: Item, *steps: str) -> str:
    """Return the key of a text. `steps`: fields that lead to it, and after each list the id of the item in it."""
    return ".".join(("tree", *steps) if item.kind == "tree" else (item.kind, item.id, *steps))


def _texts_of(shape: Shape, node: Node, key: str) -> Iterator[TextEntry]:
    """Walk a shape and the node it was made of side by side."""
    for name, field, mark in marked_fields(type(shape), Text):
        value = getattr(shape, name)
        if isinstance(value, str):
            place = find_node(node, (field,))
            is_block = isinstance(place, Scalar) and place.is_block
            yield TextEntry(f"{key}.{field}", value, place.location, mark.line, mark.max_length, is_block=is_block)
        elif value:
            yield from _texts_inside(value, find_node(node, (field,)), f"{key}.{field}")


def _texts_inside(value: Shape | list[Any], node: Node, key: str) -> Iterator[TextEntry]:
    """Shapes hold texts, and lists of shapes that have an id."""
    if isinstance(value, Shape):
        yield from _texts_of(value, node, key)
        return
    for index, inner in enumerate(value):
        yield from _texts_of(inner, find_node(node, (index,)), f"{key}.{inner.id}")


def content_entries(content: Content) -> list[TextEntry]:
    """Return all texts of the content, the tree's own first."""
    return [entry for item in content.everything() for entry in entries_of_item(item)]
