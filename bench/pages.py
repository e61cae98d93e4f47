"""The static site: builds in units of U, growth, and the weight of what a reader fetches."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.rows import Cost, Measure, Row, best_of, limit
from bench.sites import PAGES, SHIPPED, Sites, Size, build_command
from helptree.project import open_project

_LARGEST = (PAGES, 18)
_ONE_TEXT = re.compile(r'msgctxt "remedy\.[a-z0-9-]+\.steps\..*"\nmsgid ".*"\nmsgstr "')
_SITE_TITLE = re.compile(r'msgctxt "tree\.title"\nmsgid ".*"\nmsgstr "')
_FETCHED = re.compile(
    r'<script[^>]*\ssrc="([^"]+)"|<link[^>]*\srel="(?:stylesheet|icon)"[^>]*>|<img[^>]*\ssrc="([^"]+)"'
)
_HREF = re.compile(r'href="([^"]+)"')


def builds(sites: Sites) -> Iterator[Measure]:
    """What builds cost."""
    yield _row("U: plain build", lambda what: _unit(sites, what))
    for size in ((PAGES, 2), (PAGES, 6)):
        yield _row(_cold(size), lambda what, size=size: Row(what, _in_units(sites.cold(size))))
    yield _row(_cold(_LARGEST), lambda what: _limit(what, sites.cold(_LARGEST), 4))
    for size in ((2 * PAGES, 9), (4 * PAGES, 2)):
        yield _row(_cold(size), lambda what, size=size: Row(what, _in_units(sites.cold(size))))
    yield _growth(sites, "  twice the languages (9 -> 18)", (PAGES, 9), _LARGEST)
    yield _growth(sites, "  twice the pages (60 -> 120, x 9 languages)", (PAGES, 9), (2 * PAGES, 9))
    yield _growth(sites, "  twice the pages (120 -> 240, x 2 languages)", (2 * PAGES, 2), (4 * PAGES, 2))
    what = "build after one text was edited in one language"
    yield _row(what, lambda what: limit(what, sites.rebuild(_LARGEST, _ONE_TEXT), 0.5, "U"))
    what = "  after the site's title, which stands on every page, was edited"
    yield _row(what, lambda what: Row(what, f"{sites.rebuild(_LARGEST, _SITE_TITLE):.2f} U"))
    yield _row("  when nothing was edited", lambda what: limit(what, _idle(sites) / sites.unit.clock, 0.5, "U"))
    yield Measure("cold build of the shipped tree", lambda: _shipped_build(sites))


def _row(what: str, make: Callable[[str], Row]) -> Measure:
    return Measure(what, lambda: [make(what)])


def _unit(sites: Sites, what: str) -> Row:
    measured = f"{sites.unit.clock:.2f} s ({sites.unit.processor:.2f} s of processors)"
    return Row(f"{what} of {PAGES} pages in one language", measured)


def _in_units(cost: Cost) -> str:
    return f"{cost.clock:.2f} U ({cost.processor:.2f} U of processors)"


def _limit(what: str, cost: Cost, budget: float) -> Row:
    return limit(what, cost.clock, budget, "U", f"{cost.processor:.2f} U of processors")


def _cold(size: Size) -> str:
    return "cold build, {} pages x {} languages".format(*size)


def _growth(sites: Sites, what: str, small: Size, large: Size) -> Measure:
    def row(what: str) -> Row:
        """By processors: what else the machine does at one moment and not at the other is no growth of ours."""
        more = sites.cold(large) / sites.cold(small)
        return limit(what, more.processor, 2.2, "times", f"{more.clock:.2f} on the clock")

    return _row(what, row)


def _idle(sites: Sites) -> float:
    folder = sites.built(_LARGEST)
    return best_of(3, build_command(folder / "tree", folder))


def _shipped_build(sites: Sites) -> Iterator[Row]:
    took = sites.cold_shipped()
    pages = len(list((sites.built_shipped() / "site" / "en").rglob("index.html")))
    languages = len(open_project(SHIPPED).languages)
    yield Row(f"cold build of the shipped tree, {pages} pages x {languages} languages", _in_units(took))


# --- weight --------------------------------------------------------------------------------------------------


def weights(sites: Sites) -> Iterator[Measure]:
    """What pages weigh."""
    for few, many in (((PAGES, 9), (2 * PAGES, 9)), ((PAGES, 2), (4 * PAGES, 2))):
        what = f"bytes of a page at {many[0]} pages beside {few[0]} (median, gzip)"
        sizes = (few, many)
        yield _row(what, lambda what, sizes=sizes: limit(what, _heavier(sites, *sizes), 1.05, "times"))
    yield _row(
        "largest question page, HTML alone, gzip",
        lambda what: limit(what, max(map(_gzipped, _questions(sites.built_shipped(), "fr"))) / 1024, 12, "KiB"),
    )
    what = "largest question page, HTML alone, not compressed, "
    yield _row(f"{what}shipped tree", lambda what: limit(what, _raw(sites.built_shipped()), 12, "KiB"))
    yield _row(f"{what}18 languages", lambda what: limit(what, _raw(sites.built(_LARGEST)), 12, "KiB"))
    yield Measure("first visit of the French home page", lambda: _first_visit(sites.built_shipped() / "site" / "fr"))


def _heavier(sites: Sites, few: Size, many: Size) -> float:
    """How much the median page grows: other pages must add nothing to it."""
    small, large = (_median_page(sites.built(size) / "site" / "fr") for size in (few, many))
    return large / small


def _median_page(site: Path) -> int:
    sizes = sorted(_gzipped(path) for path in site.rglob("index.html"))
    return sizes[len(sizes) // 2]


def _questions(folder: Path, locale: str) -> Iterator[Path]:
    return (folder / "site").resolve().glob(f"{locale}/questions/*/index.html")


def _raw(folder: Path) -> float:
    return max(path.stat().st_size for path in _questions(folder, "*")) / 1024


def _first_visit(site: Path) -> Iterator[Row]:
    home = site / "index.html"
    fetched = fetched_by(home)
    total = sum(_gzipped(path) for path in (home, *fetched)) / 1024
    yield limit("first visit of the French home page, gzip", total, 90, "KiB", f"{len(fetched)} files beside it")
    foreign = [address for address in addresses_in(home) if re.match(r"(?:https?:)?//", address)]
    yield Row("  other hosts asked by it", str(len(foreign)), "0", not foreign)


def addresses_in(page: Path) -> list[str]:
    """What a browser fetches for a page: scripts, styles, icons, pictures."""
    found = []
    for match in _FETCHED.finditer(page.read_text(encoding="utf-8")):
        named = _HREF.search(match[0])
        found.append(match[1] or match[2] or (named[1] if named else ""))
    return list(dict.fromkeys(found))


def fetched_by(page: Path) -> list[Path]:
    paths = [(page.parent / address.split("?")[0].split("#")[0]).resolve() for address in addresses_in(page)]
    return [path for path in paths if path.is_file()]


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))
