"""Runs the builds of locales: one here, several in processes of their own."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from helptree.project import Project
from helptree.site_pages import warm_up
from helptree.site_worker import LocaleReport, LocaleTask, build_locale

Job = tuple[LocaleTask, Project]
_FORKS = "fork" in multiprocessing.get_all_start_methods()


def run_tasks(jobs: Sequence[Job], at_once: int) -> Iterator[LocaleReport]:
    """Yield the reports of all jobs as they come, at most `at_once` processes at a time."""
    if len(jobs) < 2 or at_once < 2:
        for job in jobs:
            yield _build(*job)
        return
    if _FORKS:
        # What is in memory now, every child has: libraries, the parsed configuration, the theme's templates.
        warm_up(jobs[0][0].config)
        gc.freeze()
    try:
        yield from _in_processes(jobs, at_once)
    finally:
        gc.unfreeze()


def _in_processes(jobs: Sequence[Job], at_once: int) -> Iterator[LocaleReport]:
    waiting = list(jobs)
    running: dict[Connection, tuple[BaseProcess, LocaleTask]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.update([_start(waiting.pop(0))])
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)
                process, task = running.pop(ready)
                yield _receive(ready, task)
                process.join()
    finally:
        for process, _ in running.values():
            process.kill()
            process.join()


def _start(job: Job) -> tuple[Connection, tuple[BaseProcess, LocaleTask]]:
    context = multiprocessing.get_context("fork" if _FORKS else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    process: BaseProcess = context.Process(target=_work, args=(sender, *job), daemon=True)  # type: ignore[attr-defined]
    process.start()
    sender.close()
    return receiver, (process, job[0])


def _work(sender: Connection, task: LocaleTask, project: Project) -> None:
    # The process ends soon: looking for garbage would cost more than the garbage.
    gc.disable()
    sender.send(_build(task, project))


def _build(task: LocaleTask, project: Project) -> LocaleReport:
    try:
        return build_locale(task, project)
    except Exception as error:  # whatever it is, the reader of the message has no use for a traceback
        return LocaleReport(task.locale, messages=(f"{task.locale}: {type(error).__name__}: {error}",))


def _receive(receiver: Connection, task: LocaleTask) -> LocaleReport:
    try:
        report = receiver.recv()
    except EOFError:
        return LocaleReport(task.locale, messages=(f"{task.locale}: the build process died; is there enough memory?",))
    finally:
        receiver.close()
    assert isinstance(report, LocaleReport)
    return report
