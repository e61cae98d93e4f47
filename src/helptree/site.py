"""The whole static site: every locale built by MkDocs in a process of its own, checked, and published in one step."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from helptree.project import Project, open_project
from helptree.publish import Builds, PublishError
from helptree.render.root import write_root
from helptree.site_worker import LocaleReport, LocaleTask, build_locale

__all__ = ["SiteError", "SiteReport", "build_site"]


class SiteError(Exception):
    """The site was not built; what was served before is served still. `messages`: what is wrong, one by one."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        self.messages = messages
        super().__init__("\n".join(messages))


@dataclass(frozen=True, slots=True)
class SiteReport:
    """A published site. `pages`: locale -> number of pages; `seconds`: the whole build."""

    site_dir: Path
    pages: Mapping[str, int]
    seconds: float


def build_site(
    project: Project,
    *,
    site_dir: Path,
    docs_dir: Path,
    config: Path,
    jobs: int | None = None,
    on_progress: Callable[[str], None] = lambda line: None,
) -> SiteReport:
    """Build all locales and put them in the place of `site_dir`, which is a symbolic link afterwards.

    `docs_dir/<locale>/` receives the generated Markdown; `config` is the mkdocs.yml. At most `jobs` locales (default:
    one a processor) are built at the same time; `on_progress` gets a line for each that is done.
    Raises SiteError, and publishes nothing, when anything is wrong.
    """
    begun = time.monotonic()
    builds = Builds(site_dir)
    with builds.alone():
        try:
            staging = builds.start()
        except PublishError as error:
            raise SiteError((str(error),)) from None
        try:
            _share_assets(config, docs_dir)
            tasks = [LocaleTask(locale, project.folder, config, docs_dir, staging) for locale in project.languages]
            reports = _build_locales(tasks, project, jobs or os.cpu_count() or 1, on_progress)
            _write_root(project, reports, docs_dir, staging)
            builds.switch_to(staging)
        except BaseException:
            builds.drop(staging)
            raise
    pages = {report.locale: len(report.complete) for report in reports}
    return SiteReport(site_dir, pages, time.monotonic() - begun)


def _share_assets(config: Path, docs_dir: Path) -> None:
    """Let a `docs_dir` elsewhere have the pictures and styles that stand beside the configuration."""
    ours = config.absolute().parent / "docs" / "assets"
    if ours != docs_dir.absolute() / "assets":
        shutil.copytree(ours, docs_dir / "assets", dirs_exist_ok=True)


def _write_root(project: Project, reports: list[LocaleReport], docs_dir: Path, staging: Path) -> None:
    translators = [project.translator(locale) for locale in project.languages]
    complete = {report.locale: report.complete for report in reports}
    write_root(translators, complete, staging, docs_dir / "assets", os.environ.get("HELPTREE_SITE_URL", ""))


def _build_locales(
    tasks: list[LocaleTask], project: Project, jobs: int, on_progress: Callable[[str], None]
) -> list[LocaleReport]:
    reports: dict[str, LocaleReport] = {}
    for report in _run(tasks, project, jobs):
        reports[report.locale] = report
        if not report.messages:
            on_progress(f"{report.locale}: {len(report.complete)} pages in {report.seconds:.1f} s")
    if messages := tuple(message for task in tasks for message in reports[task.locale].messages):
        raise SiteError(messages)
    return [reports[task.locale] for task in tasks]


def _run(tasks: list[LocaleTask], project: Project, jobs: int) -> Iterator[LocaleReport]:
    """Yield the reports of all tasks as they come, at most `jobs` processes at a time."""
    waiting = list(tasks)
    running: dict[Connection, tuple[BaseProcess, LocaleTask]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                task = waiting.pop(0)
                running.update([_start(task, project)])
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)
                process, task = running.pop(ready)
                yield _receive(ready, task)
                process.join()
    finally:
        for process, _ in running.values():
            process.kill()
            process.join()


def _start(task: LocaleTask, project: Project) -> tuple[Connection, tuple[BaseProcess, LocaleTask]]:
    # A forked child has the project and MkDocs in memory already; elsewhere it opens the folder again.
    forks = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if forks else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    process: BaseProcess = context.Process(  # type: ignore[attr-defined]
        target=_work, args=(sender, task, project if forks else None), daemon=True
    )
    process.start()
    sender.close()
    return receiver, (process, task)


def _work(sender: Connection, task: LocaleTask, project: Project | None) -> None:
    try:
        report = build_locale(task, project or open_project(task.folder))
    except Exception as error:  # whatever it is, the reader of the message has no use for a traceback
        report = LocaleReport(task.locale, messages=(f"{task.locale}: {type(error).__name__}: {error}",))
    sender.send(report)


def _receive(receiver: Connection, task: LocaleTask) -> LocaleReport:
    try:
        report = receiver.recv()
    except EOFError:
        return LocaleReport(task.locale, messages=(f"{task.locale}: the build process died; is there enough memory?",))
    finally:
        receiver.close()
    assert isinstance(report, LocaleReport)
    return report
