"""No-break spaces survive: French sets them inside its quotation marks and before its colons."""

import re

from hypothesis import given
from hypothesis import strategies as st

from helptree.render.markup import inline, paragraphs
from helptree.render.plain import one_line


def test_line_breaks_fold_and_no_break_spaces_stay() -> None:
    assert one_line(" «\u00a0a\n  b\u00a0» ") == "«\u00a0a b\u00a0»"


def test_markup_keeps_no_break_spaces() -> None:
    text = "Voyez «\u00a0Reprendre\u00a0»\u202f: **oui\u00a0!**"
    assert inline(text, str) == text
    assert paragraphs(text, str) == [text]


@given(text=st.text("ab \t\r\n\u00a0\u202fé", max_size=8))
def test_a_text_with_nothing_to_fold_is_left_as_folding_would_leave_it(text):
    assert re.sub(r"[ \t\r\n]+", " ", text).strip(" \t\r\n") == one_line(text)
