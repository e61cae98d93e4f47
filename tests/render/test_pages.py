"""Pages as Markdown: what stands on each, and that fallbacks are marked."""

import pytest

from helptree.project import open_project
from helptree.render.pages import render_pages
from helptree.render.ways import Ways
from helptree.render.write import write_pages
from tests.sites import MINIMAL


@pytest.fixture(scope="module")
def project():
    return open_project(MINIMAL)


@pytest.fixture(scope="module")
def pages(project):
    return {page.source: page.markdown for page in render_pages(project.translator("en"))}


def test_every_page_of_the_tree_is_rendered(pages):
    assert sorted(pages) == [
        "about.md",
        "index.md",
        "map.md",
        "outcomes/ask-a-human.md",
        "outcomes/wait-for-it.md",
        "questions/paid.md",
        "remedies/call-us.md",
        "remedies/wait.md",
        "sources.md",
        "statuses/packing.md",
    ]


def test_home_is_the_root_question_with_its_groups(pages):
    home = pages["index.md"]
    assert "# Which status do you see? {: #top }" in home
    assert "## Before it left {: #group-before }" in home
    assert "-   [**Still being packed** *“Packing”*](statuses/packing.md){: .ht-option }" in home
    assert "-   [**I see none of these**](outcomes/ask-a-human.md){: .ht-option }" in home


def test_status_asks_the_next_question_itself(pages):
    status = pages["statuses/packing.md"]
    assert "## Did you pay? {: #question }" in status
    assert "-   [**Yes**](../outcomes/wait-for-it.md){: .ht-option }" in status


def test_outcome_shows_the_steps_of_the_first_remedy_and_then_the_others(pages):
    outcome = pages["outcomes/wait-for-it.md"]
    assert "1.  Wait for 1 to 3 days." in outcome
    assert outcome.index("../remedies/wait.md") < outcome.index("../remedies/call-us.md")


def test_remedy_says_what_comes_next(pages):
    remedy = pages["remedies/wait.md"]
    assert "-   [**Talk to a human**](call-us.md){: .ht-option .ht-way }" in remedy.split("#not-helped")[1]


def test_message_shows_its_gaps_by_their_labels(pages):
    assert "Hello, where is my order [order number]? I have waited 1 to 3 days." in pages["remedies/call-us.md"]


def test_a_fallback_is_marked_in_its_language(minimal_tree):
    (minimal_tree / "catalogs/languages.yaml").write_text(
        'en: {autonym: "English", plural_forms: "nplurals=2; plural=(n != 1);"}\n'
        'ar: {autonym: "العربية", direction: rtl, plural_forms: "nplurals=2; plural=(n != 1);"}\n'
    )
    (minimal_tree / "catalogs/ar.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        '\nmsgctxt "question.paid.text"\nmsgid "Did you pay?"\nmsgstr "هل دفعت؟"\n'
    )
    translator = open_project(minimal_tree).translator("ar")
    page = next(page for page in render_pages(translator) if page.source == "questions/paid.md")
    assert not page.complete
    assert "# هل دفعت؟ {: #top }" in page.markdown
    assert "Look at your receipt.\n{: .ht-hint lang=en dir=ltr }" in page.markdown
    assert "{: .ht-notice" in page.markdown


def test_unique_path_is_known_and_a_shared_node_has_none(project):
    ways = Ways(project.tree)
    assert [(a.question, a.option) for a in ways.unique_path("wait-for-it")] == [("status", "packing"), ("paid", "yes")]
    assert ways.unique_path("ask-a-human") is None
    assert ways.crumbs("wait-for-it") == ("status", "packing")


def test_only_what_changed_is_written_and_what_is_gone_is_removed(project, tmp_path):
    pages = list(render_pages(project.translator("en")))
    write_pages(tmp_path, pages)
    (tmp_path / "questions/old.md").write_text("gone")
    before = (tmp_path / "index.md").stat().st_mtime_ns
    write_pages(tmp_path, pages)
    assert (tmp_path / "index.md").stat().st_mtime_ns == before
    assert not (tmp_path / "questions/old.md").exists()
