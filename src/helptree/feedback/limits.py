"""How often, in memory: token buckets for each session and for all together. Nothing here is ever written."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

_MOST_SESSIONS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """A burst, and what comes back each minute."""

    session_burst: int = 12
    session_per_minute: float = 6
    burst: int = 600
    per_minute: float = 1200
    events_per_walk_burst: int = 300
    most_buffered_events: int = 10_000
    most_waiting_submissions: int = 100_000
    most_waiting_events: int = 50_000


class Buckets:
    """One bucket for each name; the least used are forgotten, which only gives them their burst again."""

    def __init__(self, burst: float, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_second, self._clock = burst, per_minute / 60, clock
        self._filled: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str) -> bool:
        """Take one token; False when there is none."""
        with self._lock:
            now = self._clock()
            tokens, then = self._filled.pop(name, (self._burst, now))
            tokens = min(self._burst, tokens + (now - then) * self._per_second)
            self._filled[name] = (tokens - 1 if tokens >= 1 else tokens, now)
            if len(self._filled) > _MOST_SESSIONS:
                self._filled.popitem(last=False)
            return tokens >= 1
