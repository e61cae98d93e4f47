"""Keeps a session small. Streamlit holds on to every button that it ever drew, with all that a press of it would do."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_BEFORE = "helptree-drawn"


def forget_gone() -> None:
    """Forget the widgets that neither the screen just drawn has nor the one before.

    Those of the screen before may be pressed still, by a reader who has not got the new one yet. There is no public
    way to forget; where Streamlit has changed within, it goes on to keep all.
    """
    context = get_script_run_ctx()
    if not context:
        return
    try:
        drawn = context.shared.widget_ids_this_run.snapshot()
        state = context.session_state._state
        known, keys = state._new_widget_state.widget_metadata, state._key_id_mapper
        for gone in known.keys() - drawn - set(st.session_state.get(_BEFORE, ())):
            del known[gone]
            if key := keys.id_key_mapping.get(gone):
                keys.delete(key)
    except (AttributeError, KeyError):
        return
    st.session_state[_BEFORE] = tuple(drawn)  # a set takes ten times the room
