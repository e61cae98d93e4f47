"""What an agent sees of a customer's position: found by short code, by words on a screen, or by a pasted link.

The link may be one of the wizard or of the help site, in any language, with or without its host.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from helptree.addresses import FOLDER_OF
from helptree.engine import Answer, current_id
from helptree.finder import Finder
from helptree.finders import AnyLanguageFinder
from helptree.model import Option, Outcome, Question, ReaderPage, Remedy, StaffNote, StaffTree, Status, Tree
from helptree.wizard.by_code import is_like_code, place_of_code
from helptree.wizard.place import LANG, RESERVED, Place, read_place

MAX_TYPED = 20_000
_PAGE = re.compile(rf"(?:^|/)({'|'.join(sorted(FOLDER_OF.values()))})/([a-z0-9-]+)(?:/|\.html|$)")
_HOME = re.compile(r"/([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)/?(?:index\.html)?$")


class How(StrEnum):
    """By what a position was found."""

    CODE = "code"
    LINK = "link"
    WORDS = "words"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class AgentView:
    """One position as an agent sees it. `page`: what was named; `locale`: the customer's language, if the link told it.

    `reason`: why the finder thinks so, '' for code and link. The answers of a page that was named alone are one way
    to it, not what the customer said: `is_told` tells them apart.
    """

    page: ReaderPage
    place: Place
    staff: StaffTree
    locale: str | None = None
    reason: str = ""
    is_told: bool = False

    @property
    def tree(self) -> Tree:
        """The public projection."""
        return self.staff.public

    @property
    def answers(self) -> tuple[tuple[Question, Option], ...]:
        """What was asked and answered, in order."""
        return tuple(self._answered(self.place.position.path))

    @property
    def dropped(self) -> tuple[Answer, ...]:
        """Answers of the link that this path does not ask any more."""
        return self.place.position.dropped

    def _answered(self, answers: tuple[Answer, ...]) -> Iterator[tuple[Question, Option]]:
        for answer in answers:
            question = self.tree.questions[answer.question]
            option = question.option(answer.option)
            assert option
            yield question, option

    @property
    def status(self) -> Status | None:
        """The status that the customer sees: the page itself, or the one among the answers."""
        if isinstance(self.page, Status):
            return self.page
        found = [self.tree.statuses[option.status] for _, option in self.answers if option.status]
        return found[-1] if found and self.is_told else None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that was reached."""
        node = self.place.position.node
        return node if isinstance(node, Outcome) else None

    @property
    def question(self) -> Question | None:
        """The question that the customer is asked now: the first thing to ask."""
        node = self.place.position.node
        return node if isinstance(node, Question) else None

    @property
    def tried(self) -> tuple[Remedy, ...]:
        """The remedies that did not help."""
        ways = self.outcome.ways[: self.place.way] if self.outcome and self.is_told else ()
        return tuple(self.tree.remedies[id_] for id_ in ways)

    @property
    def next_ways(self) -> tuple[Remedy, ...]:
        """The remedies to try now, in order, the human route last."""
        ways = self.outcome.ways[self.place.way :] if self.outcome else ()
        return tuple(self.tree.remedies[id_] for id_ in ways)

    @property
    def about(self) -> tuple[ReaderPage, ...]:
        """The pages whose notes matter here, the nearest first."""
        found: list[ReaderPage | None] = [self.page, self.place.position.node, *self.next_ways[:1], self.status]
        return tuple({page.id: page for page in found if page}.values())

    @property
    def ask(self) -> tuple[StaffNote, ...]:
        """What to ask, beside the question of the tree."""
        return self.staff.ask(*self.about)

    @property
    def escalation(self) -> tuple[StaffNote, ...]:
        """Where to go when nothing helps."""
        return self.staff.escalation(*self.about)


@dataclass(frozen=True, slots=True)
class LookUp:
    """What was found, best first; one view for a code or a link, several for words."""

    how: How
    views: tuple[AgentView, ...] = ()


def look_up(staff: StaffTree, typed: str, finder: Finder | AnyLanguageFinder, locales: Collection[str]) -> LookUp:
    """Return the positions that an agent may mean by what was typed or pasted. Never raises.

    `finder`: such as `AnyLanguageFinder(project)`; `locales`: the languages of the tree.
    """
    text = typed[:MAX_TYPED].strip()
    if is_like_code(text) and (view := _by_code(staff, text, locales)):
        return LookUp(How.CODE, (view,))
    if _is_link(text):
        found = _by_link(staff, text, locales)
        return LookUp(How.LINK, (found,)) if found else LookUp(How.NOTHING)
    views = tuple(_by_words(staff, text, finder, locales))
    return LookUp(How.WORDS, views) if views else LookUp(How.NOTHING)


def view_of_page(staff: StaffTree, page: ReaderPage, locale: str | None = None, reason: str = "") -> AgentView | None:
    """Return the view of a page that was named alone: the shortest way to it. None when no path leads there."""
    place = place_of_code(staff.public, page.code, locale or staff.public.source_locale)
    return AgentView(page, place, staff, locale, reason) if place else None


def _by_code(staff: StaffTree, text: str, locales: Collection[str]) -> AgentView | None:
    page = staff.public.by_code(text)
    return view_of_page(staff, page) if page else None


def _by_words(
    staff: StaffTree, text: str, finder: Finder | AnyLanguageFinder, locales: Collection[str]
) -> Iterator[AgentView]:
    for found in finder.find(text):
        if view := view_of_page(staff, staff.public.statuses[found.id], reason=found.reason):
            yield view


def _is_link(text: str) -> bool:
    """Say whether words are an address; a status on a screen has no `://` and no `?key=value` in it."""
    if any(char.isspace() for char in text):
        return False
    return "://" in text or text.startswith(("/", "?")) or bool(re.search(r"\?[\w-]+=", text) or _PAGE.search(text))


def _by_link(staff: StaffTree, text: str, locales: Collection[str]) -> AgentView | None:
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    query = dict(parse_qsl(parts.query, max_num_fields=200)) if parts.query.count("&") < 200 else {}
    if page := _page_in(staff.public, parts.path):
        return view_of_page(staff, page, _locale_in(parts.path, locales))
    if _is_of_the_wizard(staff.public, query):
        locale = query.get(LANG) if query.get(LANG) in locales else None
        place = read_place(staff.public, query, locale or staff.public.source_locale)
        return AgentView(place.position.node, place, staff, locale, is_told=True)
    if (home := _HOME.search(parts.path)) and home[1] in locales:
        return view_of_page(staff, staff.public.questions[staff.public.root], home[1])
    return None


def _is_of_the_wizard(tree: Tree, query: dict[str, str]) -> bool:
    return any(key in RESERVED or current_id(tree, key) in tree.questions for key in query)


def _page_in(tree: Tree, path: str) -> ReaderPage | None:
    found = _PAGE.search(path)
    return tree.find(current_id(tree, found[2])) if found else None


def _locale_in(path: str, locales: Collection[str]) -> str | None:
    found = _PAGE.search(path)
    before = path[: found.start()].rstrip("/").rpartition("/")[2] if found else ""
    return before if before in locales else None
