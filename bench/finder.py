"""Measures the finder on the queries of tests/finder: how often it is right, how large and how fast it is.

Every second query of a kind is held out: nobody tunes on it. Plain RapidFuzz over the labels stands beside it.
"""

import gzip
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process, utils
from rich.table import Table

from helptree.finder import Finder, make_finder
from helptree.finder_index import finder_index, index_script
from helptree.project import Project, open_project

ROOT = Path(__file__).parents[1]
QUERIES = ROOT / "tests" / "finder" / "queries.tsv"
NEGATIVE = "negative"
BASELINE_REFUSES_BELOW = 60

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
    queries, seen = [], defaultdict(int)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        kind, locale, text, expected = line.split("\t")
        seen[kind] += 1
        queries.append(Query(kind, locale, text.replace("\\n", "\n"), expected, seen[kind] % 2 == 0))
    return queries


def finders(project: Project) -> dict[str, Finder]:
    """A finder for each shipped language; a reader of another one is taken to be on the source locale's page."""
    return {locale: make_finder(project, locale) for locale in project.languages}


def search_with(project: Project) -> Search:
    made = finders(project)
    source = project.tree.source_locale
    return lambda query: [found.id for found in made.get(query.locale, made[source]).find(query.text)]


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
    results = [query.is_right(search(query)) for query in queries]
    return sum(results), len(results)


def by_kind(queries: Iterable[Query]) -> dict[str, list[Query]]:
    kinds: dict[str, list[Query]] = defaultdict(list)
    for query in queries:
        kinds[query.kind].append(query)
    return dict(sorted(kinds.items()))
