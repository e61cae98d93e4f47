"""Figures of this process for Prometheus. Every label comes from a closed list: nothing a reader sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Runs take milliseconds; what readers would notice begins at a tenth of a second.
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)

registry = CollectorRegistry()
ProcessCollector(registry=registry)
PlatformCollector(registry=registry)
_run_seconds = Histogram("helptree_run_seconds", "Time to draw a screen", buckets=_SECONDS, registry=registry)
_sessions = Gauge("helptree_sessions", "Readers connected now", registry=registry)
_answers = Counter("helptree_answers", "Answers over HTTP", ("place", "status"), registry=registry)
_refusals = Counter("helptree_refusals", "Requests refused at the door", ("why",), registry=registry)
_problems = Counter("helptree_problems", "Warnings and errors logged", ("level",), registry=registry)
_more: list[Callable[[], bytes]] = []


def also(figures: Callable[[], bytes]) -> None:
    """Add another source, such as `feedback.metrics.text`."""
    if figures not in _more:
        _more.append(figures)


def text() -> bytes:
    """Return all figures as Prometheus reads them."""
    return generate_latest(registry) + b"".join(figures() for figures in _more)


@contextmanager
def run() -> Iterator[None]:
    """Time the drawing of one screen, also one that ends early to begin anew."""
    start = perf_counter()
    try:
        yield
    finally:
        _run_seconds.observe(perf_counter() - start)


@contextmanager
def session() -> Iterator[None]:
    """Count a reader while connected."""
    with _sessions.track_inprogress():
        yield


def answered(place: str, status: int) -> None:
    """Count an answer, by its class: 2xx, 4xx."""
    _answers.labels(place, f"{status // 100}xx").inc()


def refused(why: str) -> None:
    """Count a refusal."""
    _refusals.labels(why).inc()


def logged(level: str) -> None:
    """Count what is logged as a warning or worse, so that an operator need not read to be told."""
    _problems.labels(level).inc()
