"""Puts a locale's pages on disk: only what changed is written, so that nobody who watches the folder is woken."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

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
    wanted = {folder / page.source: page.markdown.encode() for page in pages}
    wanted |= {folder / path: content for path, content in files.items()}
    for path in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else ():
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()
    for path, content in wanted.items():
        if not path.is_file() or path.read_bytes() != content:
            _write(path, content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A reader of the folder (mkdocs serve) never sees half a page.
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_bytes(content)
    os.replace(scratch, path)
