"""The last barrier: built pages against an allow-list."""

import pytest

from helptree.html_check import PageRules, check_page

RULES = PageRules("fr", "ltr", frozenset(["help.example.com"]))


def page(article: str = "<h1>T</h1>", head: str = "", language: str = "fr", direction: str = "ltr") -> str:
    return (
        f'<html lang="{language}"><head>{head}</head><body dir="{direction}"><article>{article}</article></body></html>'
    )


def test_a_good_page_passes():
    good = '<h1 id="top">T</h1><p><a href="../x/">x</a> <a href="https://help.example.com/">y</a></p>'
    assert check_page(page(good), RULES) == []


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (page("<h1>T</h1><script>x</script>"), "the element <script> is not allowed"),
        (page("<h1>T</h1><p onclick=x>"), "the attribute 'onclick' of <p> is not allowed"),
        (page("<h1>T</h1><p style=x>"), "the attribute 'style' of <p> is not allowed"),
        (page("<h1>T</h1><a href='javascript:x'>"), "a link may not go to 'javascript:x'"),
        (page("<h1>T</h1><a href='https://evil.example/'>"), "a link may not go to 'https://evil.example/'"),
        (page("<h1>T</h1><a href='//evil.example/'>"), "a link may not go to '//evil.example/'"),
        (page("<h1>T</h1><p>{seller_answer}</p>"), "a placeholder is not filled in: '{seller_answer}'"),
        (page("<h1>T</h1><p>ui.site.home</p>"), "a key stands in for its text: 'ui.site.home'"),
        (page("<p></p>"), "there are 0 first headings (h1), not one"),
        (page("<h1></h1><h1></h1>"), "there are 2 first headings (h1), not one"),
        (page(head="<script src=https://cdn.example/x>"), "<script> would fetch 'https://cdn.example/x'"),
        (page(head="<link rel=stylesheet href=//cdn.example/x>"), "<link> would fetch '//cdn.example/x'"),
        (page(language="en"), "language and direction are [('en', None), (None, 'ltr')], not"),
        (page(direction="rtl"), "language and direction are [('fr', None), (None, 'rtl')], not"),
    ],
)
def test_each_fault_is_told(html, message):
    found = check_page(html, RULES)
    assert any(each.startswith(message) for each in found), found
