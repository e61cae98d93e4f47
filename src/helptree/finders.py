"""Finders made from a project: for readers of one language, for words in any; and how what they find is told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from helptree.finder import LIMIT, Finder, Found
from helptree.finder_index import index_of, vocabulary
from helptree.finder_text import tokenize
from helptree.project import Project


def finder_index(project: Project, locale: str) -> dict[str, Any]:
    """Return the index for readers of one locale: its descriptions and those of the source language."""
    return index_of([project.translator(tag) for tag in dict.fromkeys([locale, project.tree.source_locale])])


def make_finder(project: Project, locale: str) -> Finder:
    """Return the finder for readers of one locale."""
    return Finder(finder_index(project, locale))


class AnyLanguageFinder:
    """Finds statuses by words in any language that is published; gives its reasons in the source language.

    Descriptions in nine languages at once hold words that mean one thing here and another there. So it looks which
    language a query is in, and asks the finder of that one; wordings of all languages are in each.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._source = project.tree.source_locale
        self._words = {tag: vocabulary(project.translator(tag)) for tag in project.languages}
        self._made: dict[str, Finder] = {}

    def find(self, text: str, limit: int = LIMIT) -> list[Found]:
        """Return the statuses that these words may mean, best first; none when they mean no status."""
        locale = self.language_of(text)
        if locale not in self._made:
            spoken = dict.fromkeys([self._source, locale])
            self._made[locale] = Finder(index_of([self._project.translator(tag) for tag in spoken]))
        return self._made[locale].find(text, limit)

    def language_of(self, text: str, *preferred: str) -> str:
        """Return the published language that knows most of these words; in doubt a preferred one, or the source."""
        words = {token.text for token in tokenize(text)}
        known = {tag: len(words & found) for tag, found in self._words.items()}
        return max(dict.fromkeys([*preferred, self._source, *known]), key=lambda tag: known[tag])

    def spoken_in(self, text: str, customer: str, agent: str) -> str:
        """Return the language of a customer who said these words; words in the agent's own may be the agent's."""
        found = self.language_of(text, customer, agent)
        return customer if found == agent else found


def as_json_line(query: str, found: Iterable[Found]) -> str:
    """Return one query and its statuses as a line of JSON."""
    results = [{"id": item.id, "score": item.score, "reason": item.reason} for item in found]
    return json.dumps({"query": query, "results": results}, ensure_ascii=False)


def as_lines(query: str, found: Iterable[Found]) -> str:
    """Return one query and its statuses for people."""
    lines = [f"{item.score:.6f}  {item.id}: {item.label}\n          {item.reason}" for item in found]
    lines = lines or ["No status was found in these words."]
    return "\n".join([f"# {query}", *lines] if query else lines)
