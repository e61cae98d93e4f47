"""Texts that nobody trusts become Markdown that can only be words, bold, emphasis, code and links."""

import html
import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helptree.render.markup import inline, page_markdown

EXTENSIONS = ["attr_list", "admonition", "pymdownx.details", "tables", "fenced_code", "helptree.render.no_html"]


PARSER = markdown.Markdown(extensions=EXTENSIONS)


def to_html(text: str) -> str:
    return PARSER.reset().convert(inline(text, lambda id_: f"../{id_}.md"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wait **two days**.", "<p>Wait <strong>two days</strong>.</p>"),
        ("Say `no`.", "<p>Say <code>no</code>.</p>"),
        ("See [the guide](ref:wait).", '<p>See <a href="../wait.md">the guide</a>.</p>'),
        ("A [word](term:escrow).", '<p>A <a href="../glossary#escrow.md">word</a>.</p>'),
        ("[Site](https://a.example/x_y)", '<p><a href="https://a.example/x_y">Site</a></p>'),
    ],
)
def test_what_is_allowed_is_shown_as_meant(text, expected):
    assert html.unescape(to_html(text)) == expected


ATTACKS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "a {: onclick=alert(1) }",
    "`a`{: onclick=alert(1) }",
    "**a**{ onclick=alert(1) }",
    "{{ config }} {% raw %}",
    "# heading",
    "1. one",
    "- point",
    "> quotation",
    '!!! danger "box"',
    '??? danger "fold"',
    "| a | b |",
    "~~~ fence",
    "--8<-- 'file'",
    "[x](javascript:alert(1))",
    "[x](data:text/html,x)",
    "<https://a.example>",
    "[x]: https://a.example",
    "\\<script>",
    "&lt;script&gt;",
    "    indented",
    "===",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_else_is_more_than_words(text):
    shown = to_html(text)
    assert set(re.findall(r"<(/?\w+)", shown)) <= {"p", "/p", "strong", "/strong", "code", "/code"}
    assert " onclick" not in re.sub(r">[^<]*<", "><", shown)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<>{}[]()!#*_`~|\\&:;-+=.1 \nabonclick\"'/%^?"), max_size=60))
def test_no_text_at_all_makes_an_element_or_an_attribute(text):
    try:
        shown = to_html(text)
    except ValueError:  # a link to somewhere else is refused loudly
        return
    found = re.findall(r"<(/?)(\w+)((?:\s[^>]*)?)>", shown)
    assert {name for _, name, _ in found} <= {"p", "strong", "em", "code", "a"}
    assert {re.sub(r'="[^"]*"', "", attributes).strip() for _, _, attributes in found} <= {"", "href"}


@pytest.mark.parametrize("target", ["http://a.example", "//a.example", "a.html", "/etc", "ftp://a.example"])
def test_a_link_to_anywhere_else_is_refused(target):
    with pytest.raises(ValueError, match="may not go to"):
        inline(f"[x]({target})", str)


def test_a_written_page_keeps_its_blocks_and_loses_its_attributes():
    page = "# Title {: onclick=x }\n\n- [a](ref:b)\n\n!!! danger\n\n`{code}`"
    expected = "# Title \\{: onclick=x \\}\n\n- [a](b.md)\n\n\\!!! danger\n\n`{code}`"
    assert page_markdown(page, lambda id_: f"{id_}.md") == expected
