"""YAML text becomes located nodes: every scalar stays text, every refusal tells its line and column."""

from contextlib import suppress

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helptree.files import decode, locate
from helptree.source import MAX_PROBLEMS, Mapping, Scalar, Sequence, _Reader, _Refused, parse, walk_scalars
from tests.helpers import problems_in

AS_WRITTEN = [
    "no",
    "yes",
    "on",
    "off",
    "~",
    "null",
    "010",
    "0x1F",
    "1e3",
    "12:30",
    "2024-01-01",
    ".nan",
    "1_000",
    "=",
    "+1",
]


@pytest.mark.parametrize("scalar", AS_WRITTEN)
def test_a_scalar_stays_as_it_is_written(scalar):
    root, problems = parse(f"key: {scalar}\n", "x.yaml")
    assert problems == []
    assert scalar == root.items["key"][1].text


@pytest.mark.parametrize("key", ["no", "yes", "010", "null", "12", "2024-01-01", "a.b", "a/b"])
def test_a_key_stays_as_it_is_written(key):
    root, problems = parse(f"{key}: a\n", "x.yaml")
    assert problems == []
    assert [key] == list(root.items)


def test_every_value_knows_its_place():
    text = "text: a\noptions:\n  - {id: yes, label: 'b'}\n  - c\n"
    root, _ = parse(text, "x.yaml")
    options = root.items["options"][1]
    assert "x.yaml:1:7" == str(root.items["text"][1].location)
    assert "x.yaml:3:5" == str(options.items[0].location)
    assert "x.yaml:3:22" == str(options.items[0].items["label"][1].location)
    assert "x.yaml:3:15" == str(options.items[0].items["label"][0].location)
    assert "x.yaml:4:5" == str(options.items[1].location)


def test_kinds_of_node():
    root, _ = parse("a: [b]\nc: {d: e}\nf: g\n", "x.yaml")
    assert [Sequence, Mapping, Scalar] == [type(value) for _, value in root.items.values()]


def test_block_texts_keep_their_lines():
    root, problems = parse("a: |\n  one\n\n  two\nb: >-\n  three\n  four\n", "x.yaml")
    assert problems == []
    assert "one\n\ntwo\n" == root.items["a"][1].text
    assert "three four" == root.items["b"][1].text
    assert [True, False] == [value.is_block for _, value in root.items.values()]


def test_walk_scalars_yields_values_in_order_without_keys():
    root, _ = parse("a: [b, {c: d}]\ne: f\n", "x.yaml")
    assert ["b", "d", "f"] == [scalar.text for scalar in walk_scalars(root)]


