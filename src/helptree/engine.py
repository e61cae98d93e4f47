"""Position is replayed, never stored: answers in, node out. Shared by site, wizard, terminal and staff reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from helptree.model import Node, Outcome, Question, Tree


@dataclass(frozen=True, slots=True)
class Answer:
    """The option a reader picked."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where answers lead. `dropped`: answers given that this path does not ask or the tree does not know."""

    node: Node
    path: tuple[Answer, ...]
    dropped: tuple[Answer, ...]

    @property
    def answers(self) -> dict[str, str]:
        """The kept answers by question id, in order."""
        return {answer.question: answer.option for answer in self.path}


Answers = tuple[Answer, ...]


def current_id(tree: Tree, id_: str, *, question: str = "") -> str:
    """Return today's id for an id of old, following redirects; the id itself when there is none.

    With `question` the id is that of one of its options.
    """
    seen = {id_}
    prefix = f"{question}/" if question else ""
    while (target := tree.redirects.get(prefix + id_)) and target not in seen:
        seen.add(target)
        id_ = target
    return id_


def _current_answers(tree: Tree, answers: Mapping[str, str]) -> dict[str, str]:
    renamed = {}
    for question, option in answers.items():
        question = current_id(tree, question)
        renamed[question] = current_id(tree, option, question=question)
    return renamed


def replay(tree: Tree, answers: Mapping[str, str]) -> Position:
    """Start at the root and feed the answers through; stop where one is missing or refused.

    Never raises: unknown questions and options are returned as `dropped`, in the order they were given.
    """
    given = _current_answers(tree, answers)
    path: list[Answer] = []
    node = tree.node(tree.root)
    while isinstance(node, Question):
        option = node.option(given.get(node.id, ""))
        if option is None:
            break
        path.append(Answer(node.id, option.id))
        node = tree.node(option.next)
    kept = {answer.question for answer in path}
    dropped = tuple(Answer(question, option) for question, option in given.items() if question not in kept)
    return Position(node, tuple(path), dropped)


def count_paths(tree: Tree) -> int:
    """Return the number of paths from the root to an outcome, counted by edges, never by walking them all."""

    @cache
    def below(id_: str) -> int:
        question = tree.questions.get(id_)
        return sum(below(option.next) for option in question.options) if question else 1

    for id_ in reversed(list(topological_order(tree))):
        below(id_)
    return below(tree.root)


def topological_order(tree: Tree) -> Iterator[str]:
    """Yield the ids of all nodes below the root so that every node comes after all that lead to it."""
    order: list[str] = []
    done: set[str] = set()
    stack = [(tree.root, False)]
    while stack:
        id_, finished = stack.pop()
        if finished:
            order.append(id_)
        elif id_ not in done:
            done.add(id_)
            stack.append((id_, True))
            question = tree.questions.get(id_)
            targets = [option.next for option in question.options] if question else []
            stack += [(target, False) for target in reversed(targets)]
    return reversed(order)


def enumerate_paths(tree: Tree) -> Iterator[tuple[Answers, Outcome]]:
    """Yield every path with its outcome, in the order of the options."""
    stack: list[tuple[str, Answers]] = [(tree.root, ())]
    while stack:
        id_, path = stack.pop()
        node = tree.node(id_)
        if isinstance(node, Outcome):
            yield path, node
            continue
        stack += [(option.next, (*path, Answer(id_, option.id))) for option in reversed(node.options)]


def covering_paths(tree: Tree) -> Iterator[tuple[Answers, Outcome]]:
    """Yield few paths that together take every option of every question (one for each option).

    The proof by edges for trees with more paths than can be walked: replay looks at one node and one answer at
    a time, so a step that is right on one path is right on all.
    """
    shortest: dict[str, Answers] = {tree.root: ()}
    for id_ in topological_order(tree):
        question = tree.questions.get(id_)
        for option in question.options if question else ():
            path = (*shortest[id_], Answer(id_, option.id))
            if option.next not in shortest or len(path) < len(shortest[option.next]):
                shortest[option.next] = path
    for id_, prefix in shortest.items():
        question = tree.questions.get(id_)
        for option in question.options if question else ():
            yield _finish(tree, (*prefix, Answer(id_, option.id)), option.next)


def _finish(tree: Tree, path: Answers, id_: str) -> tuple[Answers, Outcome]:
    node = tree.node(id_)
    while isinstance(node, Question):
        path = (*path, Answer(node.id, node.options[0].id))
        node = tree.node(node.options[0].next)
    return path, node
