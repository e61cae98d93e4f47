"""Every language, or each in turn: what `make test` walks, and what `make stress` does.

`tests/test_surfaces.py` presses every path in every language always. What is proved beside it (addresses, ways back,
changed answers, links) is code that no language changes, so by default the languages share the paths among them: all
paths are walked, all languages are used. `make stress` walks all paths in all languages.
"""

from collections.abc import Sequence
from typing import TypeVar

import pytest

Item = TypeVar("Item")

# Put on a test that takes the argument `turn`.
IN_TURN = pytest.mark.parametrize("turn", ["in-turn", pytest.param("all", marks=pytest.mark.stress)])


def share(turn: str, items: Sequence[Item], locale: str, locales: Sequence[str]) -> Sequence[Item]:
    """Return the items of a language: every n-th, or all of them."""
    return items if turn == "all" else items[list(locales).index(locale) :: len(locales)]
