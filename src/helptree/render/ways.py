"""How readers get to a page: the unique path where there is one, and which outcomes offer a remedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from helptree.engine import Answer
from helptree.model import Outcome, Tree


@dataclass(frozen=True)
class Ways:
    """All edges of a tree, backwards. `ways_of` makes them once for a tree."""

    tree: Tree

    @cached_property
    def _edges_to(self) -> Mapping[str, list[Answer]]:
        """Node or status id -> the answers that lead straight to it."""
        edges: dict[str, list[Answer]] = defaultdict(list)
        for question in self.tree.questions.values():
            for option in question.options:
                edges[option.next].append(Answer(question.id, option.id))
                if option.status:
                    edges[option.status].append(Answer(question.id, option.id))
        return edges

    @cached_property
    def _offered_by(self) -> Mapping[str, list[Outcome]]:
        offers: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.tree.outcomes.values():
            for remedy in outcome.ways:
                offers[remedy].append(outcome)
        return offers

    def outcomes_offering(self, remedy: str) -> list[Outcome]:
        """Return the outcomes that offer a remedy, in file order."""
        return self._offered_by.get(remedy, [])

    def unique_path(self, id_: str) -> tuple[Answer, ...] | None:
        """Return the answers that lead to a page when only one path does, else None."""
        if id_ in self.tree.remedies:
            outcomes = self.outcomes_offering(id_)
            return self.unique_path(outcomes[0].id) if len(outcomes) == 1 else None
        path: list[Answer] = []
        while id_ != self.tree.root:
            edges = self._edges_to.get(id_, [])
            if len(edges) != 1:
                return None
            path.insert(0, edges[0])
            id_ = edges[0].question
        return tuple(path)

    def crumbs(self, id_: str) -> tuple[str, ...]:
        """Return the ids of the pages on the way to a page; only the root question when there are several ways."""
        path = self.unique_path(id_) or ()
        pages = [self.tree.root]
        for answer in path:
            option = self.tree.questions[answer.question].option(answer.option)
            assert option
            pages += [option.status] if option.status else []
            # A status page asks the next question itself: the question's own page is no stop on the way.
            if not option.status or isinstance(self.tree.node(option.next), Outcome):
                pages.append(option.next)
        if id_ in self.tree.remedies and path:
            pages += [self.outcomes_offering(id_)[0].id]
        return tuple(dict.fromkeys(page for page in pages if page != id_))


_known: dict[str, Ways] = {}


def ways_of(tree: Tree) -> Ways:
    """Return the ways of a tree: pages, pictures and languages all ask for those of the same one."""
    ways = _known.get("last")
    if not ways or ways.tree is not tree:
        ways = _known["last"] = Ways(tree)
    return ways
