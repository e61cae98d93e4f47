"""Every text a reader will see: placeholders that are known, nothing empty, nothing unfinished."""

import pytest

from tests.helpers import Edit, problems_of, write_tree

PAID, LETTER, ABOUT = "questions/paid.yaml", "messages/where-is-it.yaml", "pages/about.md"


def hint(text: str) -> dict[str, Edit]:
    return {PAID: Edit('"Look at your receipt."', text)}


CASES = {
    "blanks only": (hint('"\\u00a0 "'), "questions/paid.yaml:2:7: error empty-text: question.paid.hint is empty."),
    "a line break where a line belongs": (
        {PAID: Edit('"Did you pay?"', '"Did you\\n pay?"')},
        "questions/paid.yaml:1:7: error block-markdown: a line break is not allowed in this text.",
    ),
    "a fact that is not known": (
        hint('"Wait {packing_tim}."'),
        "questions/paid.yaml:2:7: error unknown-placeholder: {packing_tim} is neither a fact nor declared."
        " Did you mean 'packing_time'?",
    ),
    "a gap of a message in another text": (
        hint('"Order {order_number}."'),
        "questions/paid.yaml:2:7: error unknown-placeholder: {order_number} is neither a fact nor declared.",
    ),
    "a gap that no text uses": (
        {LETTER: Edit("  - {id: order_number,", '  - {id: name, label: "your name"}\n  - {id: order_number,')},
        "messages/where-is-it.yaml:5:5: error unused-placeholder: the placeholder 'name' is not used in the text.",
    ),
    "access to the inside of the program": (
        hint('"Wait {packing_time.__class__}."'),
        "questions/paid.yaml:2:7: error placeholder-syntax: '{packing_time.__class__}' is not a placeholder.",
    ),
    "a lone brace": (
        hint('"Wait } now."'),
        "questions/paid.yaml:2:7: error placeholder-syntax: '}' is not a placeholder.",
    ),
    "a formula": (
        hint('"=HYPERLINK(1)"'),
        "questions/paid.yaml:2:7: error formula-start: the text starts like a spreadsheet formula.",
    ),
    "a fault in the second line of a block text": (
        hint("|\n  Look.\n  <i> Now."),
        "questions/paid.yaml:4:7: error html-forbidden: HTML is not allowed: <i>.",
    ),
    "a fault in a quoted text of two paragraphs stays on its line": (
        hint('"Look.\\n\\n<i> Now."'),
        "questions/paid.yaml:2:7: error html-forbidden: HTML is not allowed: <i>.",
    ),
    "the recipient's version lost a gap": (
        {LETTER: Edit("placeholders:", 'also_in:\n  zh: "您好 {order_number}"\nplaceholders:')},
        "messages/where-is-it.yaml:5:7: error placeholder-mismatch: zh has the placeholders ['order_number']"
        " instead of ['order_number', 'packing_time'].",
    ),
    "the recipient's version in no language": (
        {LETTER: Edit("placeholders:", 'also_in:\n  ZH: "您好 {order_number} {packing_time}"\nplaceholders:')},
        "messages/where-is-it.yaml:5:3: error unknown-locale: 'ZH' is not a language tag. Did you mean 'zh'?",
    ),
    "an empty page": ({ABOUT: "\n"}, "pages/about.md:1:1: error empty: the file holds nothing."),
    "a page in capitals": (
        {"pages/About-us.md": "# About\n"},
        "pages/About-us.md:1:1: error file-name: the file is called 'About-us.md'.",
    ),
    "a page in no language": (
        {"pages/about.french.md": "# About\n"},
        "pages/about.french.md:1:1: error file-name: the file is called 'about.french.md'.",
    ),
    "a page with a reserved name": (
        {"pages/search.md": "# Search\n"},
        "pages/search.md:1:1: error id-reserved: the id 'search' is reserved.",
    ),
    "a page named like a remedy": (
        {"pages/wait.md": "# Wait\n"},
        "pages/wait.md:1:1: error duplicate-id: the id 'wait' is already used in remedies/wait.yaml.",
    ),
    "a hidden character in a page, at its place": (
        {ABOUT: "# About\n\nab\u200bc\n"},
        "pages/about.md:3:3: error invisible-character: invisible character U+200B ZERO WIDTH SPACE.",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_it_is_the_only_finding(what, tmp_path):
    changes, expected = CASES[what]
    found = [line for line in problems_of(write_tree(tmp_path, changes)) if "a11y-heading-order" not in line]
    assert [expected] == found


def test_a_page_in_another_language_is_the_same_page(tmp_path):
    assert [] == problems_of(write_tree(tmp_path, {"pages/about.fr.md": "# À propos\n"}))


def test_a_link_to_a_page_by_hand(tmp_path):
    assert [] == problems_of(write_tree(tmp_path, hint('"See [about us](ref:about)."')))


def test_a_minus_before_a_word_is_a_formula_but_a_dash_is_not(tmp_path):
    assert [] == problems_of(write_tree(tmp_path, hint('"– or later"')))
