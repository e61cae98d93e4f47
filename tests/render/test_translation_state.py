"""The page of the translation state tells what `helptree translate stats` counts, and where the gaps are."""

import re

import pytest

from helptree.project import open_project
from helptree.render.pages import render_pages
from helptree.render.translation_state import count_states
from helptree.translation_report import count
from tests.sites import ROOT
from tests.translations.helpers import french_tree, open_tree


@pytest.fixture(scope="module")
def shipped():
    return open_project(ROOT / "decision_tree")


def page_of(project, locale):
    return next(page for page in render_pages(project.translator(locale)) if page.source == "translation.md").markdown


def test_reader_and_translator_are_told_the_same_counts(shipped):
    for locale in shipped.languages:
        if locale != "en":
            expected, found = count(shipped, locale), count_states(shipped.translator(locale))
            told = (expected.entries, expected.reviewed, expected.stale, expected.missing)
            assert told == (found.total(), found["reviewed"], found["stale"], found["missing"]), locale


def test_the_source_language_lists_all_others(shipped):
    page = page_of(shipped, "en")
    assert [language.autonym for tag, language in shipped.languages.items() if tag != "en"] == re.findall(
        r"^-   (.+?): \d+ of \d+ texts", page, re.M
    )


def test_a_page_with_a_gap_is_linked(tmp_path):
    texts = {"status.packing.label": "En préparation", "remedy.wait.title": "Attendre"}
    project = open_tree(french_tree(tmp_path, texts))
    page = page_of(project, "fr")
    assert "Français: 2 of" in page
    assert "](questions/paid.md)" in page
    assert "](remedies/wait.md)" in page  # its title is translated, its steps are not
