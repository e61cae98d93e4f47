"""The address of a staff page: which page, in which two languages, and at what position. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from helptree.locales import Language
from helptree.model import StaffTree, Status
from helptree.staff.position import AgentView, view_of_page
from helptree.wizard import place as places
from helptree.wizard.place import LANG, Place, Query, read_place

PAGE, ME, AT, PART, FROM = "page", "me", "at", "show", "from"
RESERVED = (*places.RESERVED, PAGE, ME, AT, PART, FROM)
PAGES = ("console", "insights", "freshness", "comments")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says. `customer`, `agent`: languages; `part`, `start`: what a list shows, and from where.

    `query`: the position, as readers' addresses have it; `code`: a page named alone.
    """

    page: str
    customer: str
    agent: str
    code: str = ""
    query: tuple[tuple[str, str], ...] = ()
    part: str = ""
    start: int = 0

    def href(self) -> str:
        """Return it as a link."""
        return "/?" + urlencode(self.as_query())

    def as_query(self) -> Query:
        """Return it as it is written."""
        words = {PAGE: self.page, LANG: self.customer, ME: self.agent}
        words |= {AT: self.code} if self.code else dict(self.query)
        words |= {PART: self.part} if self.part else {}
        return words | ({FROM: str(self.start)} if self.start else {})

    def to(self, page: str) -> Address:
        """Return another page, in the same languages."""
        return Address(page, self.customer, self.agent)

    def in_language(self, field: str, locale: str) -> Address:
        """Return the same page with another language of the customer's or the agent's."""
        return replace(self, customer=locale) if field == "customer" else replace(self, agent=locale)

    def at(self, code: str) -> Address:
        """Return the console at a page that is named alone."""
        return Address("console", self.customer, self.agent, code)

    def at_place(self, place: Place) -> Address:
        """Return the console at a position."""
        query = {key: value for key, value in places.query_of(place).items() if key != LANG}
        return Address("console", self.customer, self.agent, query=tuple(query.items()))

    def of(self, view: AgentView) -> Address:
        """Return the console at what was found, in the customer's language if that is known."""
        here = replace(self, customer=view.locale or self.customer)
        return here.at_place(view.place) if view.is_told else here.at(view.page.code)

    def after(self, view: AgentView, there: Place, code: str) -> Address:
        """Return the next step: a position if the steps before it are known, else a page named alone."""
        is_known = view.is_told or isinstance(view.page, Status)
        return self.at_place(there) if is_known else self.at(code)


def read_address(query: Mapping[str, str], languages: Mapping[str, Language], agent: str) -> Address:
    """Return what an address says. Never raises: what it does not know is left out. `agent`: where it says nothing."""
    page = query.get(PAGE, "")
    own = query.get(ME, "")
    customer = query.get(LANG, "")
    start = query.get(FROM, "")
    position = {key: value for key, value in query.items() if key not in (PAGE, ME, AT, PART, FROM, LANG)}
    return Address(
        page if page in PAGES else PAGES[0],
        customer if customer in languages else next(iter(languages)),
        own if own in languages else agent,
        query.get(AT, "")[:20],
        tuple(position.items()),
        query.get(PART, "")[:20],
        int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 0,
    )


def view_at(staff: StaffTree, address: Address) -> AgentView | None:
    """Return the position that an address names; None when it names none."""
    if address.code:
        page = staff.public.by_code(address.code)
        return view_of_page(staff, page, address.customer) if page else None
    if not address.query:
        return None
    place = read_place(staff.public, dict(address.query), address.customer)
    return AgentView(place.position.node, place, staff, address.customer, is_told=True)
