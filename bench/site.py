"""The static site again: other sizes, the same pages by others, and how soon an author sees an edit."""

import json
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from bench.pages import LOCALES, PAGES, _build, _command, _folder, _median_page
from bench.rows import ROOT, Row, best_of, limit, module, seconds
from helptree.serve import serve_site

# What the generated Markdown needs, and no more.
_EXTENSIONS = ["attr_list", "admonition", "pymdownx.details"]
_EDITED = re.compile(r'msgctxt "remedy\.([a-z0-9-]+)\.title"\nmsgid ".*"\nmsgstr "(.*)"')


def measure_delivery(scratch: Path, unit: float) -> Iterator[Row]:
    """Rows beside those of pages.py, which has built 60 pages x 18 languages already."""
    cold = {}
    for pages, languages in ((PAGES, 2), (PAGES, 6), (2 * PAGES, 2), (4 * PAGES, 2)):
        ours = _build(scratch, pages, languages)
        cold[pages] = ours
        others = _by_static_i18n(scratch, pages, languages) / unit
        note = f"{others:.1f} U by mkdocs-static-i18n, all in one process"
        yield Row(f"cold build, {pages} pages x {languages} languages", f"{ours / unit:.2f} U ({note})")
    try:
        beside = f"{_by_static_i18n(scratch, PAGES, 18) / unit:.1f} U"
    except subprocess.CalledProcessError as error:
        # A fault of what stands beside must not hide our own figures.
        beside = f"fails: {error.stderr.decode(errors='replace').strip().splitlines()[-1:]}"
    yield Row(f"{PAGES} pages x 18 languages by mkdocs-static-i18n, all in one process", beside)
    yield limit(f"  {4 * PAGES} pages for {2 * PAGES}, x 2 languages", cold[4 * PAGES] / cold[2 * PAGES], 2.2, "times")
    few, many = (_median_page(_folder(scratch, pages, 2) / "site" / "fr") for pages in (PAGES, 4 * PAGES))
    yield limit(f"bytes of a page at {4 * PAGES} pages beside {PAGES} (median, gzip)", many / few, 1.05, "times")
    folder = _folder(scratch, PAGES, 18)
    yield limit("build when nothing was edited", best_of(3, _command(folder / "tree", folder)) / unit, 0.5, "U")
    yield limit(f"serve --watch, {PAGES} x 18: saved to served", _saved_to_served(folder), 0.5, "s")


def _by_static_i18n(scratch: Path, pages: int, languages: int) -> float:
    """The same Markdown, built as mkdocs-static-i18n documents it."""
    folder = scratch / f"static-i18n-{pages}-{languages}"
    shutil.copytree(_folder(scratch, pages, languages) / "docs", folder / "docs")
    rows = [{"locale": tag, "name": tag, "build": True, "default": tag == LOCALES[0]} for tag in LOCALES[:languages]]
    plugins = ["search", {"i18n": {"docs_structure": "folder", "languages": rows}}]
    config = {"theme": {"name": "material", "font": False}, "markdown_extensions": _EXTENSIONS, "plugins": plugins}
    (folder / "mkdocs.yml").write_text(json.dumps({"site_name": "Beside", **config}))
    return seconds(module("mkdocs", "build", "--quiet", folder=folder))


def _saved_to_served(folder: Path) -> float:
    """Seconds from saving a translation until the page with it is served; the best of three, all disturbed alike."""
    told: list[str] = []
    stop = threading.Event()
    where = {"docs_dir": folder / "docs", "config": ROOT / "mkdocs.yml", "tell": told.append, "stop": stop}
    arguments = (folder / "tree", folder / "site", 0, True)
    thread = threading.Thread(target=serve_site, args=arguments, kwargs=where, daemon=True)
    thread.start()
    try:
        while not any(line.startswith("Serving") for line in told):
            time.sleep(0.05)
        time.sleep(0.5)
        address = next(line for line in told if line.startswith("Serving")).split()[-1]
        return min(_until_served(folder / "tree" / "catalogs" / "de.po", address, f"Neu {n}") for n in range(3))
    finally:
        stop.set()
        thread.join(10)


def _until_served(catalog: Path, address: str, words: str) -> float:
    text = catalog.read_text(encoding="utf-8")
    found = _EDITED.search(text)
    assert found, catalog
    catalog.write_text(f"{text[: found.start(2)]}{words}{text[found.end(2) :]}", encoding="utf-8")
    start = time.perf_counter()
    while time.perf_counter() - start < 60:
        with urlopen(f"{address}de/remedies/{found[1]}/", timeout=10) as answer:
            if words in answer.read().decode():
                return time.perf_counter() - start
        time.sleep(0.01)
    raise TimeoutError(words)
