"""What is kept of a tree is never wrong and never needed: with it, a tree opens as it does without it."""

import pickle
import random
import re
from pathlib import Path

import pytest

from helptree import kept
from helptree.problems import ProblemsFound
from helptree.project import Project, open_project
from tests.planted.trees import random_tree
from tests.site.languages import add_languages

_TEXT = re.compile(r'((?:text|label|title|hint|meaning|summary|now|applies): ")([^"]+)(")')
_MSGSTR = re.compile(r'(msgstr ")([^"]+)(")')


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    monkeypatch.setenv("HELPTREE_CACHE", str(folder))
    return folder


def seen(folder: Path) -> object:
    """Everything that a folder says, as plain values: what is wrong, or the whole project."""
    try:
        project = open_project(folder)
    except ProblemsFound as found:
        return [str(problem) for problem in found.problems]
    return _all_of(project)


def _all_of(project: Project) -> object:
    catalogs = {tag: dict(catalog.entries) for tag, catalog in project.catalogs.items()}
    texts = list(project.entries)
    problems = [str(problem) for problem in project.problems]
    return repr(project.staff), project.languages, project.all_languages, project.journeys, catalogs, texts, problems


def without_store(folder: Path) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELPTREE_CACHE", "")
        return seen(folder)


def edit_at_random(folder: Path, chance: random.Random) -> None:
    """Change a text, a translation, a note, a label, a file; some of it is wrong afterwards."""
    pattern, files = chance.choice([(_TEXT, "*/*.yaml"), (_MSGSTR, "catalogs/*.po"), (_MSGSTR, "catalogs/*.po")])
    path = chance.choice(sorted(folder.glob(files)))
    text = path.read_text()
    if found := list(pattern.finditer(text)):
        match = chance.choice(found)
        new = chance.choice([f"{match[2]} more", "", match[2].rpartition(" ")[0], f"{match[2]} **", f"{match[2]} <b>"])
        path.write_text(text[: match.start(2)] + new + text[match.end(2) :])


@pytest.mark.parametrize("seed", range(4))
def test_a_tree_opens_as_without_it_after_any_edit(minimal_tree, store, seed):
    add_languages(minimal_tree, ["de", "ar"])
    chance = random.Random(seed)
    for _ in range(12):
        edit_at_random(minimal_tree, chance)
        expected = without_store(minimal_tree)
        assert expected == seen(minimal_tree)
        assert expected == seen(minimal_tree)  # all of it kept
    assert list(store.iterdir())


def test_random_trees_open_the_same(tmp_path, store):
    for seed in range(5):
        folder = random_tree(random.Random(seed), 12).write(tmp_path / f"tree-{seed}")
        expected = without_store(folder)
        assert [expected, expected] == [seen(folder), seen(folder)]


@pytest.mark.parametrize("harm", ["empty", "cut", "flipped", "foreign"])
def test_what_is_not_whole_is_as_if_it_were_not_there(minimal_tree, store, harm):
    expected = seen(minimal_tree)
    for path in store.iterdir():
        data = path.read_bytes()
        middle = len(data) // 2
        changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] if data else b""
        harmed = {"empty": b"", "cut": data[:-1], "flipped": changed, "foreign": pickle.dumps("other")}
        path.write_bytes(harmed[harm])
    assert expected == seen(minimal_tree)


def test_a_value_of_another_kind_under_our_name_is_made_anew(minimal_tree, store):
    expected = seen(minimal_tree)
    for path in [path for path in store.iterdir() if path.name.startswith(("content-", "verdict-"))]:
        kept.save(path.name, ["another"])
    assert expected == seen(minimal_tree)


def test_nothing_is_kept_where_others_may_write(minimal_tree, tmp_path, monkeypatch):
    folder = tmp_path / "open"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    monkeypatch.setenv("HELPTREE_CACHE", str(folder))
    seen(minimal_tree)
    assert [] == list(folder.iterdir())


def test_nothing_is_kept_when_nobody_wants_it(minimal_tree, tmp_path, monkeypatch):
    monkeypatch.setenv("HELPTREE_CACHE", "")
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.rglob("*"))
    seen(minimal_tree)
    assert before == set(tmp_path.rglob("*"))


def test_another_engine_finds_nothing(minimal_tree, store, monkeypatch):
    seen(minimal_tree)
    before = {path.name for path in store.iterdir()}
    monkeypatch.setattr(kept, "engine_key", lambda: "another")
    seen(minimal_tree)
    assert {path.name for path in store.iterdir() if path.name.startswith("content-")} - before
