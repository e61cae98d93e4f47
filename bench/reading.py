"""Reading, checking and building the model: the shipped tree, and 5,000 nodes stage by stage."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.rows import ROOT, Measure, Row, best_after, best_of, limit, module, nth_word
from bench.sites import LOCALES, PAGES, SHIPPED, in_languages, tree_of
from bench.stages import BUDGET, LARGE_BUDGET
from helptree.project import open_project
from tests.planted.trees import random_tree

NODES = 5_000
_SUMMARY = 'summary: "'


def reading(scratch: Path) -> Iterator[Measure]:
    """What it costs to read a tree."""
    yield Measure("shipped tree: load, check, build the model", _open_shipped)
    yield Measure(f"{NODES:,} nodes: load, check, build the model", lambda: _open_large(scratch / "large"))
    what = "helptree check after one edit, whole command"
    yield Measure(what, lambda: _check_after_edit(shutil.copytree(SHIPPED, scratch / "edited"), what))
    yield Measure(f"{what}, 18 languages", lambda: _check_after_edit(_in_many(scratch / "many"), what))


def _open_shipped() -> Iterator[Row]:
    project = open_project(SHIPPED)
    what = f"shipped tree, {len(project.languages)} languages: load, check, build the model"
    yield limit(what, best_of(5, lambda: open_project(SHIPPED)), BUDGET, "s", "what was found out before is kept")
    stages = min((_stages(SHIPPED) for _ in range(3)), key=lambda spent: spent["open"])
    note = f"{stages['cpu']:.2f} s of CPU, {stages['kept']:.2f} s kept in the same run"
    yield limit("  of it, when nothing is kept", stages["open"], BUDGET, "s", note)


def _in_many(folder: Path) -> Path:
    return in_languages(tree_of(PAGES), LOCALES).write(folder)


def _check_after_edit(tree: Path, what: str) -> Iterator[Row]:
    command, file = module("helptree", "check", "--tree", tree), _to_edit(tree)
    command()
    languages = len(open_project(tree).languages)
    taken = best_after(3, lambda number: _edit(file, nth_word(number)), command)
    yield limit(f"{what}, {languages} languages", taken, 1, "s")


def _open_large(folder: Path) -> Iterator[Row]:
    tree = random_tree(Random(1), NODES)
    del tree.files["catalogs/fr.po"]
    tree.files["catalogs/languages.yaml"] = tree.files["catalogs/languages.yaml"].split("\n")[0] + "\n"
    tree.write(folder)
    fastest = min((_stages(folder) for _ in range(3)), key=lambda spent: spent["open"])
    note = f"{len(tree.files):,} files, {len(tree.texts):,} texts, {fastest['cpu']:.2f} s of CPU"
    yield limit(f"{NODES:,} nodes: load, check, build the model", fastest["open"], LARGE_BUDGET, "s", note)
    for stage in ("load", "check", "build"):
        yield Row(f"  of that: {stage}", f"{fastest[stage]:.2f} s")
    whole = best_of(2, module("helptree", "check", "--tree", folder))
    yield Row("helptree check of these, whole command", f"{whole:.2f} s")


def _stages(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.stages", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    return json.loads(done.stdout)


def _to_edit(tree: Path) -> Path:
    """Return an outcome whose summary stands on one line."""
    return next(path for path in sorted((tree / "outcomes").iterdir()) if _SUMMARY in path.read_text(encoding="utf-8"))


def _edit(path: Path, word: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(_SUMMARY, f"{_SUMMARY}{word} ", 1), encoding="utf-8")
