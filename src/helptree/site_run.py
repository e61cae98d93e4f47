"""Runs the builds of locales: one here, several in processes of their own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from helptree.project import Project
from helptree.site_worker import LocaleReport, LocaleTask, build_locale

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# So many locales with few changes are built sooner than other processes are ready.
_FEW = 3
Job = tuple[LocaleTask, Project]


def run_tasks(jobs: Sequence[Job], at_once: int, meanwhile: Callable[[], None]) -> Iterator[LocaleReport]:
    """Yield the reports of all jobs as they come, at most `at_once` processes at a time.

    `meanwhile` is done here while the last jobs are under way, if there are processes: by then, one has an end.
    """
    few = len(jobs) <= _FEW and all(task.is_light for task, _ in jobs)
    if len(jobs) < 2 or at_once < 2 or few:
        for job in jobs:
            yield _build(*job)
        return
    _warm_up(jobs[0][0].config)
    gc.freeze()
    try:
        yield from _in_processes(jobs, at_once, meanwhile)
    finally:
        gc.unfreeze()


def _warm_up(config: Path) -> None:
    """Load what all workers need: what is in memory when they are forked, they have."""
    import helptree.render.extras
    import helptree.render.frame  # noqa: F401
    from helptree.finder_index import common_words
    from helptree.render.pages import warm_up as warm_up_renderers
    from helptree.site_pages import warm_up

    warm_up(config)
    warm_up_renderers()
    common_words()


def warm_up_early(config: Path) -> None:
    """Load the same before anybody knows whether there will be workers. Whatever is wrong will be told by then."""
    from helptree.site_pages import complaints

    with suppress(Exception), complaints():
        _warm_up(config)


def _in_processes(jobs: Sequence[Job], at_once: int, meanwhile: Callable[[], None]) -> Iterator[LocaleReport]:
    from multiprocessing.connection import Connection, wait

    waiting = list(range(len(jobs)))
    running: dict[Connection, _Worker] = {}
    is_done = False
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                worker = _Worker(jobs)
                worker.give(waiting.pop(0))
                running[worker.pipe] = worker
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)
                worker = running[ready]
                report = worker.receive()
                if report and waiting:
                    worker.give(waiting.pop(0))
                else:
                    worker.end()
                    del running[ready]
                yield report or _died(jobs[worker.index][0])
            if running and not waiting and not is_done:
                meanwhile()
                is_done = True
    finally:
        for worker in running.values():
            worker.end()


class _Worker:
    """A process that builds one locale after the other: what it has learnt for the first serves the next."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        import multiprocessing

        forks = "fork" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if forks else "spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other, jobs), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        other.close()
        self.index = -1

    def give(self, index: int) -> None:
        """Let it build a job."""
        self.index = index
        self.pipe.send(index)

    def receive(self) -> LocaleReport | None:
        """Return what it has built; None when it died."""
        try:
            report = self.pipe.recv()
        except (EOFError, OSError):
            return None
        assert isinstance(report, LocaleReport)
        return report

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _work(pipe: Connection, jobs: Sequence[Job]) -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    # The process ends soon: looking for garbage would cost more than the garbage.
    gc.disable()
    parent = parent_process()
    assert parent
    with suppress(EOFError, OSError):
        # A fork holds the other end of its pipe, too: only this tells that the build was killed. Who stayed behind
        # would keep the next build waiting, and the port of `helptree serve` open.
        while wait([pipe, parent.sentinel]) and pipe.poll():
            pipe.send(_build(*jobs[pipe.recv()]))


def _died(task: LocaleTask) -> LocaleReport:
    return LocaleReport(task.locale, messages=(f"{task.locale}: the build process died; is there enough memory?",))


def _build(task: LocaleTask, project: Project) -> LocaleReport:
    try:
        return build_locale(task, project)
    except Exception as error:  # whatever it is, the reader of the message has no use for a traceback
        return LocaleReport(task.locale, messages=(f"{task.locale}: {type(error).__name__}: {error}",))
