"""The whole static site: changed locales built side by side, the others taken over, all published in one step."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from helptree.kept import digest
from helptree.project import Project
from helptree.publish import Builds, PublishError
from helptree.site_assets import Assets, find_assets
from helptree.site_inputs import catalog_keys, content_key, program_key
from helptree.site_records import Staging, is_untouched, load_head
from helptree.site_root import RootBuilder, load_root, root_key
from helptree.site_run import run_tasks
from helptree.site_worker import LocaleReport, LocaleTask

__all__ = ["SiteError", "SiteReport", "build_site"]
# No locale is called so.
_ROOT = "root"


class SiteError(Exception):
    """The site was not built; what was served before is served still. `messages`: what is wrong, one by one."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        self.messages = messages
        super().__init__("\n".join(messages))


@dataclass(frozen=True, slots=True)
class SiteReport:
    """A published site. `pages`: locale -> number of pages; `made`: how many are new; `seconds`: the whole build."""

    site_dir: Path
    pages: Mapping[str, int]
    made: int
    seconds: float


def build_site(
    project: Project,
    *,
    site_dir: Path,
    docs_dir: Path,
    config: Path,
    jobs: int | None = None,
    fresh: bool = False,
    first: Sequence[str] = (),
    on_progress: Callable[[str], None] = lambda line: None,
    on_ready: Callable[[str, Path], None] = lambda locale, folder: None,
) -> SiteReport:
    """Build all locales and put them in the place of `site_dir`, which is a symbolic link afterwards.

    `docs_dir/<locale>/` receives the generated Markdown; `config` is the mkdocs.yml. Pages of the site built before
    are taken over where nothing they depend on has changed; `fresh` makes all anew. At most `jobs` locales (default:
    one a processor) are built at the same time, those of `first` before all others; `on_progress` gets a line for each
    that is done, `on_ready` a locale that has changed and the folder it is in, before the others are there.
    Raises SiteError, and publishes nothing, when anything is wrong.
    """
    begun = time.monotonic()
    builds = Builds(site_dir)
    with builds.alone():
        try:
            staging, present = builds.start_over()
        except PublishError as error:
            raise SiteError((str(error),)) from None
        try:
            build = _Build(project, config, docs_dir, staging, present, builds, None if fresh else builds.current())
            reports = build.locales(jobs or os.cpu_count() or 1, first, on_progress, on_ready)
            build.finish(reports)
            builds.switch_to(staging)
        except BaseException:
            builds.drop(staging)
            raise
    heads = {report.locale: report.head for report in reports if report.head}
    pages = {locale: len(head.complete) for locale, head in heads.items()}
    return SiteReport(site_dir, pages, sum(report.made for report in reports), time.monotonic() - begun)


@dataclass
class _Build:
    project: Project
    config: Path
    docs_dir: Path
    staging: Path
    present: frozenset[str]
    builds: Builds
    previous: Path | None

    def __post_init__(self) -> None:
        self.assets: Assets = find_assets(self.config.absolute().parent / "docs" / "assets")
        self.program = digest(program_key(self.config), repr(sorted(self.assets.names.items())))
        self.content = digest(self.program, content_key(self.project))
        self.catalogs = catalog_keys(self.project)

    def locales(
        self,
        jobs: int,
        first: Sequence[str],
        on_progress: Callable[[str], None],
        on_ready: Callable[[str, Path], None],
    ) -> list[LocaleReport]:
        """Take over what is unchanged, build the rest; raise SiteError with everything that is wrong."""
        tasks = [self._task(locale) for locale in self.project.languages]
        reports = {task.locale: report for task in tasks if (report := _take_over(task))}
        changed = [(task, self.project) for task in tasks if task.locale not in reports]
        for task in tasks:
            if task.locale in reports:
                on_progress(f"{task.locale}: unchanged")
        changed.sort(key=lambda job: first.index(job[0].locale) if job[0].locale in first else len(first))
        for report in run_tasks(changed, jobs, self.root.prepare):
            reports[report.locale] = report
            if report.head:
                pages = len(report.head.complete)
                on_progress(f"{report.locale}: {report.made} of {pages} pages made in {report.seconds:.1f} s")
                on_ready(report.locale, self.staging)
        if messages := tuple(message for task in tasks for message in reports[task.locale].messages):
            raise SiteError(messages)
        return [reports[task.locale] for task in tasks]

    def _task(self, locale: str) -> LocaleTask:
        key, old = digest(self.content, locale), self._old_record(locale)
        head = load_head(old) if old else None
        return LocaleTask(
            locale=locale,
            folder=self.project.folder,
            config=self.config,
            docs_dir=self.docs_dir,
            staging=self.staging,
            key=key,
            shared=self.program,
            catalogs=self.catalogs,
            assets=self.assets,
            record=self.builds.records(self.staging) / f"{locale}.json",
            present=self.present,
            previous=self.previous,
            old_record=old,
            is_light=head is not None and head.key == key,
        )

    @cached_property
    def root(self) -> RootBuilder:
        """What stands above the locales."""
        staging = Staging(self.staging, self.previous, self.present)
        key, old = root_key(self.program, self.content), load_root(self._old_record(_ROOT))
        return RootBuilder(self.project, self.assets, staging, key, self.catalogs, old)

    def _old_record(self, name: str) -> Path | None:
        return self.builds.records(self.previous) / f"{name}.json" if self.previous else None

    def finish(self, reports: list[LocaleReport]) -> None:
        """Write what stands above the locales; remove what is left of earlier builds."""
        heads = {report.locale: report.head for report in reports if report.head}
        record = self.root.build(heads)
        if self.root.messages:
            raise SiteError(tuple(self.root.messages))
        record.save(self.builds.records(self.staging) / f"{_ROOT}.json")
        self.root.staging.tidy([*record.files, *(name for head in heads.values() for name in head.files)])


def _take_over(task: LocaleTask) -> LocaleReport | None:
    """Put a locale of the build before in the new one, if nothing it depends on has changed."""
    if not task.previous or not task.old_record:
        return None
    head = load_head(task.old_record)
    if not head or head.key != task.key or not (task.docs_dir / task.locale).is_dir():
        return None
    if any(task.catalogs.get(tag, "") != key for tag, key in head.catalogs.items()):
        return None
    if not is_untouched(task.previous, head.files):
        return None
    Staging(task.staging, task.previous, task.present).take_over(head.files)
    Staging(task.record.parent, task.old_record.parent).take_over([task.record.name])
    return LocaleReport(task.locale, head=head)
