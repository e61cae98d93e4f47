"""The whole static site: changed locales built side by side, the others taken over, all published in one step."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from helptree.headers import write_headers
from helptree.html_check import PageFacts, PageRules, inspect_page
from helptree.locales import Language
from helptree.project import Project
from helptree.publish import Builds, PublishError
from helptree.render.root import write_root
from helptree.site_assets import Assets, find_assets
from helptree.site_inputs import catalog_keys, content_key, digest, program_key
from helptree.site_links import dead_targets, inner_targets
from helptree.site_records import LocaleHead, is_untouched, load_head, take_over
from helptree.site_run import run_tasks
from helptree.site_worker import LocaleReport, LocaleTask

__all__ = ["SiteError", "SiteReport", "build_site"]


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
    on_progress: Callable[[str], None] = lambda line: None,
) -> SiteReport:
    """Build all locales and put them in the place of `site_dir`, which is a symbolic link afterwards.

    `docs_dir/<locale>/` receives the generated Markdown; `config` is the mkdocs.yml. Pages of the site built before
    are taken over where nothing they depend on has changed; `fresh` makes all anew. At most `jobs` locales (default:
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
            build = _Build(project, config, docs_dir, staging, builds, None if fresh else builds.current())
            reports = build.locales(jobs or os.cpu_count() or 1, on_progress)
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
    builds: Builds
    previous: Path | None

    def __post_init__(self) -> None:
        self.assets: Assets = find_assets(self.config.absolute().parent / "docs" / "assets")
        self.program = digest(program_key(self.config), repr(sorted(self.assets.names.items())))

    def locales(self, jobs: int, on_progress: Callable[[str], None]) -> list[LocaleReport]:
        """Take over what is unchanged, build the rest; raise SiteError with everything that is wrong."""
        content = digest(self.program, content_key(self.project))
        catalogs = catalog_keys(self.project)
        tasks = [self._task(locale, digest(content, locale), catalogs) for locale in self.project.languages]
        reports = {task.locale: report for task in tasks if (report := _take_over(task))}
        changed = [(task, self.project) for task in tasks if task.locale not in reports]
        for task in tasks:
            if task.locale in reports:
                on_progress(f"{task.locale}: unchanged")
        for report in run_tasks(changed, jobs):
            reports[report.locale] = report
            if report.head:
                pages = len(report.head.complete)
                on_progress(f"{report.locale}: {report.made} of {pages} pages made in {report.seconds:.1f} s")
        if messages := tuple(message for task in tasks for message in reports[task.locale].messages):
            raise SiteError(messages)
        return [reports[task.locale] for task in tasks]

    def _task(self, locale: str, key: str, catalogs: Mapping[str, str]) -> LocaleTask:
        old = self.builds.records(self.previous) / f"{locale}.json" if self.previous else None
        record = self.builds.records(self.staging) / f"{locale}.json"
        return LocaleTask(
            locale=locale,
            folder=self.project.folder,
            config=self.config,
            docs_dir=self.docs_dir,
            staging=self.staging,
            key=key,
            shared=self.program,
            catalogs=catalogs,
            assets=self.assets,
            record=record,
            previous=self.previous,
            old_record=old,
        )

    def finish(self, reports: list[LocaleReport]) -> None:
        """Write what stands above the locales, and what servers have to say."""
        heads = {report.locale: report.head for report in reports if report.head}
        complete = {locale: head.complete for locale, head in heads.items()}
        translators = [self.project.translator(locale) for locale in self.project.languages]
        write_root(translators, complete, self.staging, os.environ.get("HELPTREE_SITE_URL", ""))
        self.assets.write(self.staging)
        inline = {each for head in heads.values() for each in head.inline}
        inline.update(self._check_root(heads))
        write_headers(self.staging, inline)

    def _check_root(self, heads: Mapping[str, LocaleHead]) -> Iterable[str]:
        """Check the pages above the locales like all others; return what a policy has to allow for them."""
        source = next(iter(self.project.languages.values()))
        facts = {name: self._share(name, source) for name in ("index.html", "404.html")}
        pages = {file: frozenset[str]() for head in heads.values() for file in head.files}
        pages.update((name, frozenset(found.anchors)) for name, found in facts.items())
        targets = {name: inner_targets(found.links, "") for name, found in facts.items()}
        messages = [f"{name}: {message}" for name, found in facts.items() for message in found.found]
        messages += dead_targets(targets, pages, {f"assets/{name}" for name in self.assets.sources})
        if messages:
            raise SiteError(tuple(messages))
        return [each for found in facts.values() for each in found.inline]

    def _share(self, name: str, language: Language) -> PageFacts:
        path = self.staging / name
        html = self.assets.share(path.read_text(encoding="utf-8"), up="")
        path.write_text(html, encoding="utf-8", newline="\n")
        rules = PageRules(language.tag, language.direction, frozenset(self.project.tree.allowed_hosts))
        return inspect_page(html, rules)


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
    take_over(task.previous, task.staging, head.files)
    take_over(task.old_record.parent, task.record.parent, [task.record.name])
    return LocaleReport(task.locale, head=head)
