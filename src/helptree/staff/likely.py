"""Which outcomes are likely where a customer stands, nearest first, and by which answers each is reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helptree.model import Option, Outcome, Tree


@dataclass(frozen=True, slots=True)
class Likely:
    """An outcome. `answers`: what the customer must still say, in order."""

    outcome: Outcome
    answers: tuple[Option, ...] = ()


def likely_outcomes(tree: Tree, id_: str) -> list[Likely]:
    """Return the outcomes that are reached from a node, each once, by the shortest way."""
    return [Likely(tree.outcomes[node], answers) for node, answers in ways_below(tree, id_) if node in tree.outcomes]


def ways_below(tree: Tree, id_: str) -> Iterator[tuple[str, tuple[Option, ...]]]:
    """Yield a node and all that are reached from it, nearest first, with the answers of the shortest way."""
    known: set[str] = {id_}
    waiting: list[tuple[str, tuple[Option, ...]]] = [(id_, ())]
    while waiting:
        node, answers = waiting.pop(0)
        yield node, answers
        question = tree.questions.get(node)
        for option in question.options if question else ():
            if option.next not in known:
                known.add(option.next)
                waiting.append((option.next, (*answers, option)))
