"""Authors' texts stay texts: nothing but bold, code and links is read into them."""

import pytest

from helptree.wizard.markup import block_html, inline_html, plain_label, plain_text

STREAMLIT_READS = [
    ":red[gone]",
    ":red-background[gone]",
    ":material/home:",
    ":smile:",
    ":streamlit:",
    "$x^2$ and $$y$$",
    "~~gone~~",
    "a -> b <- c -- d",
    "# no heading",
    "1. no list",
    "- no list",
    "> no quotation",
    "*no* _emphasis_ `code` [link](https://x.example) ![image](x.png)",
    "<b>no tag</b> &amp; &lt;",
    "https://x.example",
    "a \\ b",
]


@pytest.mark.parametrize("text", STREAMLIT_READS)
def test_a_label_is_escaped_to_the_last_mark(text):
    label = plain_label(text)
    escaped = False
    for char in label:
        if escaped or char == "\\":
            escaped = not escaped
            continue
        assert char.isalnum() or char in " \u2060", (char, label)


@pytest.mark.parametrize("code", [":smile:", ":material/home:", "->", "<-", "--", "<->"])
def test_what_streamlit_reads_behind_escapes_is_torn_apart(code):
    assert code not in plain_label(code).replace("\\", "")


def test_a_label_keeps_spaces_that_do_not_break():
    assert plain_label("Quel\u00a0statut\n voyez-vous\u202f?") == "Quel\u00a0statut voyez\\-vous\u202f\\?"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**bold** and `code`", "<strong>bold</strong> and <code>code</code>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,x)", "[x](data:text/html,x)"),
        ("![x](https://x.example/y.png)", '!<a href="https://x.example/y.png" target="_blank">x</a>'),
        ("[x](/guide/en/)", '<a href="/guide/en/">x</a>'),
        (":red[x] $y$ :smile: a -> b", ":red[x] $y$ :smile: a -&gt; b"),
    ],
)
def test_markdown_becomes_only_what_is_allowed(markdown, expected):
    assert inline_html(markdown) == expected


def test_blocks_are_paragraphs_alone():
    assert block_html("one\n\n# two\n\n<div>three</div>") == (
        "<p>one</p>\n<p># two</p>\n<p>&lt;div&gt;three&lt;/div&gt;</p>\n"
    )


def test_plain_text_has_no_markdown_left():
    assert plain_text("**bold** `code` [link](ref:x) & <b>") == "bold code link & <b>"
