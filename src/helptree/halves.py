"""Does half of some work in another process, where that is safe and worth it. Without it, all is done here."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_halves(work: Callable[[T], R], items: Sequence[T], meanwhile: Callable[[], None] | None = None) -> list[R]:
    """Return what `work` makes of each item, in order. It must raise nothing, and its results must be picklable.

    With something else to do `meanwhile`, the other process gets all of it.
    """
    share = len(items) if meanwhile else len(items) // 2
    middle = share if _can_fork() else 0
    other = _begin(work, items[:middle]) if middle else None
    if other and meanwhile:
        meanwhile()
    mine = [work(item) for item in items[middle:]]
    theirs = other() if other else None
    # Killed, or out of memory: then all of it is done here.
    return [*([work(item) for item in items[:middle]] if theirs is None else theirs), *mine]


def _can_fork() -> bool:
    """A process with threads must not be forked: a lock that another one holds would stay locked for ever."""
    # macOS: its own libraries do not survive a fork.
    is_able = hasattr(os, "fork") and sys.platform != "darwin" and (os.cpu_count() or 1) > 1
    return is_able and threading.active_count() == 1


def _begin(work: Callable[[T], R], items: Sequence[T]) -> Callable[[], list[R] | None] | None:
    """Fork a process that works on the items; return what waits for its results, None when there is no process."""
    ours, theirs = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        return None
    if child == 0:
        _work(work, items, theirs)
    os.close(theirs)

    def results() -> list[R] | None:
        with open(ours, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(child, 0)
        return pickle.loads(data) if status == 0 else None

    return results


def _work(work: Callable[[T], R], items: Sequence[T], pipe: int) -> None:
    """Write the results and end the process at once: nothing that it has inherited is its own to tidy up."""
    status = 1
    try:
        with open(pipe, "wb") as file:
            pickle.dump([work(item) for item in items], file, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
