"""Builds one locale: pages to Markdown, Markdown to HTML with MkDocs, and the HTML checked. Runs in its own process."""

from __future__ import annotations

import logging
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from babel import negotiate_locale
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils import get_theme_dir

from helptree.html_check import PageRules, check_pages
from helptree.project import Project
from helptree.render.extras import locale_files
from helptree.render.write import render_locale
from helptree.translator import Translator

# Material's string files are called by these tags, where ours differ.
_THEME_NAMES = {"no": "nb", "zh-Hans": "zh"}


@dataclass(frozen=True, slots=True)
class LocaleTask:
    """What to build, and where."""

    locale: str
    folder: Path
    config: Path
    docs_dir: Path
    staging: Path


@dataclass(frozen=True, slots=True)
class LocaleReport:
    """What was built for a locale. `messages`: what is wrong; `complete`: address -> nothing fell back."""

    locale: str
    seconds: float = 0.0
    complete: dict[str, bool] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


def build_locale(task: LocaleTask, project: Project) -> LocaleReport:
    """Build one locale into `staging/<locale>`. Never raises for what an author or a translator can mend."""
    begun = time.monotonic()
    translator = project.translator(task.locale)
    try:
        rendered = render_locale(translator, task.docs_dir)
    except ValueError as error:
        return LocaleReport(task.locale, messages=(f"{task.locale}: {error}",))
    messages = _run_mkdocs(task, rendered.frame.as_dict())
    folder = task.staging / task.locale
    if not messages:
        _prune(folder, task.locale)
        _write_data(translator, task.staging)
        hosts = frozenset(project.tree.allowed_hosts)
        messages = check_pages(folder, PageRules(task.locale, translator.language.direction, hosts))
    return LocaleReport(task.locale, time.monotonic() - begun, rendered.complete, tuple(messages))


def _write_data(translator: Translator, staging: Path) -> None:
    """Write the locale's files that stand above its folder; MkDocs has copied the others."""
    for name, content in locale_files(translator):
        if not name.startswith(f"{translator.locale}/"):
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(content)


class _Collector(logging.Handler):
    """Keeps MkDocs' warnings: in a strict build each of them is an error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _run_mkdocs(task: LocaleTask, frame: dict[str, object]) -> list[str]:
    """Return what MkDocs complains about."""
    os.environ.update(
        HELPTREE_LOCALE=task.locale,
        HELPTREE_THEME_LANGUAGE=theme_language(task.locale),
        HELPTREE_TREE=str(task.folder),
        NO_MKDOCS_2_WARNING="1",
    )
    collector, log = _Collector(), logging.getLogger("mkdocs")
    log.addHandler(collector)
    log.propagate = False
    try:
        where = {"docs_dir": str(task.docs_dir), "site_dir": str(task.staging / task.locale)}
        config = load_config(str(task.config), **where)
        config.extra["helptree_frame"] = frame
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except (MkDocsException, OSError) as error:
        collector.messages.append(str(error))
    finally:
        log.removeHandler(collector)
    return [f"{task.locale}: {message}" for message in collector.messages]


def theme_language(locale: str) -> str:
    """Return the tag of the theme's string file for a locale; English words where it has none."""
    folder = Path(get_theme_dir("material")) / "partials" / "languages"
    known = [path.stem for path in folder.glob("*.html")]
    wanted = [_THEME_NAMES.get(locale, locale), locale.partition("-")[0]]
    return negotiate_locale(wanted, known, sep="-") or "en"


def _prune(folder: Path, locale: str) -> None:
    """Remove what no page asks for: source maps, Material's own favicon, stemmers of other languages."""
    for path in folder.glob("assets/**/*.map"):
        path.unlink()
    shutil.rmtree(folder / "assets" / "images", ignore_errors=True)
    lunr = folder / "assets" / "javascripts" / "lunr"
    wanted = {f"lunr.{locale.partition('-')[0]}.min.js", "lunr.stemmer.support.min.js", "lunr.multi.min.js"}
    for path in lunr.glob("min/*.js"):
        if path.name not in wanted:
            path.unlink()
