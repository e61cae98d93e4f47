"""Reading a folder: what lies where it should not, what cannot be read, what leads out of the tree."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import helptree.load as load_module
from helptree.files import scan
from helptree.load import load
from helptree.sharing import _can_fork
from helptree.source import walk_scalars
from tests.cases import french
from tests.helpers import ROOT, change_files, findings_in, line_of, problems_of, write_tree


def lines(folder: Path) -> list[str]:
    return [line_of(found) for found in load(folder).problems]


def no_regular_file(name: str) -> str:
    return f"{name}:1:1: error not-a-regular-file: {name} is not a regular file inside the tree."


@pytest.fixture
def tree(tmp_path) -> Path:
    return write_tree(tmp_path / "tree")


def test_the_minimal_tree_is_read_without_a_word(tree):
    assert lines(tree) == []


def test_a_pipe_is_refused_and_not_waited_for(tree):
    os.mkfifo(tree / "questions" / "pipe.yaml")
    assert [no_regular_file("questions/pipe.yaml")] == lines(tree)


def test_a_folder_named_like_a_file_is_refused(tree):
    (tree / "remedies" / "more.yaml").mkdir()
    assert [no_regular_file("remedies/more.yaml")] == lines(tree)


def test_a_link_out_of_the_tree_is_refused_and_not_read(tree, tmp_path):
    (tmp_path / "secret.yaml").write_text("text: secret\n")
    (tree / "questions" / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    raw = load(tree)
    assert [no_regular_file("questions/out.yaml")] == [line_of(found) for found in raw.problems]
    assert "out" not in [file.stem for file in raw.by_kind["question"]]


def test_a_folder_that_is_a_link_out_of_the_tree_is_refused(tree, tmp_path):
    outside = tmp_path / "outside"
    (tree / "messages").rename(outside)
    (tree / "messages").symlink_to(outside)
    assert [no_regular_file("messages")] == lines(tree)


def test_a_link_inside_the_tree_is_read(tree):
    (tree / "remedies" / "wait-too.yaml").symlink_to(tree / "remedies" / "wait.yaml")
    raw = load(tree)
    assert raw.problems == []
    assert "wait-too" in [file.stem for file in raw.by_kind["remedy"]]


def test_a_link_to_nothing_is_refused(tree):
    (tree / "remedies" / "gone.yaml").symlink_to(tree / "remedies" / "nowhere.yaml")
    assert [no_regular_file("remedies/gone.yaml")] == lines(tree)


def test_a_link_to_itself_is_refused(tree):
    (tree / "remedies" / "loop.yaml").symlink_to(tree / "remedies" / "loop.yaml")
    (found,) = load(tree).problems
    assert found.location.path == "remedies/loop.yaml"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything: it steps back for a while."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_file_without_permission_is_told(tree, monkeypatch):
    (tree / "questions" / "paid.yaml").chmod(0)
    monkeypatch.chdir(tree)  # nobody may not enter the folders above
    with as_nobody():
        found = lines(Path())
    expected = "questions/paid.yaml:1:1: error not-readable: the file cannot be read (Permission denied)."
    assert [expected] == found


def test_a_file_that_fails_while_it_is_read_is_told(tree, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("helptree.files.os.open", fail)
    expected = "tree.yaml:1:1: error not-readable: the file cannot be read (Input/output error)."
    assert expected in lines(tree)


def test_hidden_files_belong_to_others(tree):
    (tree / ".directory").write_text("x")
    (tree / "questions" / ".paid.yaml.swp").write_text("x")
    assert lines(tree) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("question.yaml", "question.yaml:1:1: error unknown-file: question.yaml belongs to no kind of content."),
        ("factss.yaml", "Did you mean 'facts.yaml'?"),
        ("catalogs/fr.mo", "catalogs/fr.mo:1:1: error unknown-file: catalogs/fr.mo belongs to no kind of content."),
        ("pages/about.html", "pages/about.html:1:1: error file-name: the file is called 'about.html'."),
        ("remedies/wait.yaml~", "remedies/wait.yaml~:1:1: error file-name: the file is called 'wait.yaml~'."),
    ],
)
def test_a_file_of_no_kind_is_told(tree, name, expected):
    (tree / name).write_text("a: b\n")
    assert expected in "\n".join(lines(tree))


def test_a_folder_that_does_not_exist_is_one_problem(tmp_path):
    assert ["tree.yaml:1:1: error missing-file: nowhere/tree.yaml is missing."] == lines(tmp_path / "nowhere")


def test_an_unreadable_file_is_no_unknown_target(tree):
    (tree / "questions" / "paid.yaml").write_text("text: [")
    assert {"paid"} == load(tree).broken["question"]


def test_too_many_files_are_not_read(tree, monkeypatch):
    monkeypatch.setattr("helptree.load.MAX_FILES", 2)
    assert "journeys:1:1: error too-many: 3 files; the limit is 2." in lines(tree)


def test_the_shipped_tree_is_read_without_a_word():
    assert lines(ROOT / "decision_tree") == []


def test_a_line_break_at_the_end_of_a_name_is_no_id(tmp_path):
    tree = write_tree(tmp_path)
    (tree / "remedies" / "wait.yaml").rename(tree / "remedies" / "wait\n.yaml")
    assert "remedies/wait\n.yaml:1:1: error id-charset: 'wait\\n' is not an id." in problems_of(tree)


def test_large_sayings_are_read_in_another_process_and_alike(tree, monkeypatch):
    """Whatever stands in them: nodes, places, faults."""
    (tree / "sayings").mkdir()
    lines = "\n".join(f"    просят подтвердить что я получил товар {number}" for number in range(150))
    for tag in ("bg", "be", "kk", "mk", "ru", "sr", "tg", "uk"):
        rows = "".join(f"  status-{number}: |\n{lines}\n" for number in range(5))
        (tree / "sayings" / f"{tag}.yaml").write_text(f"statuses:\n{rows}")
    (tree / "sayings" / "mn.yaml").write_bytes(b"statuses: \xff\n")
    (tree / "sayings" / "ky.yaml").write_text("statuses: {a: b\n")
    forked = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: forked.append(1) or fork())
    seen = []
    for processors in (1, 2):
        monkeypatch.setattr(os, "cpu_count", lambda count=processors: count)
        raw = load(tree, scan(tree))
        assert 8 == len(list(raw.late()))
        nodes = {kind: [(file.name, _placed(file.node)) for file in files] for kind, files in raw.by_kind.items()}
        seen.append((nodes, raw.tables.keys(), raw.broken, sorted(map(line_of, raw.problems))))
    assert seen[0] == seen[1]
    assert {"sayings": {"mn", "ky"}} == seen[0][2]
    assert (1 if _can_fork() else 0) == len(forked)


@pytest.mark.parametrize("least", [1, 1_000_000])
def test_sayings_are_checked_wherever_they_are_read(tree, monkeypatch, least):
    monkeypatch.setattr(load_module, "_WORTH_A_PROCESS", least)
    (tree / "sayings").mkdir()
    (tree / "sayings" / "en.yaml").write_text("statuses: {packing: they pack it, pakcing: they pack}\n")
    (tree / "sayings" / "fr.yaml").write_text("statusses: {}\n")
    (tree / "sayings" / "de.yaml").write_text("statuses: [\n")
    (tree / "sayings" / "english.yaml").write_text("statuses: {packing: it is packed}\n")
    assert [
        "sayings/de.yaml:2:1 yaml-syntax",
        "sayings/en.yaml:1:44 unknown-target",
        "sayings/english.yaml:1:1 unknown-locale",
        "sayings/fr.yaml:1:1 unknown-key",
    ] == [f"{found.location} {found.kind.code}" for found in findings_in(tree)]


def _placed(node) -> list[tuple[str, str]]:
    return [(str(scalar.location), scalar.text) for scalar in walk_scalars(node)]


@pytest.mark.parametrize("name", ["catalogs/fr.po", "catalogs/fr.review.csv", "catalogs/glossary.csv"])
def test_a_file_of_translations_that_is_no_text_is_told_once(tree, name):
    change_files(tree, {**french(), name: b"\n# \xff\n"})
    assert [f"{name}:2:3: error encoding: the file is not UTF-8 (invalid start byte)."] == problems_of(tree)
