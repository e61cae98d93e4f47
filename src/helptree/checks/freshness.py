"""Checks that nobody is told old news: every status, remedy and fact was reviewed within the interval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from helptree.content import Content
from helptree.problems import Problem, problem
from helptree.shapes import TreeFile


def check_freshness(content: Content, today: date) -> Iterator[Problem]:
    """Yield a warning for what is overdue on the day `today`, an error at twice the interval."""
    tree = content.tree.shape if content.tree else None
    interval = float(tree.review_interval_days) if isinstance(tree, TreeFile) else 0
    for kind in ("status", "remedy", "fact"):
        for item in content.of(kind).values():
            reviewed = date.fromisoformat(item.shape.reviewed)  # type: ignore[attr-defined]
            days, where = (today - reviewed).days, item.at(("reviewed",))
            if days < 0:
                yield problem("review-in-future", where, day=reviewed)
            elif days > interval:
                code = "review-lapsed" if days > 2 * interval else "review-overdue"
                yield problem(code, where, days=days, interval=f"{interval:g}")
