"""The box on the start screen: words or a code in, places out. What was looked for in vain is noted as a gap."""

from __future__ import annotations

from functools import partial
from threading import Lock
from zlib import crc32

import streamlit as st

from helptree.feedback import MAX_QUERY, Kind
from helptree.finder import Finder, Found
from helptree.finders import make_finder
from helptree.model import Option, Question
from helptree.project import Project
from helptree.wizard import place as places
from helptree.wizard.by_code import is_like_code, place_of_code
from helptree.wizard.markup import plain_label, tag
from helptree.wizard.place import Place
from helptree.wizard.session import Search, Visit, visit
from helptree.wizard.steps import go, mark_of, other_locale, step
from helptree.wizard.words import Words

_MOST_CHARACTERS = 5_000  # a pasted page; the rest says nothing new
_made: dict[str, tuple[Project, Finder]] = {}
_lock = Lock()


def finder_for(project: Project, locale: str) -> Finder:
    """Return the finder of a language: made once, and again when the tree has changed."""
    with _lock:
        if locale not in _made or _made[locale][0] is not project:
            _made[locale] = project, make_finder(project, locale)
        return _made[locale][1]


def draw_finder(project: Project, place: Place, question: Question, words: Words) -> frozenset[str]:
    """Draw the box and what was found. Returns the statuses that were found and may yet be rejected."""
    by_status = {option.status: option for option in question.options if option.status}
    if not by_status:
        return frozenset()
    _ask(project, place, words)
    search = visit().search
    if not search.text:
        return frozenset()
    if search.is_rejected:
        st.html(_news(words.ui_html("wizard.rejected", "p"), search))
        return frozenset()
    found = [item for item in finder_for(project, words.locale).find(search.text) if item.id in by_status]
    if not found:
        _nothing(search, words)
        return frozenset()
    _results(project, place, question, [(item, by_status[item.id]) for item in found], words)
    return frozenset(item.id for item in found)


def _ask(project: Project, place: Place, words: Words) -> None:
    with st.form(f"find_{mark_of(place)}", border=False):
        label = words.ui("finder.prompt")  # no escapes: a field is also named by its label as it stands
        text = st.text_area(label, key="find_text", height=80, max_chars=_MOST_CHARACTERS)
        st.html(tag("p", f"{words.ui_html('finder.hint')} {words.ui_html('wizard.or-code')}", class_="ht-small"))
        if st.form_submit_button(words.ui_label("finder.button"), type="primary"):
            _look(project, text, words)


def _look(project: Project, text: str, words: Words) -> None:
    """Take what was typed: a code leads to its place at once, words are kept in the session and looked for."""
    here = visit()
    there = place_of_code(project.tree, text, words.locale)
    here.search = Search(text.strip()[:_MOST_CHARACTERS])
    if there:
        here.search, here.by_code = Search(), mark_of(there)
        go(places.query_of(there))
        st.rerun()


def _nothing(search: Search, words: Words) -> None:
    key = "wizard.no-code" if is_like_code(search.text) else "finder.nothing"
    st.html(_news(words.ui_html(key, "p"), search))
    if not is_like_code(search.text):
        _tell_gap(visit(), Kind.SEARCH_NOTHING, words.locale)


def _results(
    project: Project, place: Place, question: Question, found: list[tuple[Found, Option]], words: Words
) -> None:
    st.html(_news(words.ui_html("finder.found", "h2"), visit().search))
    with st.container(gap="xsmall"):
        for item, option in found:
            label = words.plain(option.label)
            there = places.answered(project.tree, place, question, option.id)
            text = f"**{plain_label(label.value)}**  \n{plain_label(item.reason)}"
            step(text, place, there, f"found_{item.id}", other_locale(label, words))
        step(words.ui_label("wizard.none-of-found"), place, place, "found_none", act=partial(_reject, words.locale))
    st.html(words.ui_html("wizard.all-statuses", "h2"))


def _reject(locale: str) -> None:
    visit().search.is_rejected = True
    tell_rejected(locale)


def tell_rejected(locale: str) -> None:
    """Note that the reader wanted none of what was found."""
    _tell_gap(visit(), Kind.SEARCH_REJECTED, locale)


def _tell_gap(here: Visit, kind: Kind, locale: str) -> None:
    """Note a search in vain. Nobody is thanked for it."""
    if not here.search.is_told:
        here.search.is_told = True
        text = here.search.text[:MAX_QUERY]
        here.send(kind, locale, text=text, about=text)


def _news(inner: str, search: Search) -> str:
    """Return a part that gets the focus when it is new."""
    token = f"{search.text}|{search.is_rejected}"
    return tag("div", inner, class_="ht-news", tabindex="-1", data_ht_news=f"{crc32(token.encode()):08x}")
