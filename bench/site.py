"""The static site again: the same pages by others, and how soon an author sees an edit."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from bench.rows import ROOT, Measure, Row, limit, nth_word
from bench.sites import PAGES, Sites, Size

_SIZES = ((PAGES, 2), (PAGES, 6), (PAGES, 18), (4 * PAGES, 2))
_TITLE_IN_CATALOG = re.compile(r'msgctxt "remedy\.([a-z0-9-]+)\.title"\nmsgid ".*"\nmsgstr "')
_TITLE_IN_SOURCE = re.compile(r'^title: "', re.MULTILINE)
_EDITS = 5
_LONGEST = 60.0


def beside(sites: Sites) -> Iterator[Measure]:
    """What a well-known plug-in takes for the same pages."""
    for size in _SIZES:
        yield Measure(_name(size), lambda size=size: [_beside(sites, size)])


def _name(size: Size) -> str:
    return "{} pages x {} languages by mkdocs-static-i18n, all in one process".format(*size)


def _beside(sites: Sites, size: Size) -> Row:
    theirs = sites.beside(size)
    times = theirs / sites.cold(size)
    note = f"{times.clock:.1f} times ours; of processors {theirs.processor:.1f} U, {times.processor:.1f} times"
    return Row(_name(size), f"{theirs.clock:.1f} U ({note})")


def serving(sites: Sites) -> Iterator[Measure]:
    """How soon what was saved is served."""
    size = (PAGES, 18)
    what = "serve --watch, {} pages x {} languages: saved to served".format(*size)
    yield Measure(what, lambda: _saved_to_served(sites.built(size), what))


def _saved_to_served(folder: Path, what: str) -> Iterator[Row]:
    """As an author has it: the command in a process of its own, its pages fetched over HTTP."""
    catalog = folder / "tree" / "catalogs" / "de.po"
    source = next(path for path in sorted((folder / "tree" / "remedies").iterdir()) if _has_title(path))
    with _served(folder) as address:
        page = f"{address}de/remedies/{{}}/"
        edited = _TITLE_IN_CATALOG.search(catalog.read_text(encoding="utf-8"))
        assert edited, catalog
        taken = [_until_served(catalog, edited.re, page.format(edited[1]), n) for n in range(_EDITS)]
        yield limit(f"{what}, a translation", min(taken), 0.5, "s", f"at worst {max(taken):.2f} s of {_EDITS} edits")
        page = f"{address}en/remedies/{source.stem}/"
        taken = [_until_served(source, _TITLE_IN_SOURCE, page, n) for n in range(_EDITS)]
        yield limit("  a title in the tree", min(taken), 0.5, "s", f"at worst {max(taken):.2f} s of {_EDITS} edits")


def _has_title(path: Path) -> bool:
    return bool(_TITLE_IN_SOURCE.search(path.read_text(encoding="utf-8")))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    where = ["--site", folder / "site", "--docs", folder / "docs", "--config", ROOT / "mkdocs.yml", "--port", "0"]
    command = [sys.executable, "-m", "helptree", "serve", "--watch", "--tree", folder / "tree", *where]
    with (folder / "served.log").open("w") as errors:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
    ready = threading.Timer(_LONGEST, process.kill)
    ready.start()
    try:
        assert process.stdout
        told = next((line for line in process.stdout if line.startswith("Serving")), "")
        assert told, (folder / "served.log").read_text()
        ready.cancel()
        # What else it tells must not fill the pipe.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        time.sleep(0.5)  # it is told before the watching begins
        yield told.split()[-1]
    finally:
        ready.cancel()
        process.terminate()
        process.wait(20)


def _until_served(file: Path, place: re.Pattern[str], page: str, number: int) -> float:
    """Seconds from saving until the page holds the new word."""
    word = nth_word(number)
    assert word not in _fetch(page), page
    text, count = place.subn(lambda found: f"{found[0]}{word} ", file.read_text(encoding="utf-8"), count=1)
    assert count == 1, file
    file.write_text(text, encoding="utf-8")
    return _until(lambda: word in _fetch(page), f"{page} never showed {word!r}")


def _until(is_so: Callable[[], bool], complaint: str) -> float:
    start = time.perf_counter()
    while not is_so():
        if time.perf_counter() - start > _LONGEST:
            raise TimeoutError(complaint)
        time.sleep(0.01)
    return time.perf_counter() - start


def _fetch(page: str) -> str:
    with urlopen(page, timeout=10) as answer:
        return str(answer.read().decode())
