"""Builds one locale: pages to Markdown, changed pages to HTML, everything checked, unchanged files taken over."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from helptree.html_check import PageFacts, PageRules, inspect_page
from helptree.offline import MANIFEST, WORKER, manifest, service_worker
from helptree.project import Project
from helptree.render.extras import locale_files
from helptree.render.frame import make_frame
from helptree.render.pages import RenderedPage, render_pages, split_page
from helptree.render.write import write_pages
from helptree.site_assets import Assets
from helptree.site_inputs import digest, watched
from helptree.site_links import dead_targets, inner_targets
from helptree.site_pages import NOT_FOUND, BuildFault, PageMaker, complaints, configure
from helptree.site_records import LocaleHead, LocaleRecord, PageRecord, Writer, load_pages, look, short_hash, take_over
from helptree.site_shells import ShellStore, load_shells, mark, save_shells

_SEARCH = "search/search_index.json"


@dataclass(frozen=True, slots=True)
class LocaleTask:
    """What to build, and where. `key`: fingerprint of all but the catalogs; `shared`: of all but the content.

    `catalogs`: fingerprint of each locale's catalog.
    `previous`: the site published before, if any; `old_record`, `record`: what is known of it, and of the new one.
    """

    locale: str
    folder: Path
    config: Path
    docs_dir: Path
    staging: Path
    key: str
    shared: str
    catalogs: Mapping[str, str]
    assets: Assets
    record: Path
    previous: Path | None = None
    old_record: Path | None = None


@dataclass(frozen=True, slots=True)
class LocaleReport:
    """What was built for a locale. `messages`: what is wrong; `made`: how many pages are new."""

    locale: str
    seconds: float = 0.0
    head: LocaleHead | None = None
    made: int = 0
    messages: tuple[str, ...] = ()


def build_locale(task: LocaleTask, project: Project) -> LocaleReport:
    """Build one locale into `staging/<locale>`. Never raises for what an author or a translator can mend."""
    begun = time.monotonic()
    try:
        builder = _Builder(task, project)
        head = builder.build()
    except ValueError as error:
        return LocaleReport(task.locale, messages=(f"{task.locale}: {error}",))
    except BuildFault as fault:
        return LocaleReport(task.locale, messages=tuple(f"{task.locale}: {message}" for message in fault.messages))
    if builder.messages:
        return LocaleReport(task.locale, messages=tuple(builder.messages))
    return LocaleReport(task.locale, time.monotonic() - begun, head, builder.made)


@dataclass
class _Builder:
    task: LocaleTask
    project: Project
    messages: list[str] = field(default_factory=list)
    made: int = 0

    def __post_init__(self) -> None:
        self.locale = self.task.locale
        self.project, self.catalogs = watched(self.project)
        self.translator = self.project.translator(self.locale)
        self.frame = make_frame(self.translator).as_dict()
        self.pages = list(render_pages(self.translator))
        self.rules = PageRules(
            self.locale, self.translator.language.direction, frozenset(self.project.tree.allowed_hosts)
        )
        self.extras = dict(locale_files(self.translator))
        self.old = load_pages(self.task.old_record) if self.task.old_record else {}
        self.records: dict[str, PageRecord] = {}
        self.writer = Writer(self.task.staging)

        self.store = ShellStore(
            rules=self.rules,
            frame=self.frame,
            sources=self._sources(),
            render=lambda kind: self.task.assets.share(self.maker.make_shell(kind)),
            read_settings=lambda: self.maker.settings,
        )

    def _sources(self) -> dict[str, str]:
        """Return every file that a page may link to -> its address."""
        prefix = f"{self.locale}/"
        files = {
            name.removeprefix(prefix): name.removeprefix(prefix) for name in self.extras if name.startswith(prefix)
        }
        return files | {page.source: page.address for page in self.pages}

    def build(self) -> LocaleHead:
        prefix = f"{self.locale}/"
        beside = {name.removeprefix(prefix): self.extras[name] for name in self.extras if name.startswith(prefix)}
        write_pages(self.task.docs_dir / self.locale, self.pages, beside)
        frame = digest(self.task.shared, json.dumps(self.frame))
        load_shells(self._shell_file(frame), self.store)
        known = len(self.store.shells)
        with complaints():
            for page in self.pages:
                key = digest(frame, page.address, page.markdown)
                self._page(f"{self.locale}/{page.address}index.html", key, page)
            self._not_found(f"{self.locale}/{NOT_FOUND}", digest(frame, NOT_FOUND))
            self._search_index(frame)
        if len(self.store.shells) > known:
            save_shells(self._shell_file(frame), self.store)
        for name, content in self.extras.items():
            self._file(name, content)
        self._offline_files()
        self._take_over()
        self._check_links()
        head = self._head()
        if not self.messages:
            LocaleRecord(head, self.records).save(self.task.record)
        return head

    @cached_property
    def maker(self) -> PageMaker:
        """MkDocs, as soon as a page has to be made."""
        where = (self.task.config, self.task.docs_dir, self.task.staging / self.locale, self.task.folder)
        config = configure(*where, self.locale, self.frame)
        sources = [f"{self.locale}/{page.source}" for page in self.pages]
        sources += [f"{self.locale}/{'/'.join([mark('url')] * depth)}.md" for depth in (1, 2)]
        # Pages show pictures: MkDocs wants to know that these are there.
        pictures = [name for name in self.extras if name.startswith(f"{self.locale}/")]
        return PageMaker(config, self.locale, [*sources, *pictures])

    def _keep(self, name: str, key: str) -> bool:
        """Keep a file of the build before if it would come out the same."""
        old = self.old.get(name)
        if not old or old.key != key or not self.task.previous:
            return False
        try:
            if look(self.task.previous / old.file) != tuple(old.seen):
                return False
        except OSError:
            return False
        self.records[name] = old
        return True

    def _page(self, name: str, key: str, page: RenderedPage) -> None:
        if self._keep(name, key):
            return
        self.made += 1
        markdown, meta = split_page(page.markdown)
        if found := self.store.make(page.source, page.address, meta, markdown):
            self.messages += [f"{name}: {message}" for message in found.facts.found]
            self._write(name, key, found.html.encode(), found.facts, found.search)
        else:
            made = self.maker.make(page.source)
            self._judge(name, key, made.html, made.search)

    def _not_found(self, name: str, key: str) -> None:
        if not self._keep(name, key):
            self._judge(name, key, self.maker.make_not_found(), [])

    def _judge(self, name: str, key: str, html: str, search: list[dict[str, str]]) -> None:
        """Check a page that MkDocs has made, and write it."""
        html = self.task.assets.share(html)
        facts = inspect_page(html, self.rules)
        self.messages += [f"{name}: {message}" for message in facts.found]
        self._write(name, key, html.encode(), facts, search)

    def _search_index(self, frame: str) -> None:
        entries = [entry for record in self.records.values() for entry in record.search]
        name = f"{self.locale}/{_SEARCH}"
        key = digest(frame, json.dumps(entries))
        if not self._keep(name, key):
            index = json.dumps(
                {"config": self.store.settings.search, "docs": entries}, separators=(",", ":"), default=str
            )
            self._write(name, key, index.encode())

    def _shell_file(self, frame: str) -> Path:
        """Where shells are kept: beside the records, whose folder goes with its build."""
        return self.task.record.parents[1] / f"shells-{self.locale}-{frame}.json"

    def _file(self, name: str, content: bytes) -> None:
        key = digest(content)
        if not self._keep(name, key):
            self._write(name, key, content)

    def _offline_files(self) -> None:
        """Write what makes the locale readable without a network, out of everything written before."""
        inside = {name: record.sha for name, record in self.records.items() if name.startswith(f"{self.locale}/")}
        self._file(f"{self.locale}/{MANIFEST}", manifest(self.frame, self.task.assets.names).encode())
        self._file(f"{self.locale}/{WORKER}", service_worker(self.locale, inside, self.task.assets).encode())

    def _write(
        self, name: str, key: str, content: bytes, facts: PageFacts | None = None, search: Iterable[dict[str, str]] = ()
    ) -> None:
        record = PageRecord(key, name, self.writer.write(name, content), short_hash(content), search=list(search))
        if facts:
            record.links = inner_targets(facts.links, name.removesuffix("index.html").removesuffix(NOT_FOUND))
            record.anchors, record.inline = facts.anchors, facts.inline
        self.records[name] = record

    def _take_over(self) -> None:
        if previous := self.task.previous:
            take_over(
                previous, self.task.staging, (n for n, record in self.records.items() if record is self.old.get(n))
            )

    def _check_links(self) -> None:
        targets = {name: [self._own(link) for link in record.links] for name, record in self.records.items()}
        pages = {name: set(record.anchors) for name, record in self.records.items() if name.endswith(".html")}
        # Files above the locales: site.py writes them in any case.
        other = {"index.html", *(f"assets/{name}" for name in self.task.assets.sources), *self.records}
        self.messages += dead_targets(targets, pages, other)

    def _own(self, target: str) -> str:
        """Return the same address in this locale: all locales have the same pages."""
        tag, slash, rest = target.partition("/")
        return f"{self.locale}/{rest}" if slash and tag in self.project.languages else target

    def _head(self) -> LocaleHead:
        files = {name: (*record.seen, record.sha) for name, record in self.records.items()}
        inline = sorted({each for record in self.records.values() for each in record.inline})
        catalogs = {tag: self.task.catalogs.get(tag, "") for tag in sorted(self.catalogs.asked)}
        return LocaleHead(self.task.key, catalogs, files, inline, {page.address: page.complete for page in self.pages})
