"""Ties together the catalogue of problems, the code that yields them, and the cases that show them."""

import ast
from pathlib import Path

import pytest

from helptree.problems import CATALOGUE
from tests.cases import CASES, TESTED_ELSEWHERE
from tests.helpers import ROOT, problems_of, write_tree

SOURCE = ROOT / "src" / "helptree"
# Yielders of a problem, and where among their arguments the code stands.
_YIELDERS = {"problem": 0, "report": 0, "refuse": 0}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}:{case.line.split(':')[0]}")
def test_the_case_yields_its_line(case, tmp_path):
    found = problems_of(write_tree(tmp_path / "tree", case.changes))
    assert case.line in found, "\n".join(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}:{case.line.split(':')[0]}")
def test_the_line_of_a_case_tells_its_code(case):
    severity = CATALOGUE[case.code].severity.value
    assert f" {severity} {case.code}: " in case.line


def test_every_code_of_the_catalogue_has_a_case():
    assert sorted(CATALOGUE) == sorted({case.code for case in CASES} | set(TESTED_ELSEWHERE))


@pytest.mark.parametrize(("code", "module"), TESTED_ELSEWHERE.items())
def test_a_code_tested_elsewhere_is_in_that_test(code, module):
    assert code in (ROOT / "tests" / module).read_text(encoding="utf-8")


def test_every_code_of_the_catalogue_is_yielded_in_the_source():
    assert sorted(CATALOGUE.keys() - strings_in(SOURCE)) == []


def test_every_code_yielded_in_the_source_is_in_the_catalogue():
    assert sorted(codes_yielded_in(SOURCE) - CATALOGUE.keys()) == []


def test_a_code_that_is_not_in_the_catalogue_would_be_found(tmp_path):
    (tmp_path / "check.py").write_text("yield problem('no-such-code', where)\nself.report(code if x else 'other', at)")
    assert {"no-such-code", "other"} == codes_yielded_in(tmp_path)


def test_the_minimal_tree_is_right(tmp_path):
    assert problems_of(write_tree(tmp_path / "tree")) == []


def strings_in(folder: Path) -> set[str]:
    """All string constants but those of the catalogue itself."""
    return {
        node.value
        for path in folder.rglob("*.py")
        if path.name != "problems.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def codes_yielded_in(folder: Path) -> set[str]:
    """Codes given to `problem`, `report` and `refuse` as constants, conditions included."""
    return {
        constant.value
        for path in folder.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _name_of(call.func) in _YIELDERS and call.args
        for constant in ast.walk(call.args[0])
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    }


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
