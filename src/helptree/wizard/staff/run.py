"""One run for staff: asks again who it is, reads the address, draws. Nothing of the tree is touched before."""

from __future__ import annotations

import logging
import time
from html import escape

import streamlit as st

from helptree.project import Project
from helptree.staff.words import label
from helptree.wizard.library import library, tree_folder
from helptree.wizard.markup import tag
from helptree.wizard.place import accepted, choose_locale
from helptree.wizard.staff import audit
from helptree.wizard.staff.address import Address, read_address
from helptree.wizard.staff.comments import draw_comments
from helptree.wizard.staff.console import draw_console
from helptree.wizard.staff.freshness import draw_freshness
from helptree.wizard.staff.gate import judged
from helptree.wizard.staff.identity import UNTIL, Refused, Staff, by_claims, by_proxy
from helptree.wizard.staff.insights import draw_insights
from helptree.wizard.staff.pages import render
from helptree.wizard.staff.settings import access

_log = logging.getLogger(__name__)
_DRAW = {
    "console": draw_console,
    "insights": draw_insights,
    "freshness": draw_freshness,
    "comments": draw_comments,
}
_SEEN = "helptree_staff_seen"


def run() -> None:
    """Draw the page that the address names, for staff alone."""
    who = who_is_it()
    if isinstance(who, Refused):
        audit.tell(who.id, "run", who.why)
        st.html(tag("h1", escape(label("title"))) + tag("p", escape(label("sign-in-over"))) + _reload())
        return
    try:
        _draw(who)
    except Exception:
        _log.exception("A staff page failed")
        st.html(tag("h1", escape(label("title"))) + tag("p", escape(label("failed"))))


def who_is_it() -> Staff | Refused:
    """Judge who is there, by what Streamlit or the operator's proxy says of this very connection."""
    now, settings = time.time(), access()
    if settings.provider:
        return judged(by_claims(st.user.to_dict(), settings, now))
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    return judged(by_proxy(headers, settings, float(headers.get(UNTIL, "0")), now))


def _reload() -> str:
    return tag("p", tag("a", escape(label("sign-in")), href="/", class_="ht-button ht-way"), data_st_until="0")


def _draw(who: Staff) -> None:
    project = library(tree_folder()).current()
    address = read_address(st.query_params.to_dict(), project.languages, _agent(project))
    seen = (address.page, address.code, address.query)
    if st.session_state.get(_SEEN) != seen:
        st.session_state[_SEEN] = seen
        audit.tell(who.id, address.page)
    st.set_page_config(page_title=f"{label(address.page)} – {label('title')}", layout="wide")
    st.html(_top(project, address, who))
    _DRAW[address.page](project, address, who)


def _agent(project: Project) -> str:
    """Return the language of the agent's browser, if the tree has it."""
    own = st.context.locale
    wanted = ([own] if own else []) + accepted(st.context.headers.get("Accept-Language"))
    return choose_locale(None, wanted, project.languages)


def _top(project: Project, address: Address, who: Staff) -> str:
    return render("top", project=project, address=address, until=who.until, is_oidc=bool(access().provider))
