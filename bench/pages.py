"""The static site: builds in units of U, growth, and the weight of what a reader fetches."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from bench.rows import ROOT, Row, best_after, best_of, limit, module, nth_word, seconds
from helptree.project import open_project
from tests.planted.trees import WORDS, RandomTree, random_tree

PAGES = 60
RECOMMENDED = [
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.betterem", "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite"),
    *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
]
LOCALES = "en fr de es it pt-BR ru pl nl tr ar he ja ko zh-Hans zh-Hant uk cs".split()  # noqa: SIM905
_FETCHED = re.compile(
    r'<script[^>]*\ssrc="([^"]+)"|<link[^>]*\srel="(?:stylesheet|icon)"[^>]*>|<img[^>]*\ssrc="([^"]+)"'
)
_HREF = re.compile(r'href="([^"]+)"')


def measure_unit(scratch: Path) -> float:
    """U: one plain build with MkDocs, Material and the extensions it recommends, of 60 guides in one language."""
    folder = scratch / "plain"
    (folder / "docs").mkdir(parents=True)
    theme = {"theme": {"name": "material", "font": False}, "markdown_extensions": RECOMMENDED}
    (folder / "mkdocs.yml").write_text(json.dumps({"site_name": "U", **theme}))
    for number in range(PAGES):
        (folder / "docs" / f"guide-{number}.md").write_text(_guide(number, Random(number)))
    return best_of(3, module("mkdocs", "build", "--quiet", folder=folder))


def _guide(number: int, random: Random) -> str:
    """A page of some 200 words as help centers have them: a warning, steps, a table, links."""

    def words(count: int) -> str:
        return " ".join(random.choices(WORDS, k=count))

    steps = "\n".join(f"{step}. **{words(2)}** {words(12)}." for step in range(1, 7))
    table = f"| {words(1)} | {words(1)} |\n|---|---|\n" + "".join(f"| {words(3)} | `{words(2)}` |\n" for _ in range(3))
    link = f"[{words(3)}](guide-{random.randrange(PAGES)}.md)"
    return (
        f"# Guide {number}\n\n{words(30)}.\n\n!!! warning\n    {words(12)}.\n\n## Steps\n\n{steps}\n\n"
        f"## Table\n\n{table}\n## More\n\n{words(25)}. See {link}.\n\n- {words(8)}\n- {words(8)}\n"
    )


def measure_site(scratch: Path, unit: float) -> Iterator[Row]:
    cold = {shape: _build(scratch, *shape) / unit for shape in ((PAGES, 18), (PAGES, 9), (2 * PAGES, 9))}
    yield limit(f"cold build, {PAGES} pages x 18 languages", cold[PAGES, 18], 4, "U")
    yield limit("  twice the languages (9 -> 18)", cold[PAGES, 18] / cold[PAGES, 9], 2.2, "times")
    yield limit("  twice the pages (x 9 languages)", cold[2 * PAGES, 9] / cold[PAGES, 9], 2.2, "times")
    yield limit("build after one text was edited in one language", _rebuild(scratch, _ONE_TEXT) / unit, 0.5, "U")
    titled = _rebuild(scratch, _SITE_TITLE) / unit
    yield Row("  after the site's title, which stands on every page, was edited", f"{titled:.2f} U")
    yield from _weigh_growth(scratch)
    yield from _weigh_shipped(scratch, unit)


def _folder(scratch: Path, pages: int, languages: int) -> Path:
    return scratch / f"site-{pages}-{languages}"


def _command(tree: Path, target: Path) -> Callable[[], object]:
    """A build that finds what builds of this place have kept, and nothing else."""
    where = ["--site", target / "site", "--docs", target / "docs", "--config", ROOT / "mkdocs.yml"]
    return module("helptree", "build", "--tree", tree, *where, kept=target / "kept")


def _build(scratch: Path, pages: int, languages: int) -> float:
    folder = _folder(scratch, pages, languages)
    _in_languages(_tree_of(pages), LOCALES[:languages]).write(folder / "tree")
    return seconds(_command(folder / "tree", folder))


_ONE_TEXT = re.compile(r'(msgctxt "remedy\.[a-z0-9-]+\.steps\..*"\nmsgid ".*"\nmsgstr ")')
_SITE_TITLE = re.compile(r'(msgctxt "tree\.title"\nmsgid ".*"\nmsgstr ")')


def _rebuild(scratch: Path, place: re.Pattern[str]) -> float:
    """Edit one French text of the largest site, and build again."""
    folder = _folder(scratch, PAGES, 18)
    catalog = folder / "tree" / "catalogs" / "fr.po"

    def edit(number: int) -> None:
        text, count = place.subn(lambda found: f"{found[1]}{nth_word(number)} ", catalog.read_text("utf-8"), count=1)
        assert count == 1, place
        catalog.write_text(text, encoding="utf-8")

    return best_after(3, edit, _command(folder / "tree", folder))


def _tree_of(pages: int) -> RandomTree:
    """The first random tree with exactly so many pages."""
    folders = ("statuses/", "questions/", "outcomes/", "remedies/")
    for seed in range(10_000):
        tree = random_tree(Random(seed), pages * 2 // 3)
        if sum(name.startswith(folders) for name in tree.files) == pages:
            return tree
    raise LookupError(pages)


def _in_languages(tree: RandomTree, locales: list[str]) -> RandomTree:
    catalog = tree.files.pop("catalogs/fr.po")
    row = '{{autonym: "{0}", plural_forms: "nplurals=2; plural=(n > 1);"}}\n'
    tree.files["catalogs/languages.yaml"] = "".join(f"{tag}: {row.format(tag)}" for tag in locales)
    for tag in locales[1:]:
        tree.files[f"catalogs/{tag.replace('-', '_')}.po"] = catalog
    return tree


# --- weight --------------------------------------------------------------------------------------------------


def _weigh_growth(scratch: Path) -> Iterator[Row]:
    """The home page of the same root question: other pages must add nothing to it."""
    sizes = [_median_page(_folder(scratch, pages, 9) / "site" / "fr") for pages in (PAGES, 2 * PAGES)]
    yield limit("bytes of a page with twice the pages (median, gzip)", sizes[1] / sizes[0], 1.05, "times")


def _median_page(site: Path) -> int:
    sizes = sorted(_gzipped(path) for path in site.rglob("index.html"))
    return sizes[len(sizes) // 2]


def _weigh_shipped(scratch: Path, unit: float) -> Iterator[Row]:
    tree, target = ROOT / "decision_tree", scratch / "shipped"
    took = seconds(_command(tree, target))
    languages = len(open_project(tree).languages)
    pages = len(list((target / "site" / "en").rglob("index.html")))
    yield Row(f"cold build of the shipped tree, {pages} pages x {languages} languages", f"{took / unit:.2f} U")
    questions = [_gzipped(path) / 1024 for path in (target / "site" / "fr" / "questions").rglob("index.html")]
    yield limit("largest question page, HTML alone, gzip", max(questions), 12, "KiB")
    yield from _weigh_raw(target, f"{languages} languages")
    yield from _weigh_raw(_folder(scratch, PAGES, 18), f"{PAGES} pages x 18 languages")
    home = target / "site" / "fr" / "index.html"
    fetched = _fetched_by(home)
    total = sum(_gzipped(path) for path in (home, *fetched)) / 1024
    yield limit("first visit of the French home page, gzip", total, 90, "KiB", f"{len(fetched)} files beside it")
    foreign = [address for address in _addresses_in(home) if re.match(r"(?:https?:)?//", address)]
    yield Row("other hosts asked by it", str(len(foreign)), "0", not foreign)


def _weigh_raw(folder: Path, what: str) -> Iterator[Row]:
    sizes = [path.stat().st_size / 1024 for path in (folder / "site").resolve().glob("*/questions/*/index.html")]
    yield limit(f"largest question page, HTML alone, not compressed, {what}", max(sizes), 12, "KiB")


def _addresses_in(page: Path) -> list[str]:
    """What a browser fetches for a page: scripts, styles, icons, pictures."""
    found = []
    for match in _FETCHED.finditer(page.read_text(encoding="utf-8")):
        named = _HREF.search(match[0])
        found.append(match[1] or match[2] or (named[1] if named else ""))
    return list(dict.fromkeys(found))


def _fetched_by(page: Path) -> list[Path]:
    paths = [(page.parent / address.split("?")[0].split("#")[0]).resolve() for address in _addresses_in(page)]
    return [path for path in paths if path.is_file()]


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))
