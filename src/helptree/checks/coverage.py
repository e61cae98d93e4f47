"""Checks that a language shown to readers is translated far enough for its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helptree.catalogs import Catalog
from helptree.content import Content
from helptree.coverage import GATES, measure
from helptree.entries import TextEntry
from helptree.locales import LanguageState
from helptree.problems import Problem, problem
from helptree.shapes import LanguageFile


def check_coverage(content: Content, catalogs: Mapping[str, Catalog], entries: list[TextEntry]) -> Iterator[Problem]:
    """Yield a warning for every language below the gate of its state.

    A warning, not an error: an author who adds an English sentence must be able to build at once; readers of other
    languages then see it marked as not translated. `check --strict` is the gate before publishing.
    """
    for tag, item in content.of("language").items():
        assert isinstance(item.shape, LanguageFile)
        state = LanguageState(item.shape.state)
        if tag not in catalogs or state not in GATES:
            continue
        found, (interface, articles) = measure(catalogs[tag], entries), GATES[state]
        if not found.reaches(state):
            names = {"interface": f"{found.interface:.1%}", "articles": f"{found.articles:.1%}"}
            wanted = f"{interface:.0%} and {articles:.0%}"
            yield problem("coverage-gate", item.at(("state",)), locale=tag, state=state.value, wanted=wanted, **names)
