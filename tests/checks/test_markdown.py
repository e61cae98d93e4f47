"""Markdown as untrusted text: words, bold, code and links; nothing that a browser, a plugin or a template would run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helptree.checks.markdown import (
    _UNFINISHED,
    MAX_BRACKETS,
    LinkRules,
    _find,
    find_in_page,
    find_in_text,
    find_unfinished,
)

RULES = LinkRules(frozenset({"status", "about"}), frozenset({"parcel"}), frozenset({"help.example.com"}))

RIGHT = [
    "Plain words.",
    "**Bold**, *slanted*, `code <b>` and 3 < 4 > 2.",
    "[Again](ref:status), [a word](term:parcel), [help](https://help.example.com/x?y=1#z).",
    "[mail](mailto:help@example.com) or [call](tel:+4930123).",
    "Two\n\nparagraphs.",
    "It costs 3 - 5 euros; #7; a_b_c; 100 %; R&D; {packing_time}.",
    "`{{ not run }}`",
    "1,000 units - or more",
    "Acquistato (data: {day}), data: 3 maggio, data: mai",
]
WRONG = {
    "<b>bold</b>": "html-forbidden",
    "a <img src=x onerror=go()> b": "html-forbidden",
    "a <script>go()</script>": "html-forbidden",
    "<!-- a note -->": "html-forbidden",
    "<div>\nblock\n</div>": "html-forbidden",
    "never closed <a href=": "html-forbidden",
    "{{ config }}": "template-syntax",
    "{% raw %}": "template-syntax",
    "${HOME}": "template-syntax",
    "$(rm)": "template-syntax",
    "<% x %>": "template-syntax",
    "word{: onclick=go() }": "attr-list-forbidden",
    "word{ .big }": "attr-list-forbidden",
    '--8<-- "secret"': "include-forbidden",
    "!include secret": "include-forbidden",
    "a[^1]": "dead-link",
    "[x](javascript:go())": "link-scheme",
    "[x](JavaScript&#58;go())": "link-scheme",
    "[x][y]\n\n[y]: javascript:go()": "link-scheme",
    "<javascript:go()>": "link-scheme",
    "see javascript:go()": "link-scheme",
    "[x](data:text/html,hi)": "link-scheme",
    "see data:text/html,hi": "link-scheme",
    "see data:;base64,aGk=": "link-scheme",
    "[x](http://help.example.com)": "link-scheme",
    "[x](ftp://help.example.com)": "link-scheme",
    "[x](https://elsewhere.example)": "link-host",
    "[x](https://help.example.com@elsewhere.example)": "link-host",
    "[x](https://help.example.com:8443/)": "link-host",
    "[x](https://me@help.example.com/)": "link-host",
    "[x](https://h\u0435lp.example.com)": "link-host",
    "[x](//help.example.com)": "dead-link",
    "[x](../other.md)": "dead-link",
    "[x]()": "dead-link",
    "[x](ref:nowhere)": "dead-link",
    "[x](term:nowhere)": "dead-link",
    "[x](#nowhere)": "dead-link",
    "[](ref:status)": "a11y-link-name",
    "[ ](ref:status)": "a11y-link-name",
    "![](x.png)": "a11y-image-alt",
    "![a](x.png)": "block-markdown",
    "![a](data:image/svg+xml,x)": "link-scheme",
    "# Heading": "block-markdown",
    "Heading\n=": "block-markdown",
    "- a list": "block-markdown",
    "-": "block-markdown",
    "1. a list": "block-markdown",
    "> a quotation": "block-markdown",
    "```\ncode\n```": "block-markdown",
    "    code": "block-markdown",
    "a\n\n---\n\nb": "block-markdown",
    "|a|b|\n|-|-|\n|c|d|": "block-markdown",
    "[" * (MAX_BRACKETS + 1): "too-nested",
}


@pytest.mark.parametrize("text", RIGHT)
def test_right_texts(text):
    assert [] == list(find_in_text(text, RULES))


@pytest.mark.parametrize("text", WRONG)
def test_wrong_texts(text):
    codes = {code for _, code, _ in find_in_text(text, RULES)}
    assert WRONG[text] in codes, codes


def test_the_line_of_a_fault():
    assert [(2, "html-forbidden")] == [(line, code) for line, code, _ in find_in_text("a\n\nb <i> c", RULES)]
    assert [(3, "template-syntax")] == [(line, code) for line, code, _ in find_in_text("a\n\n\nb {{ c }}", RULES)]


@pytest.mark.parametrize(
    "page",
    [
        "# One\n\nText with a [link](#two).\n\n## Two\n\n- a list\n\n| a | b |\n|---|---|\n| c | d |\n",
        "# One\n\n![a parcel](parcel.svg)\n\n```\n<b>shown</b>\n```\n",
    ],
)
def test_right_pages(page):
    assert [] == list(find_in_page(page, RULES))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("---\ntemplate: x\n---\n# One\n", [(0, "front-matter-forbidden")]),
        ("No heading\n", [(0, "a11y-heading-order")]),
        ("# One\n\n# Two\n", [(2, "a11y-heading-order")]),
        ("# One\n\n### Three\n", [(2, "a11y-heading-order")]),
        ("# One\n\n[x](#three)\n", [(2, "dead-link")]),
        ("# One\n\n<b>x</b>\n", [(2, "html-forbidden")]),
        ("# One\n\n![x](https://help.example.com/x.png)\n", [(2, "link-scheme")]),
    ],
)
def test_wrong_pages(page, expected):
    assert expected == sorted({(line, code) for line, code, _ in find_in_page(page, RULES)})


@pytest.mark.parametrize("text", ["TODO", "a FIXME b", "Lorem ipsum dolor", "XXX"])
def test_left_over_markers(text):
    assert find_unfinished(text)


@pytest.mark.parametrize("text", ["todo el dinero", "XXXL", "Mastodon"])
def test_words_that_are_no_markers(text):
    assert "" == find_unfinished(text)


PIECES = [
    *("word", "é", "заказ", "x y", " ", "  ", "    ", "\t", "\n", "\n\n", "\r", "\u00a0", "3", "12.", "1. ", "2) "),
    *(
        "[a](ref:status)",
        "[w](term:parcel)",
        "[b c](ref:zz)",
        "[*a*](ref:status)",
        "[`c`](ref:status)",
        "[ ](ref:status)",
    ),
    *("[", "]", "(", ")", "(ref:status)", "ref:", "![i](ref:status)", "!", "[x]: u", "[^1]", "\\", "\\[", "&#58;", "&"),
    *("<b>", "<", ">", "<https://h.com>", "https://h.com/x", "[h](https://h.com)", "[m](mailto:a@b)"),
    *("`", "``", "```", "~~~", "# ", "#", "- ", "-", "+ ", "* ", "*", "**", "_", "___", "_ _ _", "=", "==", "---"),
    *("|", "|-|", "-|-", ":-:", ":", "{", "}", "{{", "{%", "{#", "${", "$(", "{:", "{ .x }", "{.y}", "{`x`.b}"),
    *("!include z", ".. include:: q", "--8<-- ", "javascript:", "vbscript", "data:text/x", "data`x`:,", "data : ,"),
    *("TODO", "XXX", "TBD", "lorem ipsum", "LOREM Ipsum", "TRANSLATE ME"),
]


@settings(max_examples=1_000)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=7))
def test_a_text_that_needs_no_parser_is_judged_as_by_the_parser(pieces):
    text = "".join(pieces)
    assert list(_find(text, RULES, blocks=False)) == list(find_in_text(text, RULES))
    found = _UNFINISHED.search(text)
    assert (found.group() if found else "") == find_unfinished(text)
