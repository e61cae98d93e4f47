"""Builds the staff site: pages and scripts into a folder of their own, MkDocs around them, all published in one step.

Public and staff never mix: neither build writes into, over or below the folder of the other.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from helptree.apart import MARKER, ApartError, check_staff_folders
from helptree.finder_index import index_script
from helptree.finders import AnyLanguageFinder
from helptree.project import Project
from helptree.publish import Builds, PublishError
from helptree.site_links import dead_targets, inner_targets
from helptree.site_pages import complaints
from helptree.site_shells import BuildFault
from helptree.staff.changes import Manifest, compare, manifest_of, to_json
from helptree.staff.data import replies_script, texts_script, tree_script, vocabulary_script
from helptree.staff.freshness import ages, unattested, waiting
from helptree.staff.pages import PageWriter, StaffPage, State

MANIFEST = "manifest.json"
# Shared with the public site.
_ASSETS = ("finder.js", "favicon.svg")


class StaffSiteError(Exception):
    """The staff site was not built; what stood there stands there still. `messages`: what is wrong, one by one."""

    def __init__(self, messages: Sequence[str]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(messages))


@dataclass(frozen=True, slots=True)
class StaffReport:
    """A published staff site."""

    site_dir: Path
    pages: int
    changes: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier state to compare with, and what it is called."""

    name: str
    manifest: Manifest


def build_staff_site(
    project: Project,
    *,
    site_dir: Path,
    docs_dir: Path,
    config: Path,
    public: Sequence[Path],
    since: Earlier | None = None,
    today: date | None = None,
) -> StaffReport:
    """Build the staff site of a tree in the place of `site_dir`, which is a symbolic link afterwards.

    `docs_dir` receives the pages that MkDocs reads; `public`: the folders of the public site, which must be elsewhere.
    Raises StaffSiteError, and publishes nothing, when anything is wrong.
    """
    begun = time.monotonic()
    try:
        check_staff_folders(site_dir, docs_dir, public)
        builds = Builds(site_dir)
        with builds.alone():
            staging = builds.start()
            try:
                made = _build(project, staging, docs_dir, config, since, today or datetime.now(UTC).date())
                builds.switch_to(staging)
            except BaseException:
                builds.drop(staging)
                raise
    except (ApartError, PublishError) as error:
        raise StaffSiteError([str(error)]) from None
    except BuildFault as fault:
        raise StaffSiteError(fault.messages) from None
    return StaffReport(site_dir, len(made.pages), len(made.state.changes) if since else None, time.monotonic() - begun)


@dataclass(frozen=True, slots=True)
class _Made:
    pages: list[StaffPage]
    state: State


def _build(project: Project, staging: Path, docs_dir: Path, config: Path, since: Earlier | None, today: date) -> _Made:
    manifest = manifest_of(project.staff, project.entries)
    state = make_state(project, manifest, since, today)
    pages = list(staff_pages(project, state))
    _write_docs(docs_dir, pages)
    _run_mkdocs(project, config, docs_dir, staging)
    for name, content in staff_files(project, config.absolute().parent):
        _write(staging / name, content)
    _write(staging / MANIFEST, to_json(manifest))
    _write(staging / MARKER, "Internal: the staff reference. Not to be published.\n")
    _write(staging / "robots.txt", "User-agent: *\nDisallow: /\n")
    if messages := list(_dead_links(staging)):
        raise BuildFault(messages)
    return _Made(pages, state)


def make_state(project: Project, manifest: Manifest, since: Earlier | None, today: date) -> State:
    """Return what the pages on freshness and changes tell."""
    tree, locales = project.tree, list(project.languages)
    return State(
        today=today,
        ages=ages(tree, project.staff.review_interval_days, today),
        waiting=list(waiting(project.entries, project.catalogs, (tag for tag in locales if tag != tree.source_locale))),
        unattested=unattested(tree, locales),
        since=since.name if since else None,
        changes=tuple(compare(since.manifest, manifest)) if since else (),
    )


def staff_pages(project: Project, state: State) -> Iterator[StaffPage]:
    """Yield all pages, in the source language."""
    source = project.translator(project.tree.source_locale)
    yield from PageWriter(project.staff, source, _site_url()).pages(state)


def staff_files(project: Project, root: Path) -> Iterator[tuple[str, str]]:
    """Yield the scripts that pages load: texts and replies by language, the tree, the finder and its index."""
    source = project.tree.source_locale
    sheets = PageWriter(project.staff, project.translator(source)).sheets
    translators = [project.translator(tag) for tag in dict.fromkeys([source, *project.languages])]
    for translator in translators:
        yield f"data/texts-{translator.locale}.js", texts_script(translator, sheets)
        yield f"data/replies-{translator.locale}.js", replies_script(translator, _site_url())
    finder = AnyLanguageFinder(project)
    for language in finder.vocabularies:
        yield f"data/finder-{language}.js", index_script(finder.index_for(language))
    yield "data/finder-words.js", vocabulary_script(finder.vocabularies)
    yield "data/tree.js", tree_script(project.staff)
    for name in _ASSETS:
        yield f"assets/{name}", (root / "docs" / "assets" / name).read_text(encoding="utf-8")


def _site_url() -> str:
    return os.environ.get("HELPTREE_SITE_URL", "")


def _write_docs(docs_dir: Path, pages: Sequence[StaffPage]) -> None:
    """Write the pages as MkDocs reads them: front matter, then our HTML."""
    if docs_dir.exists():
        shutil.rmtree(docs_dir)
    for page in pages:
        head = f"---\ntitle: {json.dumps(page.title, ensure_ascii=False)}\n---\n\n"
        # One block of raw HTML: Markdown has nothing to read in it.
        _write(docs_dir / page.file.replace(".html", ".md"), f"{head}<div>\n{page.html}\n</div>\n")
    _write(docs_dir / MARKER, "Internal: pages of the staff reference, made anew by each build.\n")


def _run_mkdocs(project: Project, config_file: Path, docs_dir: Path, staging: Path) -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    languages = [[tag, each.autonym, each.direction] for tag, each in project.languages.items()]
    source = project.translator(project.tree.source_locale)
    with complaints():
        config = load_config(str(config_file), docs_dir=str(docs_dir), site_dir=str(staging))
        config.extra["helptree_staff"] = {
            "title": source.text(project.tree.title).value,
            "locales_json": json.dumps(languages, ensure_ascii=False),
            "source": project.tree.source_locale,
        }
        mkdocs_build(config)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _dead_links(site: Path) -> Iterator[str]:
    """Yield a message for each link of a page that leads nowhere."""
    targets, anchors, other = {}, {}, set()
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".html":
            html = path.read_text(encoding="utf-8")
            targets[name] = inner_targets(re.findall(r'\shref="?([^"\s>]+)', html), name)
            anchors[name] = set(re.findall(r'\sid="?([^"\s>]+)', html))
        elif path.is_file():
            other.add(name)
    yield from dead_targets(targets, anchors, other)


__all__ = ["Earlier", "StaffReport", "StaffSiteError", "build_staff_site"]
