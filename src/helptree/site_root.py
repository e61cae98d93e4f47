"""What stands above the locales: the language page, data for programs, assets, and what servers have to say."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from helptree.headers import header_files
from helptree.html_check import PageFacts, PageRules, inspect_page
from helptree.kept import digest
from helptree.locales import Language
from helptree.project import Project
from helptree.site_assets import FOLDER, Assets
from helptree.site_links import dead_targets, inner_targets
from helptree.site_records import LocaleHead, Staging, is_untouched, short_hash
from helptree.site_traces import Trace, WatchedCatalogs

Files = dict[str, tuple[int, int, str]]


@dataclass(slots=True)
class RootRecord:
    """The files above the locales as they were written. `key`: fingerprint of all they depend on but translations;
    `catalogs`: fingerprints of those that were asked; `inline`: hashes of inline scripts; `free`: all but the assets,
    which depend on the program alone."""

    key: str
    catalogs: dict[str, str]
    trace: Trace
    files: Files
    inline: list[str]

    def save(self, path: Path) -> None:
        """Keep it beside the records of the locales."""
        path.parent.mkdir(parents=True, exist_ok=True)
        values = [self.key, self.catalogs, self.trace, self.files, self.inline]
        path.write_text(json.dumps(values), encoding="utf-8")


def load_root(path: Path | None) -> RootRecord | None:
    """Return the record of a build, or None when there is none or it can't be read."""
    try:
        return RootRecord(*json.loads(path.read_text(encoding="utf-8"))) if path else None
    except (OSError, ValueError, TypeError):
        return None


@dataclass
class RootBuilder:
    """Writes the files, or takes them over from the build before. `messages`: what is wrong."""

    project: Project
    assets: Assets
    staging: Staging
    key: str
    catalogs: Mapping[str, str]
    old: RootRecord | None
    messages: list[str] = field(default_factory=list)
    files: Files = field(default_factory=dict)
    _facts: dict[str, PageFacts] = field(default_factory=dict)
    _record: RootRecord | None = None

    def prepare(self) -> None:
        """Write what does not depend on the locales' pages: meanwhile, others build those."""
        known = self.old.catalogs if self.old else {}
        unchanged = frozenset(tag for tag, key in known.items() if self.catalogs.get(tag, "") == key)
        watched = WatchedCatalogs(self.project.catalogs, unchanged)
        if self.old and self._is_kept(self.old, watched):
            self._record = self.old
        else:
            inline, trace = watched.trace(lambda: self._write_all(watched))
            asked = {tag: self.catalogs.get(tag, "") for tag in trace}
            self._record = RootRecord(self.key, asked, trace, {}, inline)

    def build(self, heads: Mapping[str, LocaleHead]) -> RootRecord:
        """Write everything, but for what is prepared; `heads`: what is known of the locales."""
        if not self._record:
            self.prepare()
        record = self._record
        assert record
        late = self._late(heads, record)
        self._take_over(name for name in record.files if name not in late)
        self._check(heads)
        for name, text in late.items():
            self._put(name, text.encode())
        return RootRecord(self.key, record.catalogs, record.trace, self.files, record.inline)

    def _is_kept(self, old: RootRecord, watched: WatchedCatalogs) -> bool:
        if old.key != self.key or not self.staging.previous or not is_untouched(self.staging.previous, old.files):
            return False
        return watched.still(old.trace)

    def _late(self, heads: Mapping[str, LocaleHead], record: RootRecord) -> dict[str, str]:
        """Return the files that depend on what the locales' pages turned out to be."""
        from helptree.render.sitemap import robots, sitemap

        address = os.environ.get("HELPTREE_SITE_URL", "")
        inline = {each for head in heads.values() for each in head.inline} | set(record.inline)
        found = {**header_files(self.assets.sources, inline), "robots.txt": robots(address)}
        if address:
            complete = {locale: head.complete for locale, head in heads.items()}
            found["sitemap.xml"] = sitemap(complete, self.project.tree.source_locale, f"{address.rstrip('/')}/")
        return found

    def _write_all(self, watched: WatchedCatalogs) -> list[str]:
        """Write all but the late ones; return what a policy has to allow for them."""
        from helptree.render.root import root_pages
        from helptree.render.root_files import root_files
        from helptree.translator import Translator

        tree, languages = self.project.tree, self.project.languages
        translators = [Translator(tree, languages, watched, locale) for locale in languages]
        address = os.environ.get("HELPTREE_SITE_URL", "")
        pages = {name: self.assets.share(html, up="") for name, html in root_pages(translators, address)}
        source = next(iter(languages.values()))
        self._facts = {name: self._inspect(html, source) for name, html in pages.items()}
        for name, html in pages.items():
            self._put(name, html.encode())
        for name, content in root_files(translators, address):
            self._put(name, content)
        for name, path in self.assets.sources.items():
            self._put(f"{FOLDER}/{name}", path.read_bytes())
        return sorted({each for found in self._facts.values() for each in found.inline})

    def _inspect(self, html: str, language: Language) -> PageFacts:
        rules = PageRules(language.tag, language.direction, frozenset(self.project.tree.allowed_hosts))
        return inspect_page(html, rules)

    def _check(self, heads: Mapping[str, LocaleHead]) -> None:
        """Check the pages above the locales like all others; those that were kept have been."""
        if not (facts := self._facts):
            return
        pages = {file: frozenset[str]() for head in heads.values() for file in head.files}
        pages.update((name, frozenset(found.anchors)) for name, found in facts.items())
        targets = {name: inner_targets(found.links, "") for name, found in facts.items()}
        self.messages += [f"{name}: {message}" for name, found in facts.items() for message in found.found]
        self.messages += dead_targets(targets, pages, {f"{FOLDER}/{name}" for name in self.assets.sources})

    def _put(self, name: str, content: bytes) -> None:
        """Write a file, or take it over when the build before has the same."""
        sha = short_hash(content)
        old = self.old.files.get(name) if self.old else None
        if old and old[2] == sha and self.staging.previous and is_untouched(self.staging.previous, {name: old}):
            self._take_over([name])
        else:
            self.files[name] = (*self.staging.write(name, content), sha)

    def _take_over(self, names: Iterable[str]) -> None:
        if not (names := list(names)):
            return
        assert self.old
        self.staging.take_over(names)
        self.files.update((name, self.old.files[name]) for name in names)


def root_key(program: str, content: str) -> str:
    """Return the fingerprint of all that the files above the locales depend on but translations."""
    return digest("root", program, content)
