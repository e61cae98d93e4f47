"""Measures the finder on the queries of tests/finder: how often it is right, how large and how fast it is.

The tuned half was read while words were added. The held-out half was written by authors who had seen neither symptoms,
synonyms, sayings nor queries, in two rounds: misses of the first were read in es, de, ko, zh, ja and cs alone, of the
second none; the totals of both were looked at while variants were weighed. Many negatives are of a hard sort: other
matters told in the words of orders. The bars of refusal were chosen by sayings that were left out of the index.
Plain RapidFuzz over the labels stands beside it.
"""

import gzip
import json
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from bench.rows import ROOT, Measure, Row, limit
from helptree.finder import Finder
from helptree.finder_index import index_script
from helptree.finders import AnyLanguageFinder, finder_index, make_finder
from helptree.project import Project, open_project

QUERIES = ROOT / "tests" / "finder" / "queries.tsv"
SCRIPT = ROOT / "docs" / "assets" / "finder.js"
NEGATIVE = "negative"
BASELINE_REFUSES_BELOW = 60
BUDGET_KIB = 60
BUDGET_MS = 10.0
RUNS = 5

Search = Callable[["Query"], list[str]]


@dataclass(frozen=True)
class Query:
    kind: str
    locale: str
    text: str
    expected: str
    held_out: bool

    def is_right(self, found: list[str]) -> bool:
        """`a|b`: one of them among the first three; `a+b`: all of them; `-`: nothing."""
        if self.expected == "-":
            return not found
        return any(set(one.split("+")) <= set(found[:3]) for one in self.expected.split("|"))


def read_queries(path: Path = QUERIES) -> list[Query]:
    queries = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        kind, locale, text, expected, half = line.split("\t")
        queries.append(Query(kind, locale, text.replace("\\n", "\n"), expected, half == "held-out"))
    return queries


def finders(project: Project) -> dict[str, Finder]:
    return {locale: make_finder(project, locale) for locale in project.languages}


def search_with(project: Project) -> Search:
    """A finder for each shipped language, as on its pages; words in other languages go to `helptree find`."""
    made: dict[str, Finder | AnyLanguageFinder] = dict(finders(project))
    other = AnyLanguageFinder(project)
    return lambda query: [found.id for found in made.get(query.locale, other).find(query.text)]


def search_in_any_language(project: Project) -> Search:
    """What `helptree find` does without --locale, and what staff use."""
    finder = AnyLanguageFinder(project)
    return lambda query: [found.id for found in finder.find(query.text)]


def baseline(project: Project) -> Search:
    """What one gets for nothing: fuzzy matching over all wordings and labels."""
    texts = [(w.text, status.id) for status in project.tree.statuses.values() for w in status.wordings]
    texts += [
        (project.translator(locale).text(status.label).value, status.id)
        for status in project.tree.statuses.values()
        for locale in project.languages
    ]
    choices = [text for text, _ in texts]

    def search(query: Query) -> list[str]:
        rows = process.extract(
            query.text, choices, scorer=fuzz.WRatio, processor=utils.default_process, limit=30,
            score_cutoff=BASELINE_REFUSES_BELOW,
        )  # fmt: skip
        return list(dict.fromkeys(texts[index][1] for _, _, index in rows))

    return search


def recall(queries: Iterable[Query], search: Search) -> tuple[int, int]:
    """Right ones, and how many there are."""
    results = [query.is_right(search(query)) for query in queries]
    return sum(results), len(results)


def by_kind(queries: Iterable[Query]) -> dict[str, list[Query]]:
    kinds: dict[str, list[Query]] = defaultdict(list)
    for query in queries:
        kinds[query.kind].append(query)
    return dict(sorted(kinds.items()))


def ms_in_python(project: Project, queries: list[Query]) -> list[float]:
    """Each query by finders that have not seen it before; the best of some, for other programs disturb."""
    made = [make_finder(project, project.tree.source_locale) for _ in range(RUNS)]

    def ms(finder: Finder, text: str) -> float:
        start = time.perf_counter()
        finder.find(text)
        return (time.perf_counter() - start) * 1000

    return [min(ms(finder, query.text) for finder in made) for query in queries]


_TIMED = """
([texts, runs]) => {
  const made = Array.from({length: runs}, () => helptreeFinder.makeFinder(helptreeFinderIndex));
  const ms = (finder, text) => {
    const start = performance.now();
    finder.find(text);
    return performance.now() - start;
  };
  return texts.map(text => Math.min(...made.map(finder => ms(finder, text))));
}
"""


def ms_in_browser(project: Project, queries: list[Query]) -> list[float]:
    """The same in Chromium; with Node, which has the same engine, where there is no Chromium."""
    texts = [query.text for query in queries]
    scripts = index_script(finder_index(project, project.tree.source_locale)) + SCRIPT.read_text(encoding="utf-8")
    if node := shutil.which("node"):
        program = f"{scripts}\nconsole.log(JSON.stringify(({_TIMED})({json.dumps([texts, RUNS])})));"
        done = subprocess.run([node, "-"], input=program, capture_output=True, check=True, encoding="utf-8")
        return [float(number) for number in json.loads(done.stdout)]
    from playwright.sync_api import sync_playwright

    from tests.browsers import ARGS, find_browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGS)
        page = browser.new_page()
        page.add_script_tag(content=scripts)
        times = [float(number) for number in page.evaluate(_TIMED, [texts, RUNS])]
        browser.close()
    return times


def finder() -> Iterator[Measure]:
    """How often it is right, how large and how fast it is."""
    project = cache(lambda: open_project(ROOT / "decision_tree"))
    yield Measure("finder: recall", lambda: _recall_rows(project(), read_queries()))
    yield Measure("finder: index", lambda: _index_rows(project()))
    for where, ms in [("Python", ms_in_python), ("browser", ms_in_browser)]:
        what = f"finder: one query in {where}, at worst"
        yield Measure(what, lambda what=what, ms=ms: [_time_row(what, ms(project(), read_queries()))])


def _recall_rows(project: Project, queries: list[Query]) -> Iterator[Row]:
    """The right status among the first three, by kind; for negatives: refused."""
    ours, plain, unnamed = search_with(project), baseline(project), search_in_any_language(project)
    positive = [query for query in queries if query.kind != NEGATIVE]
    for kind, rows in [*by_kind(queries).items(), ("all but negative", positive)]:
        halves = [recall([q for q in rows if q.held_out is half], ours) for half in (False, True)]
        right, total = (sum(pair) for pair in zip(*halves, strict=True))
        wanted = {NEGATIVE: 90, "all but negative": 95}.get(kind, 85)
        tuned, held_out = (f"{a}/{b}" for a, b in halves)
        without, fuzzy = (100 * recall(rows, search)[0] / total for search in (unnamed, plain))
        note = f"tuned {tuned}, held-out {held_out}; no locale {without:.1f} %, plain fuzzy {fuzzy:.1f} %"
        measured = f"{100 * right / total:.1f} % ({note})"
        yield Row(f"finder: {kind}", measured, f"{wanted} %", 100 * right >= wanted * total)


def _index_rows(project: Project) -> Iterator[Row]:
    for locale in project.languages:
        size = len(gzip.compress(index_script(finder_index(project, locale)).encode(), 9, mtime=0))
        yield limit(f"finder: index for {locale}, gzip", size / 1024, BUDGET_KIB, "KiB")


def _time_row(what: str, times: list[float]) -> Row:
    return limit(what, max(times), BUDGET_MS, "ms", f"mean {sum(times) / len(times):.2f} ms")
