"""The console: where a customer is, what to ask, what to send, what only staff may know, in two languages at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from threading import Lock
from zlib import crc32

import streamlit as st
from markupsafe import Markup

from helptree.finders import AnyLanguageFinder
from helptree.model import Option, ReaderPage, Remedy
from helptree.project import Project
from helptree.staff.handover import handover_note
from helptree.staff.likely import likely_outcomes
from helptree.staff.position import MAX_TYPED, AgentView, How, look_up
from helptree.staff.replies import Replied, ReplyPair, reply_pair
from helptree.staff.sheets import Sheets, title_of
from helptree.staff.words import label
from helptree.translator import Translator
from helptree.wizard import place as places
from helptree.wizard.markup import attributes
from helptree.wizard.place import Place
from helptree.wizard.staff.address import Address, view_at
from helptree.wizard.staff.identity import Staff
from helptree.wizard.staff.pages import render
from helptree.wizard.staff.sides import Side, gaps_in, with_gaps

_CASE, _FOUND = "helptree_staff_case", "helptree_staff_found"
_made: list[tuple[Project, AnyLanguageFinder]] = []
_lock = Lock()


def finder_of(project: Project) -> AnyLanguageFinder:
    """Return the finder over all languages: made once, and again when the tree has changed."""
    with _lock:
        if not _made or _made[0][0] is not project:
            _made[:] = [(project, AnyLanguageFinder(project))]
        return _made[0][1]


def draw_console(project: Project, address: Address, who: Staff) -> None:
    """Draw the field, and the position that was found, or what it may be."""
    view = view_at(project.staff, address)
    if not view:
        st.html(heading("console", f"console {case()}"))
    _ask(project, address)
    if view:
        st.html(console_html(project, address, view, case()))
        return
    if (found := st.session_state.get(_FOUND)) is not None:
        st.html(found_html(project, address, found, case()))
    st.html(home_html(project))


def heading(name: str, step: str) -> str:
    """Return the heading of a page."""
    return f"<h1{heading_marks(step)}>{escape(label(name))}</h1>"


def heading_marks(step: str) -> Markup:
    """Return what wizard.js reads off a heading: it moves the focus there when `step` is new."""
    marks = attributes(
        id="ht-heading",
        tabindex="-1",
        data_ht_step=step,
        data_ht_lang="en",
        data_ht_dir="ltr",
        data_ht_away=label("server-away"),
        data_ht_away_lang="en",
        data_ht_page="/",
        data_ht_site=label("load-again"),
    )
    return Markup(marks)


def case() -> int:
    """Return the number of this session's customer. What was filled in for one is not kept for the next."""
    return int(st.session_state.get(_CASE, 0))


def _ask(project: Project, address: Address) -> None:
    with st.form(f"find_{case()}", border=False):
        field, button = st.columns([7, 1], vertical_alignment="bottom")
        typed = field.text_area(label("find-what"), key=f"typed_{case()}", height=68, max_chars=MAX_TYPED)
        if button.form_submit_button(label("find-button")):
            _look(project, address, typed)


def _look(project: Project, address: Address, typed: str) -> None:
    """Go to what was typed or pasted; words may mean several statuses."""
    finder = finder_of(project)
    found = look_up(project.staff, typed, finder, project.languages)
    st.session_state[_CASE] = case() + 1
    is_sure = found.how in (How.CODE, How.LINK)
    st.session_state[_FOUND] = None if is_sure else found.views
    there = address.of(found.views[0]) if is_sure else address.to("console")
    if found.how is How.WORDS:
        there = replace(there, customer=finder.spoken_in(typed, address.customer, address.agent))
    st.query_params.from_dict(there.as_query())
    st.rerun()


def _side(project: Project, address: Address, name: str) -> Side:
    def href(id_: str) -> str:
        page = project.tree.find(id_)
        return address.at(page.code).href() if page else "nowhere"

    return Side(name, project.translator(address.customer if name == "customer" else address.agent), href)


def found_html(project: Project, address: Address, views: tuple[AgentView, ...], case: int) -> str:
    """Return what words may mean, best first."""
    found = [(view, address.of(view).href()) for view in views]
    sides = {name: _side(project, address, name) for name in ("customer", "agent")}
    return render("found", found=found, case=case, title_of=title_of, **sides)


def home_html(project: Project) -> str:
    """Return what staff know about the whole tree."""
    return render("home", notes=project.staff.everywhere)


def console_html(project: Project, address: Address, view: AgentView, case: int) -> str:
    """Return everything about a position."""
    customer, agent = _side(project, address, "customer"), _side(project, address, "agent")
    sheets = Sheets(project.staff)
    offers = list(_offers(view, customer.translator, agent.locale))
    pairs = [pair for pair, _ in offers]
    note = handover_note(view, agent.translator, address.customer)
    texts = [text for pair in pairs for text in (pair.customer.text, pair.agent.text)]
    statuses = (view.status,) if view.status else sheets.wordings(view.page)
    return render(
        "console",
        view=view,
        case=case,
        marks=heading_marks(f"{crc32(address.href().encode()):08x}"),
        customer=customer,
        agent=agent,
        statuses=statuses,
        sheets=[sheets.sheet(page) for page in _shown(view)],
        options=list(_options(address, view)),
        ways=list(_ways(address, view)),
        offers=offers,
        gaps=gaps_in([*texts, note]),
        note=note,
        with_gaps=with_gaps,
        href=lambda id_: address.at(_code(view, id_)).href(),
    )


def _site_url() -> str:
    return os.environ.get("HELPTREE_SITE_URL", "")


def _code(view: AgentView, id_: str) -> str:
    page = view.tree.find(id_)
    return page.code if page else ""


def _shown(view: AgentView) -> list[ReaderPage]:
    """Return the pages that matter here: what was named, where that leads, what to try."""
    return list(view.about)


def _offers(view: AgentView, customer: Translator, agent: str) -> Iterator[tuple[ReplyPair, tuple[Option, ...]]]:
    """Yield what there is to send in both languages, and the answers that are still to come for it to be right."""
    question = view.question
    if question:
        for likely in likely_outcomes(view.tree, question.id):
            yield reply_pair(customer, agent, likely.outcome, _site_url()), likely.answers
        return
    for item in _replied(view):
        yield reply_pair(customer, agent, item, _site_url()), ()


def _replied(view: AgentView) -> list[Replied]:
    """Return what there is to send: about the outcome, about the remedy to try now, and its messages."""
    remedy = view.next_ways[0] if view.next_ways else None
    items: list[Replied | None] = [None if isinstance(view.page, Remedy) else view.outcome, remedy]
    items += [view.tree.messages[id_] for id_ in remedy.messages] if remedy else []
    return [item for item in items if item]


def _options(address: Address, view: AgentView) -> Iterator[tuple[Option, str]]:
    """Yield the answers to the question that is asked now, and where each leads."""
    question = view.question
    for option in question.options if question else ():
        assert question
        there = places.answered(view.tree, view.place, question, option.id)
        yield option, address.after(view, there, _code(view, option.status or option.next)).href()


def _ways(address: Address, view: AgentView) -> Iterator[tuple[Remedy, str]]:
    """Yield the remedies to try, the one to try now first, and where it leads that those before did not help."""
    for number, remedy in enumerate(view.next_ways, view.place.way):
        there = Place(view.place.locale, view.place.position, number)
        yield remedy, (address.at_place(there) if view.is_told else address.at(remedy.code)).href()
