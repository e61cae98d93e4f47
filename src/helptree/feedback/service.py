"""The door for the wizard: submit, record, and nothing that could stop a reader."""

from __future__ import annotations

import atexit
import logging
import os
import time
import weakref
from collections import OrderedDict, deque
from pathlib import Path
from threading import Event as Signal
from threading import Lock, Thread

from helptree.feedback import settings
from helptree.feedback.database import FAILED, make_engine
from helptree.feedback.keeper import Keeper
from helptree.feedback.limits import Buckets, Limits
from helptree.feedback.logs import log
from helptree.feedback.mask import mask
from helptree.feedback.metrics import Metrics
from helptree.feedback.retention import prune
from helptree.feedback.rows import Row, row_of, rows_of
from helptree.feedback.types import (
    Event,
    Happening,
    Receipt,
    Refusal,
    State,
    Submission,
    clean,
    is_valid,
    receipt_id,
    refusal_of,
)

_TICK = 0.5
_FLUSH_AT = 200
_CHUNK = 500
_MOST_WALKS = 10_000
_DAY = 24 * 3600.0


class Feedback:
    """One for each process, shared by all threads. Open it, submit, record, close it. See the package's head."""

    def __init__(self, keeper: Keeper, metrics: Metrics, limits: Limits) -> None:
        self.metrics = metrics
        self._keeper, self._limits = keeper, limits
        self._sessions = Buckets(limits.session_burst, limits.session_per_minute)
        self._all = Buckets(limits.burst, limits.per_minute)
        self._walks = Buckets(limits.events_per_walk_burst, limits.events_per_walk_burst)
        self._last: OrderedDict[str, tuple[str, str, str]] = OrderedDict()
        self._buffer: deque[Row] = deque()
        self._lock, self._flushing = Lock(), Lock()
        self._wake, self._stop = Signal(), Signal()
        self._next_prune = time.monotonic() + 60
        self._worker = Thread(target=_work, args=(weakref.ref(self), self._stop, self._wake), daemon=True)

    @classmethod
    def open(cls, url: str | None = None, data_dir: Path | None = None, limits: Limits | None = None) -> Feedback:
        """Open database and outbox, bring the tables up to date, start to work in the background.

        Left out, `url` and `data_dir` come from HELPTREE_DATABASE_URL and HELPTREE_DATA. An absent database is no
        error. Raises FeedbackError only for an address that can never work.
        """
        folder = data_dir or settings.data_dir()
        address = settings.database_url(folder, url or os.environ.get(settings.DATABASE_URL))
        metrics, limits = Metrics(), limits or Limits()
        feedback = cls(Keeper(make_engine(address), folder, limits, metrics), metrics, limits)
        feedback._keeper.recover(now=True)
        feedback._worker.start()
        atexit.register(_close, weakref.ref(feedback))
        return feedback

    def submit(self, submission: Submission, session: str = "") -> Receipt:
        """Mask and keep a submission. Durable on return if `thanks`; sent again with the same key it stays single.

        `session` is any name of the reader's session; it is used for the rate limit and never written.
        """
        if reason := refusal_of(submission) or self._too_often(session):
            return self._refused(submission, reason)
        masked = mask(clean(submission.text))
        receipt = receipt_id(submission.key)
        with self.metrics.seconds.time():
            state = self._keeper.keep(rows_of(submission, receipt, masked.text))
        if state is State.REFUSED:
            return self._refused(submission, Refusal.UNAVAILABLE)
        if state is State.QUEUED:
            self._wake.set()
        for kind in masked.kinds:
            self.metrics.masked.labels(kind).inc()
        self.metrics.submissions.labels(submission.kind, state).inc()
        log(logging.INFO, "submission", kind=submission.kind, state=state, masked=len(masked.kinds))
        return Receipt(state, receipt, masked=masked.kinds)

    def record(self, event: Event) -> None:
        """Note what happened on a walk; it reaches the disk within a second. The same twice in a row counts once."""
        if not is_valid(event) or self._is_repeated(event) or not self._walks.take(event.walk):
            return
        self.metrics.events.labels(event.kind).inc()
        if event.kind is Happening.START:
            self.metrics.walks.inc()
        if len(self._buffer) >= self._limits.most_buffered_events:
            self.metrics.lost_events.inc()
            return
        self._buffer.append(row_of(event))
        if len(self._buffer) >= _FLUSH_AT:
            self._wake.set()

    def is_available(self) -> bool:
        """Whether the database takes what is sent now. If not, it is kept in the outbox: no reason to ask less."""
        return self._keeper.is_up

    def flush(self) -> None:
        """Bring buffered events to the disk, and to the database what waits in the outbox, if it answers."""
        with self._flushing:
            while self._buffer:
                rows = [self._buffer.popleft() for _ in range(min(_CHUNK, len(self._buffer)))]
                if self._keeper.keep(rows) is State.REFUSED:
                    self.metrics.lost_events.inc(len(rows))
        if self._keeper.has_work:
            self._keeper.recover()

    def close(self) -> None:
        """Write what is buffered and let go of everything. May be called twice."""
        if self._stop.is_set():
            return
        self._stop.set()
        self._wake.set()
        if self._worker.is_alive():
            self._worker.join(10)
        self.flush()
        self._keeper.close()

    def _refused(self, submission: Submission, reason: Refusal) -> Receipt:
        self.metrics.submissions.labels(submission.kind, State.REFUSED).inc()
        log(logging.INFO, "submission", kind=submission.kind, state=State.REFUSED, reason=reason)
        return Receipt(State.REFUSED, reason=reason)

    def _too_often(self, session: str) -> Refusal | None:
        if (session and not self._sessions.take(session)) or not self._all.take(""):
            return Refusal.TOO_OFTEN
        return None

    def _is_repeated(self, event: Event) -> bool:
        happened = (event.kind, event.node, event.locale)
        with self._lock:
            before = self._last.pop(event.walk, None)
            self._last[event.walk] = happened
            if len(self._last) > _MOST_WALKS:
                self._last.popitem(last=False)
        return before == happened

    def _tend(self) -> None:
        """What the background does every half second."""
        self.flush()
        if self._keeper.is_up and time.monotonic() > self._next_prune:
            self._next_prune = time.monotonic() + _DAY
            try:
                prune(self._keeper.store.engine)
            except FAILED:
                self.metrics.failures.labels("prune").inc()


def _work(of: weakref.ref[Feedback], stop: Signal, wake: Signal) -> None:
    while not stop.is_set():
        wake.wait(_TICK)
        wake.clear()
        feedback = of()
        if feedback is None:
            return
        try:
            feedback._tend()
        except Exception:
            # The thread must outlive anything: without it nothing would leave the outbox.
            log(logging.ERROR, "background failed")
            feedback.metrics.failures.labels("background").inc()
        del feedback


def _close(of: weakref.ref[Feedback]) -> None:
    if feedback := of():
        feedback.close()