REFUSALS = {
    "an unclosed quote, where it opens": ('a: b\nc: "d\n', "2:4 yaml-syntax"),
    "an unclosed list": ("a: [b, c\n", "2:1 yaml-syntax"),
    "a tab as indentation": ("a:\n\tb: c\n", "2:1 yaml-syntax"),
    "a second colon": ("a: b: c\n", "1:5 yaml-syntax"),
    "a text after the end marker": ("a: b\n...\nc\n", "3:1 yaml-syntax"),
    "nothing": ("", "1:1 empty"),
    "only a comment": ("# a\n", "1:1 empty"),
    "only a document marker": ("---\n", "1:1 empty"),
    "a list": ("- a\n", "1:1 root-not-mapping"),
    "a single value": ("\n\na\n", "3:1 root-not-mapping"),
    "a second document": ("a: b\n---\nc: d\n", "2:1 second-document"),
    "a directive": ("# x\n%TAG ! !a\n---\na: b\n", "2:1 directive-forbidden"),
    "a tag": ("a: !!binary b\n", "1:4 tag-forbidden"),
    "a tag on a mapping": ("a: !!python/object:os.system {b: c}\n", "1:4 tag-forbidden"),
    "an own tag": ("a: !x b\n", "1:4 tag-forbidden"),
    "an anchor": ("a: &b c\n", "1:4 alias-forbidden"),
    "an anchor on a key": ("&x a: b\n", "1:1 alias-forbidden"),
    "an alias": ("a: &b c\nd: *b\n", "2:4 alias-forbidden"),
    "an alias to itself": ("a: &b\n  c: *b\n", "2:6 alias-cycle"),
    "a merge key": ("a: b\n<<: {c: d}\n", "2:1 merge-forbidden"),
    "a list as key": ("? [a]\n: b\n", "1:3 non-string-key"),
    "a mapping as key": ("? {a: b}\n: c\n", "1:3 non-string-key"),
    "nothing as key": ("? \n: b\n", "1:2 non-string-key"),
    "an empty text as key": ('"": b\n', "1:1 non-string-key"),
    "a key with blanks": ("a b: c\n", "1:1 id-charset"),
    "a key with a slash first": ("/a: c\n", "1:1 id-charset"),
    "a repeated key": ("a: b\nc: d\na: e\n", "3:1 duplicate-key"),
    "a repeated key in a flow mapping": ("x: {a: b, a: c}\n", "1:11 duplicate-key"),
    "a key that differs by case": ("ab: c\nAB: d\n", "2:1 slug-collision"),
    "a key that differs by its separators": ("a-b: c\na_b: d\n", "2:1 slug-collision"),
    "a key in another normal form": ('"\u00e9": b\n"e\u0301": c\n', "2:1 duplicate-key-normalised"),
    "a long key": (f"{'a' * 101}: b\n", "1:1 too-long"),
    "a long text": (f"a: {'b' * 20_001}\n", "1:4 too-long"),
    "too deep": ("a: " + "[" * 24 + "]" * 24 + "\n", "1:27 too-deep"),
    "too many items": ("a: [" + "b," * 1001 + "]\n", "1:4 too-many"),
    "too many keys": ("".join(f"a{n}: b\n" for n in range(1001)), "1:1 too-many"),
    "a hidden character by escape": ('a: b\nc: "d\\u200b"\n', "2:4 invisible-character"),
    "a hidden character in a block text, in its line": ("a: |\n  b\n  c\u200bd\n", "3:4 invisible-character"),
    "an unclosed isolate": ('a: "\\u2067b"\n', "1:4 bidi-control"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_refused_at_its_place(what):
    text, expected = REFUSALS[what]
    assert expected in problems_in(text)


def test_the_deepest_allowed_nesting_is_read():
    assert problems_in("a: " + "[" * 23 + "]" * 23 + "\n") == []


def test_a_merge_bomb_is_refused_before_it_grows():
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    assert {"alias-forbidden"} == {line.split()[1] for line in problems_in(bomb)}


def test_reading_stops_after_enough_problems():
    assert MAX_PROBLEMS == len(problems_in("".join(f"a{n}: &x b\n" for n in range(100))))


def test_all_problems_of_a_file_are_told_at_once():
    assert ["1:4 alias-forbidden", "2:1 duplicate-key", "3:4 tag-forbidden"] == problems_in("a: &x b\na: c\nd: !y e\n")


def test_an_unquoted_text_that_a_comment_cuts_short_is_marked():
    root, _ = parse("a: b # c\nd: 'e' # f\ng: h\n", "x.yaml")
    assert [True, False, False] == [value.cut_by_comment for _, value in root.items.values()]


BYTES = {
    "a byte order mark is left out": (b"\xef\xbb\xbfa: b\n", "a: b\n", []),
    "Windows line ends are kept": (b"a: b\r\nc: d\r\n", "a: b\r\nc: d\r\n", []),
    "Latin-1": (b"a: b\nc: caf\xe9\n", "", ["2:7 encoding"]),
    "UTF-16": ("a: b\n".encode("utf-16"), "", ["1:1 encoding"]),
    "half a surrogate": (b"a: \xed\xa0\x80\n", "", ["1:4 encoding"]),
    "a null": (b"a: b\n\x00\n", "", ["2:1 control-character"]),
    "an escape": (b"a: \x1b[31m\n", "", ["1:4 control-character"]),
    "old Macintosh line ends": (b"a: b\rc: d\r", "", ["1:1 line-ending"]),
}


@pytest.mark.parametrize("what", BYTES)
def test_bytes_become_text(what):
    data, text, expected = BYTES[what]
    found, problems = decode(data, "x.yaml")
    assert text == found
    assert expected == [f"{p.location.line}:{p.location.column} {p.kind.code}" for p in problems]


def test_windows_line_ends_do_not_shift_lines():
    assert ["2:1 duplicate-key"] == problems_in("a: b\r\na: c\r\n")


def test_locate_counts_lines_and_columns_from_one():
    text = "ab\ncd\n"
    assert ["x:1:1", "x:1:2", "x:2:1", "x:2:2"] == [str(locate(text, index, "x")) for index in (0, 1, 3, 4)]


YAML_PIECES = [
    *(
        "a: ",
        "b: 'x'\n",
        "c:\n  - ",
        "  d: |\n    ",
        "e: [",
        "]",
        "{",
        "}",
        ", ",
        "\n",
        "  ",
        "- ",
        '"',
        "'",
        "# ",
        "x",
        "я",
    ),
    *(
        "\u0301" * 3,
        "\u200b",
        "\u200d",
        "ک\u200d",
        "\u2066",
        "\u2069",
        "\\u200b",
        "\\",
        "xя",
        "α",
        "é",
        "\x85",
        "\u2028",
        "😀",
    ),
]


@settings(max_examples=500)
@given(pieces=st.lists(st.sampled_from(YAML_PIECES), max_size=12))
def test_a_file_judged_harmless_holds_no_bad_character(pieces):
    text, close = "".join(pieces), _Reader("".join(pieces), "x.yaml")
    close.is_harmless = False
    assert [str(found) for found in _read(close)] == [str(found) for found in _read(_Reader(text, "x.yaml"))]


def _read(reader):
    with suppress(_Refused, yaml.YAMLError):
        reader.read()
    return reader.problems
