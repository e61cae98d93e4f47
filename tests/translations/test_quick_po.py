"""A PO file that is read quickly says what polib reads in it; whatever is unusual is left to polib."""

from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helptree.catalogs import _rows_of, parse_po, read_rows
from helptree.quick_po import read_quickly

SHIPPED = Path(__file__).parents[2] / "decision_tree"
HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
LINES = [
    *("", "#", "# A note.", "##", "#. Where it shows.", "#.", "#: a.yaml", "#:", "#, fuzzy", "#, a, fuzzy", "#,"),
    *('#| msgid "Before"', '#| msgid ""', '#| "more"', '#| msgctxt "z"', '#~ msgid "old"', '#~ msgstr ""', "#~ x"),
    *(" ", "odd"),
    *('msgctxt "a.b"', 'msgctxt "c.d-e"', 'msgctxt ""', 'msgctxt "ü"', 'msgid ""', 'msgid "A"', 'msgid_plural "Many"'),
    *('msgstr ""', 'msgstr "Un"', 'msgstr[0] "un"', 'msgstr[1] "deux"', 'msgstr[2] ""', 'msgstr[11] "x"', '"more "'),
    *(r'"a\"b\\n\q\t\n"', r'msgstr "\\"', r'"\"', '"a"b"', 'msgstr "x\x0by"', 'msgstr "x\u2028y"'),
    *(' msgstr "x"', 'msgstr  "x"'),
]  # fmt: skip
ENTRIES = [
    '#. A note.\n#: a.yaml\nmsgctxt "a.b"\nmsgid "One"\nmsgstr "Un"\n\n',
    'msgctxt "c.d-e"\nmsgid ""\n"One "\n"two"\nmsgstr ""\n"Un\\n"\n"\\"deux\\""\n\n',
    '#, fuzzy\n#| msgid "Before"\nmsgctxt "f"\nmsgid "After"\nmsgstr "Avant"\n\n',
    'msgctxt "g"\nmsgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} jour"\nmsgstr[1] ""\n"{n} "\n"jours"\n\n',
]


@pytest.mark.parametrize("path", sorted((SHIPPED / "catalogs").glob("*.po")), ids=lambda path: path.stem)
def test_our_own_catalogs_are_read_quickly_and_as_by_polib(path):
    text = path.read_text(encoding="utf-8")
    assert read_quickly(text)
    assert_same(text)


@pytest.mark.parametrize("number", range(len(ENTRIES)))
def test_usual_entries_are_read_quickly(number):
    header, rows = read_quickly(HEADER + ENTRIES[number])
    assert ["fr", 1] == [header["Language"], len(rows)]
    assert_same(HEADER + ENTRIES[number])


def test_what_polib_writes_is_read_quickly():
    po = polib.pofile(HEADER + "".join(ENTRIES) + "\n", wrapwidth=30)
    assert read_quickly(str(po))
    assert_same(str(po))


COMMENTS = [
    "#\n",
    "#  \n",
    "# A.\n",
    "#.\n",
    "#. \n",
    "#. B\n",
    "#: \n",
    "#: a\n",
    "#, \n",
    "#,  fuzzy \n",
    "#, c, fuzzy\n",
]


@settings(max_examples=500)
@given(comments=st.lists(st.sampled_from(COMMENTS), max_size=4))
def test_comments_in_any_order_are_read_as_by_polib(comments):
    assert_same(f"{HEADER}{ENTRIES[0]}{''.join(comments)}{ENTRIES[1]}")


@settings(max_examples=1_000)
@given(
    entries=st.lists(st.sampled_from(ENTRIES), max_size=3),
    lines=st.lists(st.sampled_from(LINES), max_size=8),
    has_header=st.integers(0, 5),
)
def test_any_file_is_read_as_by_polib(entries, lines, has_header):
    assert_same((HEADER if has_header else "") + "".join(entries) + "\n".join(lines))


@given(texts=st.lists(st.text('aé "\\\n\tn#~{}m', max_size=8), min_size=1, max_size=4), width=st.sampled_from([0, 12]))
def test_any_texts_that_polib_writes_are_read_as_by_polib(texts, width):
    po = polib.POFile(wrapwidth=width)
    po.metadata = {"Language": "fr"}
    po.extend(
        polib.POEntry(msgctxt=f"k.{number}", msgid=text or "x", msgstr=texts[0], flags=["fuzzy"] * (number % 2))
        for number, text in enumerate(texts)
    )
    assert_same(str(po))


def assert_same(text):
    """Whatever is read, and whatever is refused, is the same."""
    assert outcome(read_by_polib, text) == outcome(read_rows, text)


def read_by_polib(text):
    po = parse_po(text)
    return po.metadata, list(_rows_of(po))


def outcome(read, text):
    try:
        header, rows = read(text)
    except ValueError as error:
        return str(error)
    return header, rows
