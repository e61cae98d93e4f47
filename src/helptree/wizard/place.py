"""Where a reader is: an address read into a place, and a place written as an address. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helptree.engine import Answer, Position, replay
from helptree.locales import Language, negotiate
from helptree.model import Node, Outcome, Question, Tree

LANG, REMEDY, CHANGE = "lang", "remedy", "change"
RESERVED = (LANG, REMEDY, CHANGE)
# What mailers and messengers hang on links. It is not part of our address, so nobody need be told of it.
_TRACKERS = ("utm_", "fbclid", "gclid", "msclkid", "mc_", "_gl", "igshid")

Query = dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """What one screen shows. `changing`: the answered question that is asked again; `way`: which remedy is open.

    `left_out`: answers of the address that this path does not ask; `has_unknown`: it holds what nobody knows.
    """

    locale: str
    position: Position
    way: int = 0
    changing: str | None = None
    left_out: tuple[Answer, ...] = ()
    has_unknown: bool = False

    @property
    def answers(self) -> dict[str, str]:
        """The answers that led here."""
        return self.position.answers


def read_place(tree: Tree, query: Mapping[str, str], locale: str) -> Place:
    """Return the place of an address. Never raises: what it does not know is left out."""
    given = {key: value for key, value in query.items() if key not in RESERVED and not _is_tracker(key)}
    position = replay(tree, given)
    way = find_way(position.node, query.get(REMEDY))
    changing = query.get(CHANGE) if query.get(CHANGE) in position.answers else None
    left_out = _known(tree, position.dropped)
    is_unknown = (
        len(left_out) < len(position.dropped)
        or (REMEDY in query and way is None)
        or (CHANGE in query and changing is None)
    )
    return Place(locale, position, way or 0, changing, left_out, is_unknown)


def _is_tracker(key: str) -> bool:
    return key.lower().startswith(_TRACKERS)


def _known(tree: Tree, answers: Iterable[Answer]) -> tuple[Answer, ...]:
    return tuple(a for a in answers if a.question in tree.questions and tree.questions[a.question].option(a.option))


def find_way(node: Node, remedy: str | None) -> int | None:
    """Return which of an outcome's remedies has that id."""
    return node.ways.index(remedy) if isinstance(node, Outcome) and remedy in node.ways else None


def query_of(place: Place) -> Query:
    """Return the address of a place: the first remedy needs no word in it.

    Answers that were left out stay in it, so that the screen can say so again after a reload; the next step
    forgets them.
    """
    query = {LANG: place.locale, **place.answers}
    query |= {answer.question: answer.option for answer in place.left_out}
    node = place.position.node
    if place.changing:
        query[CHANGE] = place.changing
    elif isinstance(node, Outcome) and place.way:
        query[REMEDY] = node.ways[place.way]
    return query


def start(tree: Tree, place: Place) -> Place:
    """Return the root."""
    return Place(place.locale, replay(tree, {}))


def question_at(tree: Tree, place: Place) -> Question | None:
    """Return the question that the screen asks; None at an outcome."""
    if place.changing:
        return tree.questions[place.changing]
    return place.position.node if isinstance(place.position.node, Question) else None


def answered(tree: Tree, place: Place, question: Question, option: str) -> Place:
    """Return the place after an answer. Answers that came after it are kept where they still fit."""
    position = replay(tree, {**place.answers, question.id: option})
    return Place(place.locale, position, left_out=_known(tree, position.dropped))


def previous(tree: Tree, place: Place) -> Place | None:
    """Return the place one step back; None at the root."""
    if place.changing:
        return Place(place.locale, place.position, place.way)
    if place.way:
        return Place(place.locale, place.position, place.way - 1)
    if not place.position.path:
        return None
    kept = {answer.question: answer.option for answer in place.position.path[:-1]}
    return Place(place.locale, replay(tree, kept))


def choose_locale(lang: str | None, wanted: Iterable[str], languages: Mapping[str, Language]) -> str:
    """Return the language asked for, else the first of the browser's that there is, else the source locale."""
    return negotiate([lang] if lang else [], languages) or negotiate(wanted, languages) or next(iter(languages))


def accepted(header: str | None) -> list[str]:
    """Return the tags of an Accept-Language header, best first."""
    rated = []
    for index, part in enumerate((header or "").split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        try:
            rated.append((-float(quality or 1), index, tag))
        except ValueError:
            continue
    return [tag for weight, _, tag in sorted(rated) if tag and tag != "*" and weight]
