"""Puts a file of the bad-inputs corpus into an otherwise valid tree.

The corpus speaks of `start`, `nodes`, `text`, `options`, `to`, `end`. A file is tried in two places: as it is,
byte for byte, as a content file (faults of bytes and of YAML show there); and translated to our fields, one
file a node (faults of ids, flow and texts show there). Plain scalars stay plain, so that what YAML would
convert is still there to be converted.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helptree.catalogs import parse_po
from helptree.characters import is_blank
from helptree.files import read_text
from helptree.problems import ProblemsFound
from helptree.project import open_project
from helptree.pseudo import pseudo_text
from helptree.source import Mapping, Node, Scalar, Sequence, parse

MINIMAL = Path(__file__).parent.parent / "trees" / "minimal"
_NODE_KEYS = {"text", "options", "end", "help"}


@dataclass(frozen=True)
class Case:
    """One row of MANIFEST.tsv. `line` is where the fault is expected, 0 when the manifest does not say."""

    path: Path
    accepted: bool
    reason: str
    line: int

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def read_manifest(folder: Path) -> list[Case]:
    """Return the cases of a corpus in a folder with MANIFEST.tsv."""
    rows = (folder / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    head = rows[0].lstrip("# ").split("\t")
    cases = []
    for row in rows[1:]:
        cell = dict(zip(head, row.split("\t"), strict=False))
        line = cell.get("line", "")
        accepted = cell["expect"].startswith("accept")
        cases.append(Case(folder / cell["path"], accepted, cell["reason"], int(line) if line.isdigit() else 0))
    return cases


def base_tree(folder: Path) -> Path:
    """Copy the minimal tree without journeys, whose warnings would speak of the wrong fault."""
    shutil.copytree(MINIMAL, folder)
    shutil.rmtree(folder / "journeys")
    return folder


def as_it_is(case: Case, folder: Path) -> Path:
    """Place the file byte for byte: a page when it is Markdown, else a question."""
    place = "pages/case.md" if case.path.suffix == ".md" else "questions/case.yaml"
    shutil.copyfile(case.path, base_tree(folder) / place)
    return folder


def translated(case: Case, folder: Path) -> Path | None:
    """Place the file in our own fields; None when it cannot even be read as YAML."""
    text, problems = read_text(case.path, case.name)
    root, _ = parse(text, case.name) if case.path.suffix == ".yaml" and not problems else (None, [])
    if root is None:
        return None
    base_tree(folder)
    if "nodes" in root.items or "start" in root.items:
        _write_nodes(root, folder)
    else:
        _write_message(root, folder)
    return folder


# --- a tree ----------------------------------------------------------------------------------------------


def _write_nodes(root: Mapping, folder: Path) -> None:
    for old in [*(folder / "questions").iterdir(), *(folder / "outcomes").iterdir(), *(folder / "statuses").iterdir()]:
        old.unlink()
    start = _value(root, "start")
    nodes = _value(root, "nodes")
    ids = []
    for id_, (key, node) in nodes.items.items() if isinstance(nodes, Mapping) else ():
        ids.append(id_)
        _write_node(folder, id_, key, node)
    _write_start(folder, start, {id_ for id_ in ids if _is_question(_value(nodes, id_))})
    extra = {key: value for key, (_, value) in root.items.items() if key not in ("start", "nodes", "locales")}
    _write_facts(folder, extra)
    if locales := _value(root, "locales"):
        _write_languages(folder, [_emit(item) for item in locales.items])


def _write_start(folder: Path, start: Node | None, questions: set[str]) -> None:
    """The root must be a question: one that leads to the corpus's start, unless that is one."""
    text = (folder / "tree.yaml").read_text(encoding="utf-8")
    id_ = start.text if isinstance(start, Scalar) else ""
    root = _emit(start) if start else '""'
    if id_ not in questions:
        lines = ['text: "Where to?"', "options:", f'  - {{id: go, label: "Go", next: {root}}}']
        (folder / "questions/first.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        root = "first"
    (folder / "tree.yaml").write_text(text.replace("root: status", f"root: {root}"), encoding="utf-8")
    (folder / "remedies/wait.yaml").write_text(
        (folder / "remedies/wait.yaml").read_text(encoding="utf-8").replace(" [again](ref:status)", ""),
        encoding="utf-8",
    )


def _is_question(node: Node | None) -> bool:
    return isinstance(node, Mapping) and "options" in node.items and "end" not in node.items


def _write_node(folder: Path, id_: str, key: Scalar, node: Node) -> None:
    kind = "questions" if _is_question(node) else "outcomes"
    lines = list(_question(node) if _is_question(node) else _outcome(folder, node))
    try:
        (folder / kind / f"{id_}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    except (OSError, ValueError):
        return  # no file can have such a name: the fault must show where the id is used


def _question(node: Mapping) -> Iterator[str]:
    yield f"text: {_text(node)}"
    yield "options:"
    options = _value(node, "options")
    for index, option in enumerate(options.items if isinstance(options, Sequence) else ()):
        fields = {"id": f"option-{index}"}
        for key, (_, value) in option.items.items() if isinstance(option, Mapping) else ():
            fields[{"to": "next"}.get(key, key)] = _emit(value)
        yield "  - {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"
    yield from _other_fields(node)


def _outcome(folder: Path, node: Node) -> Iterator[str]:
    if not isinstance(node, Mapping):
        yield _emit(node)
        return
    yield 'title: "What is the case"'
    yield f"summary: {_text(node)}"
    yield f"now: {_emit(_value(node, 'help')) if _value(node, 'help') else chr(34) + 'Wait.' + chr(34)}"
    yield "remedies: [wait]"
    yield "human_route: call-us"
    if options := _value(node, "options"):
        yield f"options: {_emit(options)}"
    yield from _other_fields(node)
    _write_locales_of(node, folder)


def _other_fields(node: Mapping) -> Iterator[str]:
    for key, (_, value) in node.items.items():
        if key == "intrenal":  # their field for staff is called `internal`, ours `staff`
            yield f"stafff: {_emit(value)}"
        elif key not in _NODE_KEYS:
            yield f"{key}: {_emit(value)}"


def _text(node: Mapping) -> str:
    text = _value(node, "text")
    if isinstance(text, Mapping):
        text = _value(text, "en")
    return _emit(text) if text is not None else '""'


def _write_locales_of(node: Mapping, folder: Path) -> None:
    text = _value(node, "text")
    if isinstance(text, Mapping):
        _write_languages(folder, [key for key in text.items if key != "en"])


def _write_facts(folder: Path, extra: dict[str, Node]) -> None:
    with (folder / "facts.yaml").open("a", encoding="utf-8") as file:
        for key, value in extra.items():
            file.write(
                f"{key}: {{value: {_emit(value)}, unit: day, as_of: 2026-10-01, reviewed: 2026-11-01, source: shop}}\n"
            )


def _write_languages(folder: Path, tags: list[str]) -> None:
    with (folder / "catalogs/languages.yaml").open("a", encoding="utf-8") as file:
        for tag in tags:
            if tag != "en":
                file.write(f'{tag}: {{autonym: "A language", plural_forms: "nplurals=2; plural=(n != 1);"}}\n')


# --- one text in several languages -----------------------------------------------------------------------


def _write_message(root: Mapping, folder: Path) -> None:
    texts, placeholders = _value(root, "text"), _value(root, "placeholders")
    assert isinstance(texts, Mapping)
    gaps = [_emit(item) for item in placeholders.items] if isinstance(placeholders, Sequence) else []
    lines = ['title: "A text"', 'to: "The shop"', f"text: {_emit(_value(texts, 'en'))}"]
    lines += ["placeholders:", *(f'  - {{id: {gap}, label: "a gap"}}' for gap in gaps)] if gaps else []
    (folder / "messages/where-is-it.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    locales = _value(root, "locales")
    listed = [_emit(item) for item in locales.items] if isinstance(locales, Sequence) else []
    tags = list(dict.fromkeys([*listed, *texts.items]))
    entries = open_project_entries(folder)
    _write_languages(folder, [json.dumps(tag.strip('"')) if "/" in tag else tag for tag in tags])
    for tag, (_, value) in texts.items.items():
        if tag != "en" and "/" not in tag:
            _write_catalog(folder, tag, entries, value.text if isinstance(value, Scalar) else "")


def open_project_entries(folder: Path) -> str:
    """Return the tree's template of translatable texts."""
    from helptree.merging import make_template

    try:
        return str(make_template(open_project(folder).entries))
    except ProblemsFound as found:
        raise AssertionError("\n".join(map(str, found.problems))) from found


def _write_catalog(folder: Path, tag: str, template: str, text: str) -> None:
    """Translate everything into accented letters, and the one text of the case as the case does."""
    po = parse_po(template)
    po.metadata["Plural-Forms"] = "nplurals=2; plural=(n != 1);"
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            accented = pseudo_text(entry.msgid, "accented")
            entry.msgstr = text if entry.msgctxt == "message.where-is-it.text" else accented
    (folder / f"catalogs/{tag.replace('-', '_')}.po").write_text(str(po) + "\n", encoding="utf-8")


# --- YAML out --------------------------------------------------------------------------------------------


def _value(node: Node | None, key: str) -> Node | None:
    return node.items[key][1] if isinstance(node, Mapping) and key in node.items else None


def _emit(node: Node | None) -> str:
    """Write a node in flow style; a plain scalar stays plain where that is the same text."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{key}: {_emit(value)}" for key, (_, value) in node.items.items()) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(_emit(item) for item in node.items) + "]"
    assert node is not None
    if node.cut_by_comment:
        return f"{node.text} #cut"
    is_word = node.is_plain and not is_blank(node.text) and not set(node.text) & set(",[]{}:#\"'\n")
    return node.text if is_word else json.dumps(node.text, ensure_ascii=False)
