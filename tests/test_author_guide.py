"""The author's guide, followed word by word: its files in its order, and the status is on every surface."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from click.testing import CliRunner

from helptree.cli import main
from helptree.engine import replay
from helptree.project import open_project

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "decision_tree" / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- (file|below options): (\S+) -->\n```yaml\n(.*?)```", re.S)
COMMAND = re.compile(r"^    \.venv/bin/helptree (new \S+ \S+)$", re.M)


def follow_guide(folder: Path) -> Path:
    tree = folder / "decision_tree"
    shutil.copytree(ROOT / "decision_tree", tree)
    for command in COMMAND.findall(GUIDE):
        done = CliRunner().invoke(main, [*command.split(), "--tree", str(tree)])
        assert done.exit_code == 0, done.output
    for how, name, text in BLOCK.findall(GUIDE):
        path = folder / name
        if how == "below options":
            text = path.read_text(encoding="utf-8").replace("options:\n", f"options:\n{text}", 1)
        path.write_text(text, encoding="utf-8")
    return tree


def test_the_guide_leads_to_a_tree_without_errors(tmp_path: Path) -> None:
    tree = follow_guide(tmp_path)
    found = {str(p.kind.severity.value) for p in open_project(tree).problems}
    assert found <= {"warning"}


def test_the_new_status_leads_to_the_new_remedy(tmp_path: Path) -> None:
    tree = open_project(follow_guide(tmp_path)).tree
    position = replay(tree, {"status": "held-at-counter", "counter-named": "yes"})
    assert tree.outcomes[position.node.id].remedies == ("collect-at-counter",)


def test_the_new_status_is_in_the_terminal_walk(tmp_path: Path) -> None:
    tree = follow_guide(tmp_path)
    arguments = ["walk", "--tree", str(tree), "--answer", "status=held-at-counter"]
    shown = CliRunner().invoke(main, arguments, input="1\ny\n").output
    assert "Your parcel waits at a counter" in shown
    assert "Collect the parcel at the counter" in shown


def test_every_command_of_the_guide_exists() -> None:
    for name in re.findall(r"helptree ((?:translate )?[a-z]+)", GUIDE):
        done = CliRunner().invoke(main, [*name.split(), "--help"])
        assert done.exit_code == 0, name
