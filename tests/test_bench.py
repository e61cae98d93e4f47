"""The measuring itself: what is told as held, and what is measured with."""

import logging
import subprocess
import sys

import pytest

import bench.__main__ as bench_main
import bench.sites as bench_sites
from bench.__main__ import measure_all, summary
from bench.pages import addresses_in, fetched_by
from bench.rows import Measure, Row, limit
from bench.sites import LOCALES, Sites, in_languages, tree_of
from helptree.problems import Severity
from tests.helpers import findings_in


@pytest.mark.parametrize(("value", "held"), [(1.99, True), (2.0, True), (2.01, False)])
def test_a_budget_is_held_up_to_its_limit(value, held):
    row = limit("a build", value, 2, "s", "60 pages")
    assert (f"{value:.2f} s (60 pages)", "2 s", held) == (row.measured, row.budget, row.held)


def test_the_measured_tree_has_its_pages_and_languages_and_no_error(tmp_path):
    tree = in_languages(tree_of(60), LOCALES)
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
    assert ["site.css?1", "//elsewhere.example/x.js", "gone.svg"] == addresses_in(page)
    assert [tmp_path / "site.css"] == fetched_by(page)


def faulty():
    yield limit("first", 1, 2, "s")
    subprocess.run(
        [sys.executable, "-c", "raise SystemExit('first line\\nno such thing')"], check=True, capture_output=True
    )
    yield limit("never", 1, 2, "s")


def test_a_fault_is_told_as_a_row_and_hides_no_other():
    told = []
    measures = [Measure("faulty", faulty), Measure("sound", lambda: [limit("second", 3, 2, "s")])]
    table, rows = measure_all(measures, told.append)
    expected = [("first", "yes"), ("faulty", "FAULT"), ("second", "NO")]
    assert expected == [(row.what, row.verdict) for row in rows]
    assert ["  first: 1.00 s", "  faulty: fault: no such thing", "  second: 3.00 s"] == told
    assert summary(rows, 1.2).startswith("1 of 2 budgets held, 1 faults, 1 s")
    assert 3 == table.row_count


def test_a_fault_of_a_build_is_told_by_all_who_ask_and_built_once(tmp_path, monkeypatch):
    asked = []

    def fail(folder, size):
        asked.append(size)
        raise LookupError("no tree of that size")

    monkeypatch.setattr(bench_sites, "_build_random", fail)
    sites = Sites(tmp_path)
    for ask in (sites.cold, sites.built, sites.beside):
        with pytest.raises(LookupError, match="of that size"):
            ask((60, 2))
    assert [(60, 2)] == asked


@pytest.mark.parametrize(("part", "status"), [("reading", 0), ("site", 1), ("sight", 2)])
def test_the_exit_status_says_whether_all_of_it_ran(part, status, monkeypatch, capsys):
    # What it sets is for a process of its own.
    monkeypatch.setattr(logging, "disable", lambda level: None)
    monkeypatch.setenv("HELPTREE_CACHE", "")
    monkeypatch.setattr(bench_main, "reading", lambda scratch: [Measure("sound", lambda: [Row("a", "1 s")])])
    monkeypatch.setattr(bench_main, "builds", lambda sites: [Measure("faulty", faulty)])
    for name in ("weights", "serving", "beside"):
        monkeypatch.setattr(bench_main, name, lambda sites: [])
    assert status == bench_main.main([part])
    assert ("No such part: sight." in capsys.readouterr().err) is (status == 2)
