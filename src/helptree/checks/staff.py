"""Checks what only staff may know: no id and no code twice in one list, so that changes can be told one by one."""

from __future__ import annotations

from collections.abc import Iterator

from helptree.content import Content, Item
from helptree.problems import Problem, problem
from helptree.shapes import Staff

_LISTS = {"reasons": "code", "ask": "id", "escalation": "id", "conflicts": "id", "notes": "id"}


def check_staff(content: Content) -> Iterator[Problem]:
    """Yield a problem for every id or code that a list below `staff` gives twice."""
    for item in content.everything():
        staff = getattr(item.shape, "staff", None)
        if isinstance(staff, Staff):
            for name, key in _LISTS.items():
                yield from _check_list(item, name, [getattr(each, key) for each in getattr(staff, name)])


def _check_list(item: Item, name: str, keys: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield problem("repeated-note", item.at(("staff", name, index)), where=f"staff.{name}", value=key)
        seen.add(key)
