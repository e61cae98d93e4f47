"""A writer that is killed in the middle, and the count afterwards: what was thanked for and is not there, or twice."""

import contextlib
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from sqlalchemy import select

from helptree.feedback import Feedback, Kind, Limits, State, Submission, database, migrate, settings
from helptree.feedback.schema import event, submission
from tests.postgres import Server

THREADS = 3
NO_LIMITS = Limits(session_burst=10**6, burst=10**6, per_minute=10**6, events_per_walk_burst=10**6)
PROCESSES = multiprocessing.get_context("forkserver")
# Everything is imported once, not for each of hundreds of writers.
PROCESSES.set_forkserver_preload(["tests.feedback.crash", "psycopg", "alembic.command", "sqlite3"])


@dataclass
class Figures:
    """What a series of crashes came to."""

    runs: int = 0
    thanked: int = 0
    queued: int = 0
    lost: int = 0
    doubled: int = 0

    def __str__(self) -> str:
        return (
            f"{self.runs} runs, {self.thanked} thanked for ({self.queued} of these from the outbox), "
            f"lost {self.lost}, doubled {self.doubled}"
        )


def said(run: int, thread: int, number: int) -> Submission:
    name = f"{run}-{thread}-{number}"
    return Submission(Kind.NOT_HELPED, "fr", "node", text=f"said {name}", walk=f"walk-{name}", key=f"key-{name}")


def switch_durability_off(feedback: Feedback) -> None:
    """Thanks before the row is anywhere: the mistake this test must be able to find."""
    late, really_add = [], feedback._keeper.store.add

    def add(rows):
        late.extend(rows)
        if len(late) >= 40:
            really_add(late[:])
            late.clear()

    feedback._keeper.store.add = add


def write(url: str, folder: Path, run: int, acks: Path, is_control: bool) -> None:
    """The writer: thanks are written to a file, which survives a killed process. Runs until it is killed."""
    if is_control:
        database._POSTGRES = "SET synchronous_commit = off"
    feedback = Feedback.open(url, folder, NO_LIMITS)
    if is_control and url.startswith("sqlite"):
        switch_durability_off(feedback)
    out = os.open(acks, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def speak(thread: int) -> None:
        for number in range(100_000):
            receipt = feedback.submit(said(run, thread, number))
            if receipt.thanks:
                os.write(out, f"{thread}-{number} {receipt.state}\n".encode())
            if number % 5 == 0:
                feedback.submit(said(run, thread, number))  # a double click

    for thread in range(THREADS):
        Thread(target=speak, args=(thread,), daemon=True).start()
    time.sleep(300)


def start_at_once(url: str, folder: Path, times: int) -> list[str]:
    """Bring the tables up to date from so many processes at the same moment; return what each tells."""
    barrier, told = PROCESSES.Barrier(times), PROCESSES.Queue()
    started = [PROCESSES.Process(target=_migrate, args=(url, folder, barrier, told)) for _ in range(times)]
    for process in started:
        process.start()
    results = [told.get(timeout=60) for _ in started]
    for process in started:
        process.join()
    return sorted(results)


def _migrate(url: str, folder: Path, barrier, told) -> None:
    barrier.wait()
    try:
        told.put(str(migrate.migrate(database.make_engine(settings.database_url(folder, url)))))
    except Exception as error:
        told.put(repr(error))


def crash(url: str, folder: Path, runs: range, server: Server | None = None, *, is_control: bool = False) -> Figures:
    """Kill the writer, or the server and then the writer, once in each run, and count."""
    figures, chance = Figures(), random.Random(runs.start)
    for run in runs:
        acks = folder / f"acks-{run}"
        acks.touch()
        writer = PROCESSES.Process(target=write, args=(url, folder, run, acks, is_control), daemon=True)
        writer.start()
        _wait_for(lambda: acks.stat().st_size > 0, 20)  # noqa: B023
        time.sleep(chance.uniform(0, 0.25))
        if server and (is_control or run % 2):
            server.kill()
            time.sleep(0 if is_control else chance.uniform(0, 0.3))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        if server and not server.process:
            server.start()
        _count(url, folder, run, acks, figures)
    return figures


def _count(url: str, folder: Path, run: int, acks: Path, figures: Figures) -> None:
    lines = [line.split() for line in acks.read_text().splitlines()]
    thanked = {name for name, _ in lines}
    feedback = Feedback.open(url, folder, NO_LIMITS)
    try:
        _send_again(feedback, run, thanked)
        drained(feedback)
        texts, walks = stored(feedback, f"said {run}-"), recorded(feedback, f"walk-{run}-")
    finally:
        feedback.close()
    figures.runs += 1
    figures.thanked += len(thanked)
    figures.queued += sum(state == State.QUEUED for _, state in lines)
    figures.lost += sum(texts[f"said {run}-{name}"] == 0 or walks[f"walk-{run}-{name}"] == 0 for name in thanked)
    figures.doubled += sum(times > 1 for times in (*texts.values(), *walks.values()))


def _send_again(feedback: Feedback, run: int, thanked: set[str]) -> None:
    """As a reader does who saw no thanks: the one that was under way in each thread, and one that was thanked for."""
    for thread in range(THREADS):
        numbers = [int(name.split("-")[1]) for name in thanked if name.startswith(f"{thread}-")]
        feedback.submit(said(run, thread, max(numbers, default=-1) + 1))
        if numbers:
            feedback.submit(said(run, thread, 0))


def drained(feedback: Feedback, seconds: float = 30) -> None:
    """Wait until the database has everything."""
    keeper = feedback._keeper
    assert _wait_for(lambda: keeper.is_up and not sum(keeper.outbox.count().values()), seconds), keeper.outbox.count()


def stored(feedback: Feedback, prefix: str) -> Counter[str]:
    """Texts that begin so, and how often each is stored."""
    query = select(submission.c.text).where(submission.c.text.like(f"{prefix}%"))
    with database.reading(feedback._keeper.store.engine) as connection:
        return Counter(connection.scalars(query))


def recorded(feedback: Feedback, prefix: str) -> Counter[str]:
    """Walks that begin so, and how many verdicts each has."""
    with database.reading(feedback._keeper.store.engine) as connection:
        return Counter(connection.scalars(select(event.c.walk).where(event.c.walk.like(f"{prefix}%"))))


def _wait_for(what: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if what():
                return True
        time.sleep(0.01)
    return False
