"""Findings told as lines, as JSON, as annotations: the same findings each time."""

import json
from pathlib import Path

import pytest

from helptree.problems import CATALOGUE, Location, Problem, ProblemsFound, Severity, has_errors, nearest, problem
from helptree.report import as_annotations, as_json, as_text, summary

FOLDER = Path("decision_tree")
ERROR = problem(
    "unknown-target", Location("a.yaml", 2, 3), suggestion="wait", where="next", value="weit", expected="a node"
)
WARNING = problem("unknown-entry", Location("catalogs/fr.po", 9), value="100 %: a,b\nc")


def test_a_finding_is_one_line():
    expected = (
        "decision_tree/a.yaml:2:3: error unknown-target: next names 'weit', which is not a node. "
        "Did you mean 'wait'? Correct it or add the file.\n"
    )
    assert expected == as_text([ERROR], FOLDER)


def test_json_holds_every_part():
    first, second = json.loads(as_json([ERROR, WARNING], FOLDER))
    assert {
        "path": "decision_tree/a.yaml",
        "line": 2,
        "column": 3,
        "severity": "error",
        "code": "unknown-target",
        "message": "next names 'weit', which is not a node",
        "suggestion": "wait",
        "repair": "Correct it or add the file.",
    } == first
    assert ("warning", "") == (second["severity"], second["suggestion"])


def test_annotations_hide_what_would_end_them():
    error, warning, end = as_annotations([ERROR, WARNING], FOLDER).split("\n")
    assert error.startswith("::error file=decision_tree/a.yaml,line=2,col=3,title=unknown-target::next names 'weit'")
    assert "Did you mean 'wait'?" in error
    assert "::'100 %25: a,b\\nc' is no entry" in warning
    assert "" == end


def test_a_path_with_a_comma_stays_one_property():
    found = as_annotations([problem("empty", Location("a,b:c.yaml"))], FOLDER)
    assert found.startswith("::error file=decision_tree/a%2Cb%3Ac.yaml,line=1,col=1,title=empty::")


@pytest.mark.parametrize(
    ("found", "expected"),
    [([], "0 errors, 0 warnings"), ([ERROR], "1 error, 0 warnings"), ([ERROR, ERROR, WARNING], "2 errors, 1 warning")],
)
def test_summary(found, expected):
    assert expected == summary(found)


def test_findings_are_sorted_by_place():
    places = [Location("b.yaml"), Location("a.yaml", 10), Location("a.yaml", 9, 2), Location("a.yaml", 9)]
    found = ProblemsFound([problem("empty", place) for place in places])
    assert ["a.yaml:9:1", "a.yaml:9:2", "a.yaml:10:1", "b.yaml:1:1"] == [str(p.location) for p in found.problems]


def test_only_errors_stop():
    assert [False, False, True] == [has_errors(found) for found in ([], [WARNING], [WARNING, ERROR])]


def test_a_code_that_is_not_in_the_catalogue_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        problem("no-such-code", Location("a.yaml"))
    with pytest.raises(KeyError):
        problem("unknown-entry", Location("a.yaml"))


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_message_and_repair_reads_as_a_sentence(code):
    kind = CATALOGUE[code]
    assert code == kind.code
    assert not kind.message.endswith(".")
    assert kind.repair.endswith(".")
    assert kind.repair[0].isupper()
    assert kind.severity in (Severity.ERROR, Severity.WARNING)


@pytest.mark.parametrize(("word", "expected"), [("wait-fr-it", "wait-for-it"), ("Wait", "wait"), ("xyz", ""), ("", "")])
def test_the_nearest_known_word(word, expected):
    assert expected == nearest(word, ["wait", "wait-for-it", "paid"])


def test_a_finding_is_frozen():
    assert isinstance(ERROR, Problem)
    with pytest.raises(AttributeError):
        ERROR.message = "x"
