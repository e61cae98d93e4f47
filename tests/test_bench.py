"""The measuring itself: what is told as held, and what is measured with."""

import pytest

from bench.pages import LOCALES, _addresses_in, _fetched_by, _in_languages, _tree_of
from bench.rows import limit
from helptree.problems import Severity
from tests.helpers import findings_in


@pytest.mark.parametrize(("value", "held"), [(1.99, True), (2.0, True), (2.01, False)])
def test_a_budget_is_held_up_to_its_limit(value, held):
    row = limit("a build", value, 2, "s", "60 pages")
    assert (f"{value:.2f} s (60 pages)", "2 s", held) == (row.measured, row.budget, row.held)


def test_the_measured_tree_has_its_pages_and_languages_and_no_error(tmp_path):
    tree = _in_languages(_tree_of(60), LOCALES)
    found = findings_in(tree.write(tmp_path))
    assert [] == [problem for problem in found if problem.kind.severity is Severity.ERROR]
    folders = ("statuses/", "questions/", "outcomes/", "remedies/")
    assert 60 == sum(name.startswith(folders) for name in tree.files)
    assert 17 == sum(name.endswith(".po") for name in tree.files)


def test_what_a_page_fetches(tmp_path):
    (tmp_path / "site.css").write_text("a {}")
    page = tmp_path / "index.html"
    page.write_text(
        '<link rel="stylesheet" href="site.css?1"><link rel="alternate" href="fr/">'
        '<script src="//elsewhere.example/x.js"></script><img alt="a" src="gone.svg"><a href="https://elsewhere.example/">x</a>'
    )
    assert ["site.css?1", "//elsewhere.example/x.js", "gone.svg"] == _addresses_in(page)
    assert [tmp_path / "site.css"] == _fetched_by(page)
