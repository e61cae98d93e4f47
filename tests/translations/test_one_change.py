"""What one change of the English does to all languages: of a sentence, and of a number."""

import re
import shutil
from pathlib import Path

import pytest

from helptree.catalogs import TranslationState
from helptree.render.pages import render_pages
from tests.sites import ROOT
from tests.translations.helpers import open_tree, run

OLD, NEW = (
    "Nothing. The order goes on at the price that you paid.",
    "Nothing at all. The order goes on at the same price.",
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "decision_tree", tmp_path / "tree"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def stale_texts(project) -> dict[str, set[str]]:
    """The keys of stale texts, by language."""
    return {
        locale: {
            entry.key
            for entry in project.entries
            if (found := project.catalogs[locale].entries.get(entry.key))
            and found.state_for(entry.text) is TranslationState.STALE
        }
        for locale in project.languages
        if locale != project.tree.source_locale
    }


def page_of(project, locale: str, source: str) -> str:
    return next(page.markdown for page in render_pages(project.translator(locale)) if page.source == source)


def test_a_changed_sentence_becomes_stale_in_all_languages_and_is_marked_there(tree):
    before = stale_texts(open_tree(tree))
    change(tree / "remedies/resume-order.yaml", OLD, NEW)
    assert run("merge", tree).exit_code == 0
    project = open_tree(tree)
    others = [locale for locale in project.languages if locale != "en"]
    new = {locale: keys - before[locale] for locale, keys in stale_texts(project).items()}
    assert {locale: {"remedy.resume-order.cost"} for locale in others} == new
    assert len(others) >= 8
    for locale in others:
        page = page_of(project, locale, "remedies/resume-order.md")
        assert NEW in page
        assert re.search(re.escape(NEW) + r"\n\{: [^}]*lang=en dir=ltr", page), (locale, page)
    print(f"one sentence changed: one text is stale, and marked on its page, in {', '.join(others)}")


def test_a_changed_number_makes_nothing_stale_and_all_languages_show_it(tree):
    before = stale_texts(open_tree(tree))
    change(tree / "facts.yaml", 'seller_answer:\n  value: "72"', 'seller_answer:\n  value: "97"')
    assert run("merge", tree).exit_code == 0
    project = open_tree(tree)
    assert before == stale_texts(project)
    for locale in project.languages:
        page = page_of(project, locale, "remedies/resume-order.md")
        assert "97" in page, locale
        assert "72" not in page, locale
    print(f"a number changed: nothing is stale, and {len(project.languages)} languages show it")
