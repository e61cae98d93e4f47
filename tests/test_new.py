"""`helptree new`: what it writes is valid as it stands, once something leads to it."""

from datetime import date
from pathlib import Path

import pytest

from helptree.checks.shape import check_shapes
from helptree.load import load
from helptree.new import KINDS, write_new
from helptree.problems import ProblemsFound
from tests.helpers import TODAY, Edit, change_files, line_of, problems_of, write_tree

PAID, WAIT_FOR_IT = "questions/paid.yaml", "outcomes/wait-for-it.yaml"
OPTION = '  - {id: fresh, label: "Something new", next: fresh}\n'
# How something comes to lead to the new file.
LINKS = {
    "question": {PAID: Edit("options:\n", f"options:\n{OPTION}")},
    "outcome": {PAID: Edit("options:\n", f"options:\n{OPTION}")},
    "remedy": {WAIT_FOR_IT: Edit("remedies: [wait]", "remedies: [wait, fresh]")},
    "status": {"questions/status.yaml": Edit("options:\n", "options:\n  - {status: fresh, group: before}\n")},
}


def write(folder: Path, kind: str, id_: str, today: date = TODAY) -> Path:
    return write_new(check_shapes(load(folder))[0], folder, kind, id_, today)


@pytest.mark.parametrize("kind", KINDS)
def test_the_new_file_is_valid_when_it_is_linked(tmp_path, kind):
    tree = write_tree(tmp_path)
    path = write(tree, kind, "fresh")
    assert f"{kind.removesuffix('y')}" in path.parent.name
    change_files(tree, LINKS[kind])
    assert [] == [line for line in problems_of(tree) if "option-unvisited" not in line]


@pytest.mark.parametrize("kind", KINDS)
def test_until_then_it_is_only_unreachable(tmp_path, kind):
    tree = write_tree(tmp_path)
    name = write(tree, kind, "fresh").relative_to(tree).as_posix()
    assert [f"{name}:1:1: error unreachable: no path leads to the {kind} 'fresh'."] == problems_of(tree)


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_finds_the_schema_from_its_first_line(tmp_path, kind):
    first = write(write_tree(tmp_path), kind, "fresh").read_text(encoding="utf-8").splitlines()[0]
    assert f"# yaml-language-server: $schema=../schema/{kind}.json" == first


def test_it_is_reviewed_today(tmp_path):
    assert "reviewed: 2027-01-31\n" in write(write_tree(tmp_path), "remedy", "fresh", date(2027, 1, 31)).read_text()


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("Fresh", "remedies/Fresh.yaml:1:1: error id-charset: 'Fresh' is not an id."),
        ("../fresh", "remedies/../fresh.yaml:1:1: error id-charset: '../fresh' is not an id."),
        ("fresh\n", "remedies/fresh\n.yaml:1:1: error id-charset: 'fresh\\n' is not an id."),
        ("f" * 65, f"remedies/{'f' * 65}.yaml:1:1: error id-charset: '{'f' * 65}' is not an id."),
        ("index", "remedies/index.yaml:1:1: error id-reserved: the id 'index' is reserved."),
        ("paid", "remedies/paid.yaml:1:1: error duplicate-id: the id 'paid' is already used in questions/paid.yaml."),
        ("about", "remedies/about.yaml:1:1: error duplicate-id: the id 'about' is already used in pages/about.md."),
    ],
)
def test_an_id_that_cannot_be_used_writes_nothing(tmp_path, id_, expected):
    tree = write_tree(tmp_path / "tree")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ProblemsFound) as raised:
        write(tree, "remedy", id_)
    assert [expected] == [line_of(found) for found in raised.value.problems]
    assert before == sorted(tmp_path.rglob("*"))


def test_a_file_that_is_there_is_never_overwritten(tmp_path):
    tree = write_tree(tmp_path, {"remedies/fresh.yaml": "mine: [\n"})
    with pytest.raises(FileExistsError):
        write(tree, "remedy", "fresh")
    assert "mine: [\n" == (tree / "remedies" / "fresh.yaml").read_text()
