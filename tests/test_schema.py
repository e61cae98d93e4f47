"""The JSON Schemas: valid, current, named at the head of every content file, and of one mind with the checks."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from helptree.checks.shape import to_plain
from helptree.problems import CATALOGUE
from helptree.schema import files, outdated, problems_page, schemas
from helptree.shapes import FOLDERS, TABLES
from helptree.source import parse
from tests.cases import CASES
from tests.helpers import MINIMAL, ROOT, change_files, write_tree

SHIPPED = ROOT / "decision_tree"
HEAD = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def schema_of(name: str) -> str:
    """The schema's file name for a content file's path below its tree."""
    folder = name.split("/")[0]
    return f"{FOLDERS[folder][0] if folder in FOLDERS else Path(name).stem}.json"


def content_files(tree: Path) -> list[str]:
    names = [path.relative_to(tree).as_posix() for path in sorted(tree.rglob("*.yaml"))]
    return [name for name in names if not name.startswith("schema/")]


def errors_in(tree: Path, name: str) -> list[str]:
    root, problems = parse((tree / name).read_text(encoding="utf-8"), name)
    assert root is not None, problems
    errors = validator(schema_of(name)).iter_errors(to_plain(root))
    return [f"{name}: {error.json_path}: {error.message}" for error in errors]


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[name])


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_a_json_schema(name):
    Draft202012Validator.check_schema(schemas()[name])


def test_there_is_a_schema_for_every_kind_of_file():
    kinds = {f"{kind}.json" for kind, _ in FOLDERS.values()} | {f"{Path(name).stem}.json" for name in TABLES}
    assert kinds | {"tree.json", "redirects.json"} == set(schemas())


@pytest.mark.parametrize("tree", [MINIMAL, SHIPPED], ids=["minimal", "shipped"])
def test_every_content_file_is_valid_by_its_schema(tree):
    assert [] == [error for name in content_files(tree) for error in errors_in(tree, name)]


@pytest.mark.parametrize("name", content_files(SHIPPED))
def test_every_shipped_file_names_its_schema_in_its_first_line(name):
    named = HEAD.match((SHIPPED / name).read_text(encoding="utf-8"))
    assert named
    assert (SHIPPED / "schema" / schema_of(name)).resolve() == (SHIPPED / name).parent.joinpath(named[1]).resolve()
    assert (SHIPPED / name).parent.joinpath(named[1]).is_file()


def test_the_shipped_schemas_and_the_page_of_problems_are_current():
    assert [] == outdated(SHIPPED), "Repair: helptree schema"


def test_no_old_schema_is_left_over():
    assert set(schemas()) == {path.name for path in (SHIPPED / "schema").iterdir()}


def test_the_files_are_the_same_every_time():
    assert files() == files()


def test_every_problem_is_explained_with_its_repair():
    page = problems_page()
    assert sorted(CATALOGUE) == re.findall(r"^## (\S+)$", page, re.M)
    assert "## unknown-placeholder\n\n*error* - `{...}` is neither a fact nor declared.\n" in page
    assert "attribute lists `{: ...}` are not allowed" in page
    assert {"{name}", "{...}", "{: ...}"} == set(re.findall(r"\{.*?\}", page))


# What an editor shows while typing must be what `check` says afterwards.
OF_SHAPE = ("unknown-key", "wrong-type", "dead-end", "id-charset")


@pytest.mark.parametrize("case", [case for case in CASES if case.code in OF_SHAPE], ids=lambda case: case.line[:40])
def test_an_editor_sees_a_fault_of_shape(case, tmp_path):
    tree = write_tree(tmp_path)
    change_files(tree, case.changes)
    name = case.line.split(":")[0]
    assert errors_in(tree, name) != []


def required(schema: dict[str, Any]) -> list[str]:
    return schema["required"]


def test_descriptions_and_limits_reach_the_editor():
    question = schemas()["question.json"]
    assert {"text", "options"} == set(required(question))
    assert not question["additionalProperties"]
    assert 1 == question["properties"]["options"]["minItems"]
