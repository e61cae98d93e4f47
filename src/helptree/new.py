"""Writes a valid file for a new piece of content, for the author to fill in."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from string import Template

from helptree.content import Content, Item
from helptree.problems import Location, ProblemsFound, problem
from helptree.shapes import FOLDERS, ID_PATTERN, MAX_ID, RESERVED_IDS, OutcomeFile

KINDS = ("question", "outcome", "remedy", "status")
_TEMPLATES = Path(__file__).with_name("templates") / "new"


def write_new(content: Content, folder: Path, kind: str, id_: str, today: date) -> Path:
    """Write `<folder>/<kind's folder>/<id>.yaml` and return its path.

    Raises ProblemsFound for an unusable id, FileExistsError when the file is there. The content may have faults:
    a new outcome is linked from nowhere until its question is written.
    """
    name = f"{_folder_of(kind)}/{id_}.yaml"
    _refuse_id(content, id_, Location(name))
    outcomes = [item.shape for item in content.of("outcome").values() if isinstance(item.shape, OutcomeFile)]
    human = Counter(outcome.human_route for outcome in outcomes).most_common(1)[0][0] if outcomes else "contact-us"
    remedy = next((r for r in content.of("remedy") if r != human), "first-remedy")
    source_locale = content.tree.shape.source_locale if isinstance(content.tree, Item) else "en"  # type: ignore[attr-defined]
    text = Template((_TEMPLATES / f"{kind}.yaml").read_text(encoding="utf-8")).substitute(
        id=id_,
        outcome=next(iter(content.of("outcome")), "first-outcome"),
        remedy=remedy,
        human=human,
        locale=source_locale,
        today=today.isoformat(),
    )
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def _folder_of(kind: str) -> str:
    return next(folder for folder, (name, _) in FOLDERS.items() if name == kind)


def _refuse_id(content: Content, id_: str, where: Location) -> None:
    if not re.fullmatch(ID_PATTERN, id_) or len(id_) > MAX_ID:
        raise ProblemsFound([problem("id-charset", where, value=id_)])
    if id_ in RESERVED_IDS:
        raise ProblemsFound([problem("id-reserved", where, value=id_)])
    taken = {item.id: item.name for kind in (*KINDS, "message") for item in content.of(kind).values()}
    taken |= {page.stem: page.name for page in content.pages}
    if id_ in taken:
        raise ProblemsFound([problem("duplicate-id", where, value=id_, other=taken[id_])])
