"""A short code, told over the phone or typed, to the place it names. Knows nothing of Streamlit."""

from __future__ import annotations

from collections import deque

from helptree.codes import ALPHABET, LENGTH
from helptree.engine import Answer, Answers, replay
from helptree.model import Outcome, Question, Remedy, Status, Tree
from helptree.wizard.place import Place


def is_like_code(text: str) -> bool:
    """Say whether words could be a short code, of this tree or of an older one."""
    bare = text.upper().replace(" ", "").replace("-", "").strip()
    return len(bare) == LENGTH and set(bare) <= set(ALPHABET)


def place_of_code(tree: Tree, text: str, locale: str) -> Place | None:
    """Return the place of a short code: the shortest way to it; None when no reader can get there."""
    page = tree.by_code(text) if is_like_code(text) else None
    ways = shortest_ways(tree)
    if isinstance(page, Status):
        return _place_of_status(tree, page, ways, locale)
    if isinstance(page, Remedy):
        return _place_of_remedy(tree, page, ways, locale)
    return _at(tree, ways[page.id], locale) if isinstance(page, Question | Outcome) and page.id in ways else None


def shortest_ways(tree: Tree) -> dict[str, Answers]:
    """Return the fewest answers that lead to each node."""
    ways: dict[str, Answers] = {tree.root: ()}
    waiting = deque([tree.root])
    while waiting:
        question = tree.questions.get(waiting.popleft())
        for option in question.options if question else ():
            if question and option.next not in ways:
                ways[option.next] = (*ways[question.id], Answer(question.id, option.id))
                waiting.append(option.next)
    return ways


def _place_of_status(tree: Tree, status: Status, ways: dict[str, Answers], locale: str) -> Place | None:
    for id_, way in ways.items():
        question = tree.questions.get(id_)
        for option in question.options if question else ():
            if option.status == status.id:
                return _at(tree, (*way, Answer(id_, option.id)), locale)
    return None


def _place_of_remedy(tree: Tree, remedy: Remedy, ways: dict[str, Answers], locale: str) -> Place | None:
    found = [outcome for outcome in tree.outcomes.values() if remedy.id in outcome.ways and outcome.id in ways]
    # Where it is tried first, else where the fewest others come before it.
    best = min(found, key=lambda outcome: (outcome.ways.index(remedy.id), len(ways[outcome.id])), default=None)
    return _at(tree, ways[best.id], locale, best.ways.index(remedy.id)) if best else None


def _at(tree: Tree, way: Answers, locale: str, number: int = 0) -> Place:
    return Place(locale, replay(tree, {answer.question: answer.option for answer in way}), number)
