"""One run of the wizard: address in, screen out. A reader never sees a traceback; the operator's log does."""

from __future__ import annotations

import logging

import streamlit as st

from helptree.project import Project
from helptree.wizard.library import library, tree_folder
from helptree.wizard.markup import tag
from helptree.wizard.place import LANG, accepted, choose_locale, read_place
from helptree.wizard.screens import show
from helptree.wizard.words import Words

_log = logging.getLogger(__name__)


def run() -> None:
    """Draw the screen that the address names."""
    try:
        _run()
    except Exception:
        _log.exception("The wizard failed at a screen")
        _apologise()


def _run() -> None:
    project = library(tree_folder()).current()
    query = st.query_params.to_dict()
    locale = _choose(project, query)
    place = read_place(project.tree, query, locale)
    show(project, place, Words(project.tree, project.translator(locale)))


def _choose(project: Project, query: dict[str, str]) -> str:
    """Return the locale of the address, else what the browser asks for: its own, then those of its settings."""
    own = st.context.locale
    wanted = ([own] if own else []) + accepted(st.context.headers.get("Accept-Language"))
    return choose_locale(query.get(LANG), wanted, project.languages)


def _apologise() -> None:
    """Show a page that leads on. It needs no more of the tree than its words."""
    project = library(tree_folder()).project
    words = Words(project.tree, project.translator(_choose(project, st.query_params.to_dict())))
    start = tag("a", words.ui_html("wizard.to-start"), href=f"/?lang={words.locale}")
    site = tag("a", words.ui_html("wizard.site-page"), href=f"{words.guide}/{words.locale}/")
    st.html(words.ui_html("wizard.error", "h1") + tag("p", start) + tag("p", site))
