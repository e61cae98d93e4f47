"""Keeps rows durable whatever the database does: into it when it answers, else into the outbox, and over later."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Engine

from helptree.feedback.database import FAILED, REJECTED, why
from helptree.feedback.limits import Limits
from helptree.feedback.logs import log
from helptree.feedback.metrics import Metrics
from helptree.feedback.migrate import migrate
from helptree.feedback.outbox import Outbox
from helptree.feedback.rows import Row
from helptree.feedback.store import Store
from helptree.feedback.types import FeedbackError, State

_BATCH = 200
_LONGEST_PAUSE = 5.0


class Keeper:
    """Store and outbox behind one door. Never raises for an outage."""

    def __init__(self, engine: Engine, folder: Path, limits: Limits, metrics: Metrics) -> None:
        self.store, self.outbox = Store(engine), Outbox(folder)
        self._limits, self._metrics = limits, metrics
        self._waiting = {"submission": 0, "event": 0}
        self._draining = Lock()
        self._migrated = False
        self._pause = 0.0
        self._not_before = 0.0
        self.is_up = False

    def keep(self, rows: Sequence[Row]) -> State:
        """Make rows durable, here or there. Refused: there is no disk left to put them on."""
        if self.is_up:
            try:
                self.store.add(rows)
            except FAILED as error:
                self._failed("database", error)
            else:
                return State.STORED
        return State.QUEUED if self.queue(rows) else State.REFUSED

    def queue(self, rows: Sequence[Row]) -> bool:
        """Put rows into the outbox; False when it is full or fails."""
        most = {"submission": self._limits.most_waiting_submissions, "event": self._limits.most_waiting_events}
        if self._waiting[rows[0].table] >= most[rows[0].table]:
            return False
        try:
            self.outbox.put(rows)
        except FAILED as error:
            self._failed("outbox", error)
            return False
        for row in rows:
            self._waiting[row.table] += 1
        self._metrics.waiting.set(sum(self._waiting.values()))
        return True

    def recover(self, *, now: bool = False) -> None:
        """See whether the database is back, and bring it what waits. Not too often, unless `now`."""
        if not now and time.monotonic() < self._not_before:
            return
        with self._draining:
            if self._try("database", self._open_database):
                self._try("outbox", self._drain)

    @property
    def has_work(self) -> bool:
        """Whether `recover` would have something to do."""
        return not self.is_up or any(self._waiting.values())

    def close(self) -> None:
        """Let go of all connections."""
        self.store.engine.dispose()
        self.outbox.close()

    def _open_database(self) -> None:
        if not self._migrated:
            migrate(self.store.engine)
            self._migrated = True
        self.store.answers()

    def _drain(self) -> None:
        while rows := self.outbox.first(_BATCH):
            if not self._try("database", lambda rows=rows: self._pass_on(rows)):  # type: ignore[misc]
                return
            self.outbox.remove(rows)
        counts = self.outbox.count()
        self._waiting = {table: counts[table] for table in self._waiting}
        self._metrics.waiting.set(sum(self._waiting.values()))
        self._went_up()

    def _pass_on(self, rows: Sequence[Row]) -> None:
        try:
            self.store.add(rows)
        except REJECTED:
            for row in rows:
                self._pass_one_on(row)

    def _pass_one_on(self, row: Row) -> None:
        try:
            self.store.add([row])
        except REJECTED as error:
            self.outbox.set_aside(row)
            self._metrics.set_aside.inc()
            log(logging.ERROR, "row set aside", table=row.table, error=why(error))

    def _try(self, place: str, work: Callable[[], Any]) -> bool:
        try:
            work()
        except (*FAILED, FeedbackError) as error:
            self._failed(place, error)
            return False
        return True

    def _failed(self, place: str, error: Exception) -> None:
        self._metrics.failures.labels(place).inc()
        if place == "database":
            self._pause = min(_LONGEST_PAUSE, max(0.2, self._pause * 2))
            self._not_before = time.monotonic() + self._pause
            if not self.is_up and self._pause > 0.2:
                return  # told already
            self.is_up = False
            self._metrics.up.set(0)
        told = str(error) if isinstance(error, FeedbackError) else why(error)
        log(logging.WARNING, f"{place} failed", error=told)

    def _went_up(self) -> None:
        self._pause = 0.0
        self._metrics.up.set(1)
        if not self.is_up:
            self.is_up = True
            log(logging.INFO, "database answers")
