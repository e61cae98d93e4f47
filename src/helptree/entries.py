"""The translatable texts of a tree and of the interface, each with its key and its place.

Keys are `<kind>.<id>.<field>` or `<kind>.<id>.<list>.<item id>.<field>`: they hold ids, never positions, so
that an inserted step moves no translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helptree.content import Content, Item, find_node
from helptree.marks import Place, Text, marked_values
from helptree.problems import Location
from helptree.source import Mapping, Node, Scalar, parse

_UI_FOLDER = Path(__file__).with_name("ui")


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One translatable text. `plural`: the text for many, where words depend on a number. `is_block`: see Scalar.

    `notes` tell a translator where it shows and what its gaps hold; see `translation_order.py`.
    """

    key: str
    text: str
    location: Location
    is_line: bool = False
    max_length: int = 5_000
    plural: str = ""
    is_block: bool = False
    notes: tuple[str, ...] = ()


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


@cache
def ui_entries() -> tuple[TextEntry, ...]:
    """Return the interface's own texts, keyed `ui.<file>.<name>`. Raises RuntimeError when a file is broken."""
    entries: list[TextEntry] = []
    for path in sorted(_UI_FOLDER.glob("*.yaml")):
        root, problems = parse(path.read_text(encoding="utf-8"), f"ui/{path.name}")
        if root is None or problems:
            raise RuntimeError("\n".join(map(str, problems)))
        entries += _flatten(root, f"ui.{path.stem}")
    return tuple(entries)


def _flatten(node: Mapping, key: str) -> Iterator[TextEntry]:
    if set(node.items) == {"one", "other"}:
        one, other = (find_node(node, (name,)) for name in ("one", "other"))
        assert isinstance(one, Scalar)
        assert isinstance(other, Scalar)
        yield TextEntry(key, one.text, one.location, is_line=True, plural=other.text)
        return
    for name, (_, value) in node.items.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{key}.{name}")
        elif isinstance(value, Scalar):
            yield TextEntry(f"{key}.{name}", value.text, value.location)
