"""Writes a valid file for a new piece of content, for the author to fill in."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from string import Template

from helptree.model import Tree
from helptree.problems import Location, ProblemsFound, problem
from helptree.shapes import FOLDERS, ID_PATTERN, MAX_ID, RESERVED_IDS

KINDS = ("question", "outcome", "remedy", "status")
_TEMPLATES = Path(__file__).with_name("templates") / "new"


def write_new(tree: Tree, folder: Path, kind: str, id_: str, today: date) -> Path:
    """Write `<folder>/<kind's folder>/<id>.yaml` and return its path. Raises ProblemsFound for an unusable id."""
    name = f"{_folder_of(kind)}/{id_}.yaml"
    _refuse_id(tree, id_, Location(name))
    human = Counter(outcome.human_route for outcome in tree.outcomes.values()).most_common(1)[0][0]
    remedy = next((r for r in tree.remedies if r != human), human)
    text = Template((_TEMPLATES / f"{kind}.yaml").read_text(encoding="utf-8")).substitute(
        id=id_,
        outcome=next(iter(tree.outcomes)),
        remedy=remedy,
        human=human,
        locale=tree.source_locale,
        today=today.isoformat(),
    )
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def _folder_of(kind: str) -> str:
    return next(folder for folder, (name, _) in FOLDERS.items() if name == kind)


def _refuse_id(tree: Tree, id_: str, where: Location) -> None:
    if not re.match(ID_PATTERN, id_) or len(id_) > MAX_ID:
        raise ProblemsFound([problem("id-charset", where, value=id_)])
    if id_ in RESERVED_IDS:
        raise ProblemsFound([problem("id-reserved", where, value=id_)])
    if tree.find(id_) or id_ in tree.messages or id_ in tree.pages:
        raise ProblemsFound([problem("duplicate-id", where, value=id_, other="the tree")])
