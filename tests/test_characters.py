"""Characters that do not belong in a text, and those that only look as if they did not."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helptree.characters import (
    _BEGUN,
    _CONFUSABLE,
    _find_hidden,
    _find_mixed_scripts,
    find_bad_characters,
    is_blank,
    is_harmless,
    name_of,
    raw_control,
)

RIGHT = {
    "Persian with a zero-width non-joiner": "می\u200cخواهم",
    "Hindi with joiners": "क्\u200dष",
    "a family emoji": "👩\u200d👩\u200d👧",
    "an emoji with a variation selector before the joiner": "❤\ufe0f\u200d🔥",
    "Japanese in three scripts": "アプリで注文をキャンセルする",
    "Vietnamese with two marks": "Đơn hàng đã bị hủy e\u0302\u0301",
    "a Latin brand in a Russian text": "Заказ на AliExpress отменён",
    "a closed isolate": "\u2068AliExpress\u2069 طلب",
    "marks of direction": "طلب\u200f 48\u200e",
    "a no-break space": "48\u00a0h",
    "lines and tabs": "a\n\tb",
}
WRONG = {
    "a right-to-left override": ("a\u202eb", [(1, "bidi-control")]),
    "an isolate never closed": ("a\u2067b", [(1, "bidi-control")]),
    "an isolate never opened": ("a\u2069b", [(1, "bidi-control")]),
    "a zero-width space": ("a\u200bb", [(1, "invisible-character")]),
    "a joiner after a Latin letter": ("a\u200db", [(1, "invisible-character")]),
    "a joiner first": ("\u200da", [(0, "invisible-character")]),
    "a soft hyphen": ("a\u00adb", [(1, "invisible-character")]),
    "a tag character": ("a\U000e0041", [(1, "invisible-character")]),
    "a private character": ("a\ue000", [(1, "invisible-character")]),
    "a Hangul filler": ("a\u3164", [(1, "invisible-character")]),
    "a noncharacter": ("a\uffff", [(1, "control-character")]),
    "a noncharacter of another plane": ("a\U0001fffe", [(1, "control-character")]),
    "a line separator": ("a\u2028b", [(1, "control-character")]),
    "a delete": ("a\x7f", [(1, "control-character")]),
    "damage": ("caf\ufffd", [(3, "mojibake")]),
    "forty marks on one letter": ("a" + "\u0301" * 40, [(1, "combining-run")]),
    "Cyrillic in a Latin word": ("the p\u0430yment", [(4, "mixed-script-word")]),
    "Greek in a Latin word": ("\u039frder", [(0, "mixed-script-word")]),
}


@pytest.mark.parametrize("what", RIGHT)
def test_right(what):
    assert [] == list(find_bad_characters(RIGHT[what]))


@pytest.mark.parametrize("what", WRONG)
def test_wrong(what):
    text, expected = WRONG[what]
    assert expected == [(index, code) for index, code, _ in find_bad_characters(text)]


def test_a_mixed_id_is_told_as_an_id():
    assert ["mixed-script-id"] == [code for _, code, _ in find_bad_characters("p\u0430yment", is_id=True)]


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n", "\u200b", "\u200e\u200f", "\u2067\u2069", "\u3164"])
def test_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", " . ", "٤", "。", "\u200b a"])
def test_not_blank(text):
    assert not is_blank(text)


def test_a_control_character_is_found_in_raw_text():
    assert [None, 1, 2, None] == [raw_control(text) for text in ("a\tb\r\n", "a\x00", "ab\x9f", "\x85")]


def test_a_character_is_named():
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" == name_of("\u202e")
    assert "U+0007" == name_of("\x07")


PIECES = "ab XYé中かкиαԱᎠ\u0301\u200b\u200d\u200c\u202e\u2066\u2069\ufffd\u1d2bक😀"


@given(text=st.text(PIECES, max_size=12), ends=st.tuples(st.integers(0, 12), st.integers(0, 12)))
def test_no_part_of_a_harmless_text_has_a_bad_character(text, ends):
    if is_harmless(text):
        assert [] == [*_find_hidden(text[slice(*ends)]), *_find_mixed_scripts(text[slice(*ends)], "")]


@given(text=st.text(PIECES, max_size=12))
def test_a_cheap_look_finds_no_more_and_no_less_than_a_close_one(text):
    close = [*_find_hidden(text), *_find_mixed_scripts(text, "mixed-script-word")]
    assert close == list(find_bad_characters(text))


def test_every_letter_that_looks_like_latin_is_looked_at():
    letters = (chr(code) for code in range(sys.maxunicode + 1))
    named = (char for char in letters if unicodedata.name(char, "?").split()[0] in _CONFUSABLE - {"LATIN"})
    assert [] == [name_of(char) for char in named if not _BEGUN.match(char)]
