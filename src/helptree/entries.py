"""The translatable texts of a tree and of the interface, each with its key and its place.

Keys are `<kind>.<id>.<field>` or `<kind>.<id>.<list>.<item id>.<field>`: they hold ids, never positions, so
that an inserted step moves no translation.
"""

from __future__ import annotations

from collections.abc import Iterator

from helptree.content import Content, Item, find_node
from helptree.marks import Place, Text, marked_values
from helptree.source import Node, Scalar
from helptree.text_entry import TextEntry


def entries_of_item(item: Item) -> Iterator[TextEntry]:
    """Yield the texts of one piece of content in file order."""
    for mark, place, text in marked_values(item.shape, Text):
        node = find_node(item.node, place)
        is_block = isinstance(node, Scalar) and node.is_block
        yield TextEntry(key_of(item, place), text, node.location, mark.line, mark.max_length, is_block=is_block)


def key_of(item: Item, place: Place) -> str:
    """Return the key of the text at a place: list positions are replaced by the items' ids."""
    parts, node = ["tree"] if item.kind == "tree" else [item.kind, item.id], item.node
    for step in place:
        node = find_node(node, (step,))
        parts.append(_id_in(node) if isinstance(step, int) else step)
    return ".".join(parts)


def _id_in(node: Node) -> str:
    found = find_node(node, ("id",))
    return found.text if isinstance(found, Scalar) else ""


def content_entries(content: Content) -> list[TextEntry]:
    """Return all texts of the content, the tree's own first."""
    return [entry for item in content.everything() for entry in entries_of_item(item)]
