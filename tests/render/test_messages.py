"""A message is shown in the reader's language and in those of its recipient, the source language among them."""

from pathlib import Path

from helptree.project import open_project
from helptree.render.pages import render_pages

ROOT = Path(__file__).parents[2]


def page(locale: str, address: str) -> str:
    pages = render_pages(open_project(ROOT / "decision_tree").translator(locale))
    return next(page.markdown for page in pages if page.address == address)


def test_a_french_reader_finds_the_message_to_a_seller_in_english_and_chinese() -> None:
    shown = page("fr", "remedies/ask-seller-to-decline/")
    assert [lang for lang in ("fr", "en", "zh-Hans") if f".ht-message lang={lang} " in shown] == ["fr", "en", "zh-Hans"]


def test_an_english_reader_does_not_find_it_twice() -> None:
    assert page("en", "remedies/ask-seller-to-decline/").count(".ht-message lang=en ") == 1
