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
    wanted = {f"{folder}/{page.source}": page.markdown.encode() for page in pages}
    wanted |= {f"{folder}/{path}": content for path, content in files.items()}
    there = _tidy(folder, wanted)
    for parent in {os.path.dirname(path) for path in wanted}:
        os.makedirs(parent, exist_ok=True)
    for path, content in wanted.items():
        if path not in there or Path(path).read_bytes() != content:
            _write(path, content)


def _tidy(folder: Path, wanted: Mapping[str, bytes]) -> set[str]:
    """Remove everything that is not wanted; return the files that are there."""
    there = set()
    for parent, folders, names in os.walk(folder, topdown=False):
        for path in (f"{parent}/{name}" for name in names):
            if path in wanted and not os.path.islink(path):
                there.add(path)
            else:
                os.unlink(path)
        for path in (f"{parent}/{name}" for name in folders):
            if os.path.islink(path):
                os.unlink(path)
            elif not os.listdir(path):
                os.rmdir(path)
    return there


def _write(path: str, content: bytes) -> None:
    parent, name = os.path.split(path)
    # A reader of the folder (mkdocs serve) never sees half a page.
    scratch = f"{parent}/.{name}.{os.getpid()}"
    with open(scratch, "wb", buffering=0) as file:
        file.write(content)
    os.replace(scratch, path)
