"""Content whose shape is right: typed, and every value still knows its place in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from helptree.files import RawBytes, RawText
from helptree.marks import Place, Shape
from helptree.problems import Location
from helptree.source import Mapping, Node, Sequence


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of content: its kind, id, shape, and the raw node that knows the places."""

    kind: str
    id: str
    shape: Shape
    node: Node
    name: str

    def at(self, place: Place = ()) -> Location:
        """Return where a value stands; the nearest enclosing place when it has none of its own."""
        return find_node(self.node, place).location


@dataclass(slots=True)
class Content:
    """All items whose shape is right. `items`: kind -> id -> item, in file order."""

    tree: Item | None = None
    items: dict[str, dict[str, Item]] = field(default_factory=dict)
    redirects: dict[str, tuple[str, Location]] = field(default_factory=dict)
    pages: list[RawText] = field(default_factory=list)
    catalogs: list[RawBytes] = field(default_factory=list)
    sheets: list[RawBytes] = field(default_factory=list)
    # Files that exist but could not be read: an id that names one of them is not unknown.
    broken: dict[str, set[str]] = field(default_factory=dict)

    def of(self, kind: str) -> dict[str, Item]:
        """Return the items of a kind by id."""
        return self.items.get(kind, {})

    def ids(self, *kinds: str) -> set[str]:
        """Return the ids of some kinds, those of unreadable files included."""
        return {id_ for kind in kinds for id_ in (*self.of(kind), *self.broken.get(kind, ()))}

    def everything(self) -> Iterator[Item]:
        """Yield all items, the tree itself first."""
        if self.tree:
            yield self.tree
        for group in self.items.values():
            yield from group.values()


def find_node(node: Node, place: Place) -> Node:
    """Follow a place as far as it goes."""
    for step in place:
        if isinstance(node, Mapping) and (found := node.items.get(step)):  # type: ignore[arg-type]
            node = found[1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node
