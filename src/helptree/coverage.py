"""How much of a language is translated, and how much a state asks for.

The interface is what every reader meets on the way to an answer: all of it must be there. Of the articles behind
it, nine tenths make a language fit to publish, six tenths a trial.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helptree.catalogs import Catalog, TranslationState, state_of
from helptree.locales import LanguageState
from helptree.text_entry import TextEntry

# State -> share of the interface, share of the articles that must be translated and not stale.
GATES = {LanguageState.PUBLISHED: (1.0, 0.9), LanguageState.BETA: (1.0, 0.6)}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares from 0 to 1."""

    interface: float
    articles: float

    def reaches(self, state: LanguageState) -> bool:
        """Say whether a language may have that state."""
        interface, articles = GATES.get(state, (0.0, 0.0))
        return self.interface >= interface and self.articles >= articles


def is_interface(key: str) -> bool:
    """Say whether a text belongs to the interface: its own words, the questions, and what answers lead to by name."""
    kind, _, rest = key.partition(".")
    return kind in ("ui", "tree", "question") or (kind in ("status", "outcome") and rest.endswith((".label", ".title")))


def measure(catalog: Catalog, entries: Iterable[TextEntry]) -> Coverage:
    """Return the coverage of one catalog."""
    return measure_states({entry.key: state_of(catalog, entry) for entry in entries})


def measure_states(states: Mapping[str, TranslationState]) -> Coverage:
    """Return the coverage of a catalog whose translations are in these states."""
    done, total = {True: 0, False: 0}, {True: 0, False: 0}
    for key, state in states.items():
        part = is_interface(key)
        total[part] += 1
        done[part] += state.is_current
    return Coverage(*(done[part] / total[part] if total[part] else 1.0 for part in (True, False)))
