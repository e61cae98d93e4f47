"""Measures the static site: builds, edits, growth, weight. In units of U measured in the same run.

U is one plain build with MkDocs and Material of 60 such pages in one language: the Markdown that helptree makes
for the measured tree, with the extensions it needs, and nothing else of ours. All commands are timed as a whole,
from the start of Python to its end; figures next to each other were taken by turns.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

from rich.table import Table

from bench.languages import MARK, TAGS, add_languages
from bench.trees import write_help_tree
from helptree.project import open_project
from helptree.render.pages import render_pages
from helptree.serve import serve_site

ROOT = Path(__file__).parents[1]
HELPTREE = [sys.executable, "-m", "helptree"]
MKDOCS = [sys.executable, "-m", "mkdocs"]
Row = tuple[str, str, str, str]


def _run(command: list[str], folder: Path) -> float:
    """Seconds of a whole command."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


class Measured:
    """A generated tree, and the commands that build it."""

    def __init__(self, scratch: Path, pages: int, languages: int) -> None:
        self.folder = scratch / f"{pages}x{languages}"
        self.tree = self.folder / "tree"
        self.folder.mkdir()
        write_help_tree(self.tree, pages)
        add_languages(self.tree, TAGS[:languages])
        where = ["--tree", str(self.tree), "--site", str(self.folder / "site"), "--docs", str(self.folder / "docs")]
        self.command = [*HELPTREE, "build", *where, "--config", str(ROOT / "mkdocs.yml")]

    def cold(self) -> float:
        """Seconds of a build with nothing kept."""
        for name in ("docs", ".cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / "site").unlink(missing_ok=True)
        return _run(self.command, self.folder)

    def again(self) -> float:
        """Seconds of a build after whatever has been edited."""
        return _run(self.command, self.folder)

    def edit(self, words: str, locale: str = "de") -> None:
        """Change one text in one language."""
        path = self.tree / "catalogs" / f"{locale}.po"
        text = path.read_text()
        begin = text.index('msgctxt "question.case-3.text"')
        path.write_text(text[:begin] + re.sub(r'msgstr ".*"', f'msgstr "{MARK}{words}"', text[begin:], count=1))

    def heaviest_page(self) -> int:
        """Bytes of the largest page of an outcome."""
        return max(len(path.read_bytes()) for path in (self.folder / "site" / "en" / "outcomes").glob("*/index.html"))


def _write_unit(folder: Path, tree: Path) -> None:
    """What U builds: the English pages of a tree, without anything of ours around them."""
    project = open_project(tree)
    for page in render_pages(project.translator("en")):
        path = folder / "docs" / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown)
    extensions = "[attr_list, admonition, pymdownx.details]"
    (folder / "mkdocs.yml").write_text(
        f"site_name: U\ntheme: {{name: material, font: false}}\nmarkdown_extensions: {extensions}\n"
    )


def _write_static_i18n(folder: Path, tree: Path, languages: int) -> None:
    """The same pages as mkdocs-static-i18n builds them: all languages in one process, as documented."""
    project = open_project(tree)
    rows = []
    for tag in list(project.languages)[:languages]:
        rows.append(
            f"        - {{locale: {tag}, name: {tag}, build: true{', default: true' if tag == 'en' else ''}}}\n"
        )
        for page in render_pages(project.translator(tag)):
            path = folder / "docs" / tag / page.source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.markdown)
    (folder / "mkdocs.yml").write_text(
        "site_name: U\ntheme: {name: material, font: false}\n"
        "markdown_extensions: [attr_list, admonition, pymdownx.details]\n"
        "plugins:\n  - search\n  - i18n:\n      docs_structure: folder\n      languages:\n" + "".join(rows)
    )


def _saved_to_served(measured: Measured) -> float:
    """Seconds from saving a text to its being served; the best of three edits, the others were disturbed."""
    told: list[str] = []
    stop = threading.Event()
    where = {"docs_dir": measured.folder / "docs", "config": ROOT / "mkdocs.yml", "tell": told.append, "stop": stop}
    site = measured.folder / "site"
    thread = threading.Thread(target=serve_site, args=(measured.tree, site, 0, True), kwargs=where)
    thread.start()
    try:
        while not any(line.startswith("Serving") for line in told):
            time.sleep(0.05)
        time.sleep(1)
        address = next(line for line in told if line.startswith("Serving")).split()[-1]
        return min(_until_served(measured, f"{address}de/questions/case-3/", f"Saved {n}") for n in range(3))
    finally:
        stop.set()
        thread.join()


