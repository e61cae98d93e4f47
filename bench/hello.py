"""The least that Streamlit can do: a title, a count, a button. What everything else is measured against."""

import streamlit as st

st.session_state.count = st.session_state.get("count", -1) + 1
st.title("Hello, world")
st.write(f"Run {st.session_state.count}")
st.button("Again", key="again")
