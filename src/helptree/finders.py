"""Finders made from a project: for readers of one language, for words in any; and how what they find is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from helptree.finder import LIMIT, Finder, Found
from helptree.finder_index import index_of, told_languages, told_vocabulary, vocabulary
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

    Descriptions in many languages at once hold words that mean one thing here and another there. So it looks which
    language a query is in, and asks the finder of that one; wordings of all languages are in each. A language that is
    not published may have sayings all the same: then the source language's finder learns them.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._source = project.tree.source_locale
        self._published = {tag: vocabulary(project.translator(tag)) for tag in project.languages}
        others = told_languages(project.tree) - {tag.split("-")[0] for tag in project.languages}
        # language -> the words it is known by
        self.vocabularies = self._published | {tag: told_vocabulary(project.tree, tag) for tag in sorted(others)}
        self._made: dict[str, Finder] = {}

    def find(self, text: str, limit: int = LIMIT) -> list[Found]:
        """Return the statuses that these words may mean, best first; none when they mean no status."""
        language = _best_known(text, self.vocabularies, self._source)
        if language not in self._made:
            self._made[language] = Finder(self.index_for(language))
        return self._made[language].find(text, limit)

    def language_of(self, text: str, *preferred: str) -> str:
        """Return the published language that knows most of these words; in doubt a preferred one, or the source."""
        return _best_known(text, self._published, *preferred, self._source)

    def spoken_in(self, text: str, customer: str, agent: str) -> str:
        """Return the language of a customer who said these words; words in the agent's own may be the agent's."""
        found = self.language_of(text, customer, agent)
        return customer if found == agent else found

    def index_for(self, language: str) -> dict[str, Any]:
        """Return the index for words in one of `vocabularies`; its reasons are in the source language."""
        spoken = [tag for tag in dict.fromkeys([self._source, language]) if tag in self._project.languages]
        return index_of([self._project.translator(tag) for tag in spoken], [language.split("-")[0]])


def _best_known(text: str, vocabularies: Mapping[str, frozenset[str]], *preferred: str) -> str:
    """Return the language that knows most words of a text; of several, the first preferred one."""
    words = {token.text for token in tokenize(text)}
    known = {tag: len(words & found) for tag, found in vocabularies.items()}
    return max(dict.fromkeys([*preferred, *known]), key=lambda tag: known[tag])


def as_json_line(query: str, found: Iterable[Found]) -> str:
    """Return one query and its statuses as a line of JSON."""
    results = [{"id": item.id, "score": item.score, "reason": item.reason} for item in found]
    return json.dumps({"query": query, "results": results}, ensure_ascii=False)


def as_lines(query: str, found: Iterable[Found]) -> str:
    """Return one query and its statuses for people."""
    lines = [f"{item.score:.6f}  {item.id}: {item.label}\n          {item.reason}" for item in found]
    lines = lines or ["No status was found in these words."]
    return "\n".join([f"# {query}", *lines] if query else lines)