def _until_served(measured: Measured, address: str, words: str) -> float:
    measured.edit(words)
    start = time.perf_counter()
    while time.perf_counter() - start < 60:
        with urlopen(address, timeout=10) as answer:
            if words in answer.read().decode():
                return time.perf_counter() - start
        time.sleep(0.01)
    raise TimeoutError(words)


def _held(what: str, value: float, budget: float, unit: str = "U", digits: int = 2) -> Row:
    return what, f"{budget:g} {unit}", f"{value:.{digits}f} {unit}", "yes" if value <= budget else "NO"


def _told(what: str, value: float, unit: str = "U") -> Row:
    return what, "", f"{value:.2f} {unit}", ""


def _turns(*works: Callable[[], float], runs: int = 3) -> list[float]:
    """The fastest of each, taken by turns, so that a disturbance meets all alike."""
    found = [[work() for work in works] for _ in range(runs)]
    return [min(column) for column in zip(*found, strict=True)]


def _rows(scratch: Path) -> Iterator[Row]:
    small, medium, large = (Measured(scratch, 60, languages) for languages in (2, 6, 18))
    long = Measured(scratch, 120, 2)
    longest = Measured(scratch, 240, 2)
    _write_unit(scratch / "unit", large.tree)
    for languages in (2, 6):
        _write_static_i18n(scratch / f"i18n{languages}", medium.tree, languages)

    def unit() -> float:
        return _run([*MKDOCS, "build", "--quiet"], scratch / "unit")

    u, cold2, cold6, cold18, cold120, cold240 = _turns(
        unit, small.cold, medium.cold, large.cold, long.cold, longest.cold
    )
    yield _told("U: plain build of 60 such pages in one language", u, "s")
    yield _told("cold build, 60 pages x 2 languages", cold2 / u)
    yield _told("cold build, 60 pages x 6 languages", cold6 / u)
    yield _held("cold build, 60 pages x 18 languages", cold18 / u, 4)
    yield _told("cold build, 240 pages x 2 languages", cold240 / u)
    yield _held("growth: 120 pages for 60", cold120 / cold2, 2.2, "times")
    yield _held("growth: 240 pages for 120", cold240 / cold120, 2.2, "times")
    yield _held("growth: 18 languages for 6 (budget 2.2 for each doubling)", cold18 / cold6, 2.2**1.585, "times")
    for languages in (2, 6):
        seconds = _run([*MKDOCS, "build", "--quiet"], scratch / f"i18n{languages}")
        yield _told(f"the same 60 pages by mkdocs-static-i18n in one process, {languages} languages", seconds / u)
    yield from _edits(unit, large)
    seconds = _saved_to_served(large)
    yield _held("serve --watch, 60 x 18: saved to served", seconds, 0.5, "s")
    yield from _weights(small, longest)


def _edits(unit: Callable[[], float], measured: Measured) -> Iterator[Row]:
    def edited() -> float:
        measured.edit(f"Edited {time.perf_counter_ns()}")
        return measured.again()

    u, one, none = _turns(unit, edited, measured.again)
    yield _held("one text edited in one language, 60 x 18, whole command", one / u, 0.5)
    yield _told("nothing edited, 60 x 18, whole command", none / u)


def _weights(small: Measured, longest: Measured) -> Iterator[Row]:
    few, many = small.heaviest_page(), longest.heaviest_page()
    yield _held("heaviest outcome page at 240 pages, beside 60", many / few, 1.01, "times")
    site = small.folder / "site"
    page = (site / "en" / "index.html").read_bytes()
    fetched = re.findall(r'(?:src|href)="([^"]*assets/[^"]*)"', page.decode())
    files = {(site / "en" / name).resolve() for name in fetched}
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) + len(gzip.compress(page, 9))
    yield _held("first visit, gzip", weight / 1024, 90, "KiB", 1)


def machine() -> str:
    """One line about where and when this was measured."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {load}"


def tables() -> list[object]:
    """All figures of the site."""
    table = Table("what", "budget", "measured", "held", title=f"Static site ({machine()})")
    with tempfile.TemporaryDirectory() as folder:
        for row in _rows(Path(folder)):
            table.add_row(*row)
    return [table]
