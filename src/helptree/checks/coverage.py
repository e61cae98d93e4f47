"""Checks that a language shown to readers is translated far enough for its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from helptree.catalogs import TranslationState
from helptree.coverage import GATES, measure_states
from helptree.locales import LanguageState
from helptree.problems import Location, Problem, problem


def find_gap(tag: str, state: str, where: Location, states: Mapping[str, TranslationState]) -> Iterator[Problem]:
    """Yield a warning when a language is below the gate of its state. `states`: entry -> how its translation is.

    A warning, not an error: an author who adds an English sentence must be able to build at once; readers of other
    languages then see it marked as not translated. `check --strict` is the gate before publishing.
    """
    wanted = LanguageState(state)
    if wanted not in GATES:
        return
    found, (interface, articles) = measure_states(states), GATES[wanted]
    if not found.reaches(wanted):
        names = {"interface": f"{found.interface:.1%}", "articles": f"{found.articles:.1%}"}
        told = f"{interface:.0%} and {articles:.0%}"
        yield problem("coverage-gate", where, locale=tag, state=wanted.value, wanted=told, **names)
