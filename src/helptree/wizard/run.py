"""One run of the wizard: address in, screen out. A reader never sees a traceback; the operator's log does."""

from __future__ import annotations

import logging

import streamlit as st

from helptree.wizard.library import library, tree_folder
from helptree.wizard.place import LANG, accepted, choose_locale, read_place
from helptree.wizard.screens import show
from helptree.wizard.words import GUIDE, Words

_log = logging.getLogger(__name__)


def run() -> None:
    """Draw the screen that the address names."""
    try:
        _run()
    except Exception:
        _log.exception("The wizard failed at a screen")
        st.html(
            "<h1>Something went wrong</h1><p>The fault is ours.</p>"
            f'<p><a href="/">Start again</a> · <a href="{GUIDE}/">Help site</a></p>'
        )


def _run() -> None:
    project = library(tree_folder()).current()
    query = st.query_params.to_dict()
    locale = choose_locale(query.get(LANG), _wanted(), project.languages)
    place = read_place(project.tree, query, locale)
    show(project.tree, place, Words(project.tree, project.translator(locale)))


def _wanted() -> list[str]:
    """Return what the browser asks for: its own language, then those of its settings."""
    own = st.context.locale
    return ([own] if own else []) + accepted(st.context.headers.get("Accept-Language"))
