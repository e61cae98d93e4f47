"""What readers said in words, to work through. A change that would undo a colleague's is refused, and told."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from sqlalchemy import Engine

from helptree.feedback.database import FAILED
from helptree.feedback.work import Item, Work, counts, items, set_state
from helptree.project import Project
from helptree.staff.sheets import title_of
from helptree.staff.words import label
from helptree.wizard.markup import plain_label, plain_text
from helptree.wizard.staff import audit
from helptree.wizard.staff.address import Address
from helptree.wizard.staff.console import heading
from helptree.wizard.staff.desk import bring_up_to_date, desk
from helptree.wizard.staff.identity import Staff
from helptree.wizard.staff.pages import render

_SHOWN, _TOLD = "helptree_staff_shown", "helptree_staff_told"
MOST = 20


def draw_comments(project: Project, address: Address, who: Staff) -> None:
    """Draw a list of one state, and apply what was pressed."""
    st.html(heading("comments", f"comments {address.part} {address.start}"))
    engine = desk()
    try:
        if engine and bring_up_to_date(engine):
            _draw(engine, project, address, who)
            return
    except FAILED:
        pass
    st.html(render("away"))


def _draw(engine: Engine, project: Project, address: Address, who: Staff) -> None:
    state = Work(address.part) if address.part in set(Work) else Work.NEW
    _apply(engine, state, address, who)
    found, numbers = items(engine, state, address.start, MOST), counts(engine)
    if told := st.session_state.pop(_TOLD, ""):
        st.html(render("told", text=label(told)))
    st.html(render("states", address=address, state=state, counts=numbers, states=list(Work), is_empty=not found))
    for item in found:
        with st.container(border=True):
            st.html(comment_html(project, address, item))
            _buttons(item)
    st.session_state[_SHOWN] = {item.receipt: item.version for item in found}
    more = address.start + MOST if numbers[state] > address.start + MOST else None
    st.html(render("more", address=address, more=more, most=MOST))


def comment_html(project: Project, address: Address, item: Item) -> str:
    """Return one comment: what was said, about which page, in which language, when."""
    page = project.tree.find(item.node)
    agent = project.translator(address.agent)
    title = plain_text(agent.text(title_of(page)).value) if page else item.node
    language = project.languages.get(item.locale)
    to = replace(address.at(page.code), customer=item.locale if language else address.customer) if page else None
    return render("comment", item=item, title=title, to=to, agent=agent, language=language)


def _key(receipt: str, state: Work) -> str:
    return f"{state}_{receipt}"


def _buttons(item: Item) -> None:
    with st.container(horizontal=True):
        for state in Work:
            if state is not item.state:
                st.button(plain_label(label(f"mark-{state}")), key=_key(item.receipt, state))


def _apply(engine: Engine, state: Work, address: Address, who: Staff) -> None:
    """Do what was pressed on what was shown: the version that the agent saw is the one that may be changed."""
    shown: dict[str, int] = st.session_state.get(_SHOWN, {})
    for receipt, version in shown.items():
        for wanted in Work:
            if st.session_state.get(_key(receipt, wanted)) is True:
                is_done = set_state(engine, receipt, wanted, version)
                audit.tell(who.id, "comments", f"marked {wanted}" if is_done else "change refused")
                st.session_state[_TOLD] = f"marked-{wanted}" if is_done else "changed-meanwhile"
                return
