"""Buttons that lead from one place to another: one entry of the browser's history each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from urllib.parse import urlencode
from zlib import crc32

import streamlit as st

from helptree.translator import Text
from helptree.wizard import place as places
from helptree.wizard.place import Place, Query
from helptree.wizard.words import Words

Act = Callable[[], None]


def go(query: Query, act: Act | None = None) -> None:
    """Write an address, after what the press means besides."""
    if act:
        act()
    st.query_params.from_dict(query)


def step(
    label: str,
    here: Place,
    there: Place,
    name: str,
    locale: str | None = None,
    *,
    act: Act | None = None,
    is_quiet: bool = False,
) -> None:
    """Draw a button that leads to another place. `act` may be called twice for one press.

    Its key belongs to this place alone, else Streamlit would take a press over to the next screen. `go` is also
    called on the return value: a server that took over from another knows no callbacks yet, and loses the press.
    """
    query = places.query_of(there)
    key = f"{name}_{mark_of(here)}" + (f"_lang_{locale}" if locale else "")
    kind: Literal["tertiary", "secondary"] = "tertiary" if is_quiet else "secondary"
    if st.button(label, key=key, on_click=go, args=(query, act), width="stretch", type=kind):
        go(query, act)
        st.rerun()


def press(label: str, here: Place, name: str, act: Act) -> None:
    """Draw a button that stays at its place. `act` may be called twice for one press."""
    if st.button(label, key=f"{name}_{mark_of(here)}", on_click=act, width="stretch"):
        act()
        st.rerun()


def mark_of(place: Place) -> str:
    """Return a short name of a place, the same in every language."""
    query = places.query_of(place)
    del query[places.LANG]
    return f"{crc32(urlencode(query).encode()):08x}"


def other_locale(text: Text, words: Words) -> str | None:
    """Return the language that a button's label is in when it is not the page's."""
    return None if text.locale == words.locale else text.locale
