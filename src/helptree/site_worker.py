"""Builds one locale: changed pages to Markdown and to HTML, everything checked, unchanged files taken over."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helptree import cldr
from helptree.docs_folder import DocsFolder
from helptree.html_check import PageFacts, PageRules, inspect_page
from helptree.kept import digest
from helptree.offline import MANIFEST, WORKER, manifest, service_worker
from helptree.project import Project
from helptree.site_assets import Assets
from helptree.site_links import dead_targets, inner_targets
from helptree.site_records import LocaleHead, LocaleRecord, PageRecord, Staging, Unit, load_record, look, short_hash
from helptree.site_shells import NOT_FOUND, BuildFault, ShellStore, load_shells, mark, save_shells
from helptree.site_traces import Trace, WatchedCatalogs

if TYPE_CHECKING:
    from helptree.render.pages import RenderedPage
    from helptree.site_pages import PageMaker

_SEARCH = "search/search_index.json"


@dataclass(frozen=True, slots=True)
class LocaleTask:
    """What to build, and where. `key`: fingerprint of all but the catalogs; `shared`: of all but the content.

    `catalogs`: fingerprint of each locale's catalog; `present`: what is in `staging` already.
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
    present: frozenset[str] = frozenset()
    previous: Path | None = None
    old_record: Path | None = None
    # Nothing but translations has changed since the build before: most pages will be kept.
    is_light: bool = False


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
        self.old = load_record(self.task.old_record) if self.task.old_record else None
        # Units of the build before count only where nothing but translations can have changed.
        self.is_same = self.old is not None and self.old.head.key == self.task.key
        known = self.old.head.catalogs if self.old else {}
        unchanged = frozenset(tag for tag, key in known.items() if self.task.catalogs.get(tag, "") == key)
        self.watched = WatchedCatalogs(self.project.catalogs, unchanged)
        # Its own locale first: whatever is asked of it is noted.
        self.translator = self._translator()
        tree = self.project.tree
        self.rules = PageRules(self.locale, self.translator.language.direction, frozenset(tree.allowed_hosts))
        self.frame: dict[str, Any] = self._make_frame()
        self.frame_key = digest(self.task.shared, json.dumps(self.frame))
        self.records: dict[str, PageRecord] = {}
        self.complete: dict[str, bool] = {}
        self.staging = Staging(self.task.staging, self.task.previous, self.task.present)
        self.docs = DocsFolder(self.task.docs_dir / self.locale)
        self.store = ShellStore(
            rules=self.rules,
            frame=self.frame,
            sources={self._source(address): address for address in self.addresses} | self._pictures(),
            render=lambda kind: self.task.assets.share(self.shell_maker.make_shell(kind)),
            read_settings=lambda: self.shell_maker.settings,
        )
        self.mkdocs = ExitStack()

    def _translator(self) -> Any:
        from helptree.translator import Translator

        return Translator(self.project.tree, self.project.languages, self.watched, self.locale)

    def _make_frame(self) -> dict[str, Any]:
        self.units: dict[str, Unit] = {}
        old = self.old.units.get("frame") if self.is_same and self.old else None
        if old and self.old and self.watched.still(old.trace):
            self.units["frame"] = old
            return self.old.frame

        def make() -> dict[str, Any]:
            from helptree.render.frame import make_frame

            frame: dict[str, Any] = json.loads(json.dumps(make_frame(self.translator).as_dict()))
            return frame

        frame, trace = self.watched.trace(make)
        self.units["frame"] = Unit(trace)
        return frame

    # --- what there is to make: asked of the renderers only where the build before does not know

    @cached_property
    def renderers(self) -> dict[str, Callable[[], RenderedPage]]:
        from helptree.render.pages import page_renderers

        return page_renderers(self.translator)

    @cached_property
    def makers(self) -> dict[str, Callable[[], str | bytes]]:
        from helptree.render.extras import file_makers

        return file_makers(self.translator)

    @cached_property
    def addresses(self) -> list[str]:
        return list(self.old.head.complete) if self.is_same and self.old else list(self.renderers)

    @cached_property
    def extras(self) -> list[str]:
        if self.is_same and self.old:
            return [name for name in self.old.units if name != "frame" and not name.endswith("/index.html")]
        return list(self.makers)

    @staticmethod
    def _source(address: str) -> str:
        return f"{address.removesuffix('/')}.md" if address else "index.md"

    def _pictures(self) -> dict[str, str]:
        """Return the files beside the Markdown, which pages may show."""
        prefix = f"{self.locale}/"
        return {name.removeprefix(prefix): name.removeprefix(prefix) for name in self.extras if name.startswith(prefix)}

    def build(self) -> LocaleHead:
        shells = self.task.record.parents[1] / f"shells-{self.locale}-{self.frame_key}.json"
        load_shells(shells, self.store)
        known = len(self.store.shells)
        with self.mkdocs:
            for name in self.extras:
                self._extra(name)
            for address in self.addresses:
                self._page(f"{self.locale}/{address}index.html", address)
            self._not_found(f"{self.locale}/{NOT_FOUND}", digest(self.frame_key, NOT_FOUND))
            self._search_index()
        if len(self.store.shells) > known:
            save_shells(shells, self.store)
        self._offline_files()
        self.docs.tidy()
        self._take_over()
        self._check_links()
        head = self._head()
        cldr.memo.keep()
        if not self.messages:
            LocaleRecord(head, self.records, self.units, self.frame).save(self.task.record)
        return head

    @cached_property
    def shell_maker(self) -> PageMaker:
        """MkDocs, as soon as a shell has to be made by it: for it there are no pages but those of marks."""
        return self._make_maker(["index.md", *("/".join([mark("url")] * depth) + ".md" for depth in (1, 2))])

    @cached_property
    def maker(self) -> PageMaker:
        """MkDocs, as soon as a page has to be made by it. It wants to know the pictures that pages show."""
        return self._make_maker([*map(self._source, self.addresses), *self._pictures()])

    def _make_maker(self, names: Iterable[str]) -> PageMaker:
        from helptree.site_pages import PageMaker, complaints, configure

        # What it complains of is raised in the end.
        self.mkdocs.enter_context(complaints())
        where = (self.task.config, self.task.docs_dir, self.task.staging / self.locale, self.task.folder)
        config = configure(*where, self.locale, self.frame)
        return PageMaker(config, self.locale, [f"{self.locale}/{name}" for name in names])

    def _still(self, name: str, docs: str = "") -> Unit | None:
        """Return a unit of the build before that would come out the same; `docs`: its file there."""
        unit = self.old.units.get(name) if self.is_same and self.old else None
        if unit and self.watched.still(unit.trace) and (not docs or self.docs.is_untouched(docs, unit.seen)):
            return unit
        return None

    def _keep(self, name: str, key: str | None = None) -> bool:
        """Keep a file of the build before if it would come out the same: as its key says, or its unit has said."""
        old = self.old.pages.get(name) if self.old else None
        if not old or (key is not None and old.key != key) or not self.task.previous:
            return False
        try:
            if look(self.task.previous / old.file) != tuple(old.seen):
                return False
        except OSError:
            return False
        self.records[name] = old
        return True

    def _extra(self, name: str) -> None:
        """Make or keep a file beside the pages."""
        docs = name.removeprefix(f"{self.locale}/")
        docs = docs if docs != name else ""
        if (unit := self._still(name, docs)) and self._keep(name):
            self.units[name] = unit
            return
        content, trace = self.watched.trace(self.makers[name])
        data = content.encode() if isinstance(content, str) else content
        self.units[name] = Unit(trace, self.docs.write(docs, data) if docs else None)
        self._file(name, data)

    def _page(self, name: str, address: str) -> None:
        source = self._source(address)
        is_framed = self.is_same and self.old is not None and self.frame is self.old.frame
        if is_framed and (unit := self._still(name, source)) and self._keep(name):
            assert self.old
            self.units[name], self.complete[address] = unit, self.old.head.complete[address]
            return
        page, trace = self.watched.trace(self.renderers[address])
        self.units[name] = Unit(trace, self.docs.write(source, page.markdown.encode()))
        self.complete[address] = page.complete
        key = digest(self.frame_key, address, page.markdown)
        if not self._keep(name, key):
            self.made += 1
            self._make(name, key, page)

    def _make(self, name: str, key: str, page: RenderedPage) -> None:
        from helptree.render.pages import split_page

        markdown, meta = split_page(page.markdown)
        if found := self.store.make(page.source, page.address, meta, markdown):
            self.messages += [f"{name}: {message}" for message in found.facts.found]
            self._write(name, key, found.html.encode(), found.facts, found.search)
        else:
            made = self.maker.make(page.source)
            self._judge(name, key, made.html, made.search)

    def _not_found(self, name: str, key: str) -> None:
        if not self._keep(name, key):
            self._judge(name, key, self.shell_maker.make_not_found(), [])

    def _judge(self, name: str, key: str, html: str, search: list[dict[str, str]]) -> None:
        """Check a page that MkDocs has made, and write it."""
        html = self.task.assets.share(html)
        facts = inspect_page(html, self.rules)
        self.messages += [f"{name}: {message}" for message in facts.found]
        self._write(name, key, html.encode(), facts, search)

    def _search_index(self) -> None:
        entries = [entry for record in self.records.values() for entry in record.search]
        name, text = f"{self.locale}/{_SEARCH}", json.dumps(entries, separators=(",", ":"), default=str)
        key = digest(self.frame_key, text)
        if not self._keep(name, key):
            head = json.dumps({"config": self.store.settings.search}, separators=(",", ":"), default=str)
            # As the plugin writes it.
            self._write(name, key, f'{head.removesuffix("}")},"docs":{text}}}'.encode())

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
        record = PageRecord(key, name, self.staging.write(name, content), short_hash(content), search=list(search))
        if facts:
            record.links = inner_targets(facts.links, name.removesuffix("index.html").removesuffix(NOT_FOUND))
            record.anchors, record.inline = facts.anchors, facts.inline
        self.records[name] = record

    def _take_over(self) -> None:
        if self.old:
            old = self.old.pages
            self.staging.take_over(name for name, record in self.records.items() if record is old.get(name))

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
        traces: list[Trace] = [unit.trace for unit in self.units.values()]
        asked = sorted({tag for trace in traces for tag in trace})
        catalogs = {tag: self.task.catalogs.get(tag, "") for tag in asked}
        return LocaleHead(self.task.key, catalogs, files, inline, self.complete)
