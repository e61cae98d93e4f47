"""One line for each access: when, who, what, and whether. Of people nothing but the staff id, of readers nothing."""

from __future__ import annotations

import logging

_log = logging.getLogger("helptree.audit")


def set_up() -> None:
    """Write these lines whatever HELPTREE_LOG_LEVEL says."""
    _log.setLevel(logging.INFO)


def tell(staff: str, page: str, result: str = "allowed") -> None:
    """Write a line. `page` and `result` come from closed lists."""
    _log.info("staff access", extra={"figures": {"staff": staff or "-", "page": page, "result": result}})
