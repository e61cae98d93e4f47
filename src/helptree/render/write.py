"""Puts a locale's pages on disk: only what changed is written, so that nobody who watches the folder is woken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from helptree.docs_folder import DocsFolder
from helptree.render.extras import locale_files
from helptree.render.frame import Frame, make_frame
from helptree.render.pages import RenderedPage, render_pages
from helptree.translator import Translator


@dataclass(frozen=True, slots=True)
class RenderedLocale:
    """What was written for a locale: its pages (address -> nothing on it fell back) and its frame."""

    frame: Frame
    complete: dict[str, bool]


def render_locale(translator: Translator, docs_dir: Path) -> RenderedLocale:
    """Write all pages of a locale to `docs_dir/<locale>/`; files of pages that are gone are removed."""
    pages = list(render_pages(translator))
    prefix = f"{translator.locale}/"
    files = {
        path.removeprefix(prefix): content for path, content in locale_files(translator) if path.startswith(prefix)
    }
    write_pages(docs_dir / translator.locale, pages, files)
    return RenderedLocale(make_frame(translator), {page.address: page.complete for page in pages})


def write_pages(folder: Path, pages: Iterable[RenderedPage], files: Mapping[str, bytes] = MappingProxyType({})) -> None:
    """Make a folder hold exactly these pages and files."""
    docs = DocsFolder(folder)
    for page in pages:
        docs.write(page.source, page.markdown.encode())
    for name, content in files.items():
        docs.write(name, content)
    docs.tidy()
