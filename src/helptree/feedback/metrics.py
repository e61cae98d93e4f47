"""Figures for Prometheus, in a registry of their own. Every label comes from a closed list: nothing a reader sends."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """What an operator watches. `waiting` above 0 for long, or `up` at 0, is worth a look."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.submissions = self._counter("submissions", "Submissions by kind and what became of them", "kind", "state")
        self.masked = self._counter("masked", "Pieces of personal data masked", "kind")
        self.walks = self._counter("walks", "Walks begun")
        self.events = self._counter("events", "Things that happened on walks", "kind")
        self.lost_events = self._counter("lost_events", "Events given up because too many were waiting")
        self.failures = self._counter("failures", "Failures of database or outbox", "place")
        self.set_aside = self._counter("set_aside", "Rows the database will never take, kept in the outbox")
        self.waiting = Gauge("helptree_waiting", "Rows in the outbox", registry=self.registry)
        self.up = Gauge("helptree_database_up", "1 when the database answers", registry=self.registry)
        self.seconds = Histogram("helptree_submit_seconds", "Time to make a submission durable", registry=self.registry)

    def _counter(self, name: str, help_: str, *labels: str) -> Counter:
        return Counter(f"helptree_{name}", help_, labels, registry=self.registry)

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them (`CONTENT_TYPE`)."""
        return generate_latest(self.registry)
