"""The interface's own English texts, from ui/*.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from helptree import kept
from helptree.text_entry import TextEntry

if TYPE_CHECKING:
    from helptree.source import Mapping

_FOLDER = Path(__file__).with_name("ui")


@cache
def ui_entries() -> tuple[TextEntry, ...]:
    """Return the interface's own texts, keyed `ui.<file>.<name>`. Raises RuntimeError when a file is broken."""
    # They are a part of the engine: what was read stays right as long as the engine stays.
    return kept.remember(f"interface-{kept.engine_key()}", _read)


def _read() -> tuple[TextEntry, ...]:
    from helptree.source import parse

    entries: list[TextEntry] = []
    for path in sorted(_FOLDER.glob("*.yaml")):
        root, problems = parse(path.read_text(encoding="utf-8"), f"ui/{path.name}")
        if root is None or problems:
            raise RuntimeError("\n".join(map(str, problems)))
        entries += _flatten(root, f"ui.{path.stem}")
    return tuple(entries)


def _flatten(node: Mapping, key: str) -> Iterator[TextEntry]:
    from helptree.source import Mapping, Scalar

    if set(node.items) == {"one", "other"}:
        one, other = (node.items[name][1] for name in ("one", "other"))
        assert isinstance(one, Scalar)
        assert isinstance(other, Scalar)
        yield TextEntry(key, one.text, one.location, is_line=True, plural=other.text)
        return
    for name, (_, value) in node.items.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{key}.{name}")
        elif isinstance(value, Scalar):
            yield TextEntry(f"{key}.{name}", value.text, value.location)
