"""Gives work to another process, all or a share of it, where that is safe. Without it, all is done here."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
Results = dict[int, R]

_NUMBER_BYTES = 4


def begin(work: Callable[[T], R], items: Sequence[T]) -> Callable[[], list[R]]:
    """Begin to work on all items in another process; return what waits for the results, in order.

    `work` must raise nothing, and its results must be picklable.
    """
    is_worth_it = items and _can_fork()
    theirs = _begin(lambda: {number: work(item) for number, item in enumerate(items)}) if is_worth_it else None

    def results() -> list[R]:
        found = theirs() if theirs else None
        return [work(item) for item in items] if found is None else list(found.values())

    return results


def share(work: Callable[[T], R], items: Sequence[T], meanwhile: Callable[[], None] | None = None) -> list[R]:
    """Return what `work` makes of each item, in order. It must raise nothing, and its results must be picklable.

    `meanwhile` is done here first, while the other one begins. Each process takes the next item when it is ready.
    """
    is_worth_it = len(items) > (0 if meanwhile else 1) and _can_fork()
    numbers = _numbers(len(items)) if is_worth_it else None
    theirs = None if numbers is None else _begin(lambda: _work(work, items, numbers))
    if meanwhile:
        meanwhile()
    results: Results[R] = {}
    if numbers is not None:
        results = _work(work, items, numbers)
        os.close(numbers)
        results |= (theirs() if theirs else None) or {}
    # The other process was killed, or out of memory: then what it took is done here.
    return [results[number] if number in results else work(item) for number, item in enumerate(items)]


def _can_fork() -> bool:
    """A process with threads must not be forked: a lock that another one holds would stay locked for ever."""
    # macOS: its own libraries do not survive a fork.
    is_able = hasattr(os, "fork") and sys.platform != "darwin" and (os.cpu_count() or 1) > 1
    return is_able and threading.active_count() == 1


def _numbers(count: int) -> int | None:
    """Return a pipe that holds the numbers below `count`, for two processes to read; None when they do not fit."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    data = b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in range(count))
    try:
        fits = os.write(theirs, data) == len(data)
    except BlockingIOError:
        fits = False
    os.close(theirs)
    if not fits:
        os.close(ours)
    return ours if fits else None


def _work(work: Callable[[T], R], items: Sequence[T], numbers: int) -> Results[R]:
    """Take items one by one until none is left. One read of a pipe is never split between two processes."""
    results = {}
    while data := os.read(numbers, _NUMBER_BYTES):
        number = int.from_bytes(data, "big")
        results[number] = work(items[number])
    return results


def _begin(work: Callable[[], Results[R]]) -> Callable[[], Results[R] | None] | None:
    """Fork a process that works; return what waits for its results, None when there is no process."""
    ours, theirs = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        return None
    if child == 0:
        _end(work, theirs)
    os.close(theirs)

    def results() -> Results[R] | None:
        with open(ours, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(child, 0)
        return pickle.loads(data) if status == 0 else None

    return results


def _end(work: Callable[[], Results[R]], pipe: int) -> None:
    """Write the results and end the process at once: nothing that it has inherited is its own to tidy up."""
    status = 1
    try:
        with open(pipe, "wb") as file:
            pickle.dump(work(), file, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
