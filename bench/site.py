"""The static site again: the same pages by others, and how soon an author sees an edit."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from bench.rows import Measure, Row, limit, nth_word
from bench.sites import PAGES, Sites, Size
from tests.browsers import ARGS, find_browser
from tests.served import Served, serve

_SIZES = ((PAGES, 2), (PAGES, 6), (PAGES, 18), (4 * PAGES, 2))
_TITLE_IN_CATALOG = re.compile(r'msgctxt "remedy\.([a-z0-9-]+)\.title"\nmsgid ".*"\nmsgstr "')
_H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TITLE_IN_SOURCE = re.compile(r'^title: "', re.MULTILINE)
# Seconds. design.md leaves the first to a text edited in one language, until it is served; the issue leaves the second
# to every edit, until it is seen. A title in the tree stands on half of the pages in every language: it has the second.
_SERVED, _SHOWN = 0.5, 2.0
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
    """How soon what was saved is served, and how soon a page that is open shows it."""
    size = (PAGES, 18)
    what = "serve --watch, {} pages x {} languages: saved to {{}}".format(*size)
    served, shown = what.format("served"), what.format("shown by the open page in Chromium")
    yield Measure(served, lambda: _saved_to_served(sites.built(size), served))
    yield Measure(shown, lambda: _saved_to_shown(sites.built(size), shown))


@dataclass(frozen=True)
class _Edit:
    """A title that is edited. `place`: the words that come before it; `page`: where it is read, below the site."""

    file: Path
    place: re.Pattern[str]
    page: str

    def times(self, read: Callable[[], str], served: Served) -> list[tuple[float, float]]:
        """Edit it some times; return the seconds it takes until the new word is read, and until the build is done."""
        shown = read()
        words = [word for word in map(nth_word, range(2 * _EDITS)) if word not in shown]
        return [self._time(read, served, word) for word in words[:_EDITS]]

    def _time(self, read: Callable[[], str], served: Served, word: str) -> tuple[float, float]:
        builds = served.builds
        self._save(word)
        start = time.perf_counter()
        shown = _until(lambda: word in read(), start, f"{self.page} never showed {word!r}")
        return shown, _until(lambda: served.builds > builds, start, f"{self.page}: the build is never done")

    def _save(self, word: str) -> None:
        """Let the title begin with another word."""
        text = self.file.read_text(encoding="utf-8")
        text, count = self.place.subn(lambda found: f"{found[0]}{word} ", text, count=1)
        assert count == 1, self.file
        self.file.write_text(text, encoding="utf-8")


def _edits(tree: Path) -> Iterator[tuple[str, float, _Edit]]:
    """Yield what is edited, the seconds that design.md or the issue leave it until it is served, and how."""
    catalog = tree / "catalogs" / "de.po"
    edited = _TITLE_IN_CATALOG.search(catalog.read_text(encoding="utf-8"))
    assert edited, catalog
    yield "a translation", _SERVED, _Edit(catalog, edited.re, f"de/remedies/{edited[1]}/")
    source = next(path for path in sorted((tree / "remedies").iterdir()) if _has_title(path))
    name = f"a title in the tree (budget: {_SHOWN:g} s, of the issue)"
    yield name, _SHOWN, _Edit(source, _TITLE_IN_SOURCE, f"en/remedies/{source.stem}/")


def _saved_to_served(folder: Path, what: str) -> Iterator[Row]:
    """As an author has it: the command in a process of its own, its pages fetched over HTTP."""
    with serve(folder, "--watch") as served:
        for name, budget, edit in _edits(folder / "tree"):
            taken = edit.times(partial(_fetch_title, served.address + edit.page), served)
            yield _row(f"{what}, {name}", (first for first, _ in taken), budget)
        yield _row(f"{what}, {name}, in all languages", (last for _, last in taken), _SHOWN)


def _saved_to_shown(folder: Path, what: str) -> Iterator[Row]:
    """The same in a browser that nobody touches."""
    with serve(folder, "--watch") as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGS)
        page = browser.new_page()
        for name, _, edit in _edits(folder / "tree"):
            page.goto(served.address + edit.page)
            taken = edit.times(page.locator("h1").inner_text, served)
            yield _row(f"{what}, {name}", (first for first, _ in taken), _SHOWN)
        browser.close()


def _row(what: str, taken: Iterable[float], budget: float) -> Row:
    taken = list(taken)
    return limit(what, min(taken), budget, "s", f"at worst {max(taken):.2f} s of {len(taken)} edits")


def _until(is_so: Callable[[], bool], start: float, complaint: str) -> float:
    while not is_so():
        if time.perf_counter() - start > _LONGEST:
            raise TimeoutError(complaint)
        time.sleep(0.01)
    return time.perf_counter() - start


def _has_title(path: Path) -> bool:
    return bool(_TITLE_IN_SOURCE.search(path.read_text(encoding="utf-8")))


def _fetch_title(page: str) -> str:
    """Only the title: hashes on a page may hold any short word."""
    with urlopen(page, timeout=10) as answer:
        found = _H1.search(answer.read().decode())
    assert found, page
    return found[1]
