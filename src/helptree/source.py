"""Reads YAML into located nodes. Every scalar stays text. Judges bytes and YAML, not content: that is checks/.

PyYAML's safe loader turns `no` into False, drops repeated keys and runs merge bombs. Only its event stream is
used here: nothing is constructed, and reading stops at the first limit that is passed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from helptree.characters import find_bad_characters, is_harmless
from helptree.problems import Location, Problem, problem

MAX_DEPTH = 24
MAX_ITEMS = 1_000
MAX_KEY = 100
MAX_SCALAR = 20_000
MAX_PROBLEMS = 25
# A longer key is no key to the parser, which then speaks of a missing colon.
_LIBYAML_KEY = 1_024

# libyaml where the wheel has it: eight times faster, same events. Its types are not public, hence `Any` below.
_Loader: Any = getattr(yaml.cyaml, "CParser", None) or yaml.SafeLoader
_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*\Z")
# Keys that passed all rules, as they fold: nearly all are the same few names of fields.
_GOOD_KEYS: dict[str, str] = {}
# All but those that stand for a blank or a mark.
_ESCAPE = re.compile(r"\\[^nt \\/\"]")
_FOLD = re.compile(r"[\s_.-]+")


@dataclass(slots=True)
class _Placed:
    """What stands in a file. `mark`: the parser's own note of the place; few are ever asked for theirs."""

    name: str
    mark: Any

    @property
    def location(self) -> Location:
        return Location(self.name, self.mark.line + 1, self.mark.column + 1)


@dataclass(slots=True)
class Scalar(_Placed):
    """A text. `cut_by_comment`: unquoted, and a comment follows on its line. `is_block`: its lines are the file's."""

    text: str
    cut_by_comment: bool = False
    is_plain: bool = False
    is_block: bool = False


@dataclass(slots=True)
class Mapping(_Placed):
    """Keys in file order, each with the key's own scalar and its value."""

    items: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


@dataclass(slots=True)
class Sequence(_Placed):
    """Values in file order."""

    items: list[Node] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


class _Refused(Exception):
    pass


def parse(text: str, name: str) -> tuple[Mapping | None, list[Problem]]:
    """Return the file's one mapping with a location for every value, or None, and all problems found."""
    reader = _Reader(text, name)
    try:
        root = reader.read()
    except _Refused:
        root = None
    except yaml.YAMLError as error:
        reader.problems.append(reader.explain(error))
        root = None
    return root, reader.problems


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.problems: list[Problem] = []
        self.lines = text.split("\n")
        self.open_anchors: list[str | None] = []
        # No scalar holds a character or a word that the file has not, but by an escape. Control characters of ASCII
        # were refused before.
        self.is_harmless = not _ESCAPE.search(text) and (text.isascii() or is_harmless(text))
        self.has_comments = "#" in text

    def report(self, code: str, where: Location, **names: Any) -> None:
        self.problems.append(problem(code, where, **names))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Refused

    def refuse(self, code: str, where: Location, **names: Any) -> _Refused:
        self.problems.append(problem(code, where, **names))
        return _Refused()

    def at(self, mark: Any) -> Location:
        return Location(self.name, mark.line + 1, mark.column + 1)

    def explain(self, error: yaml.YAMLError) -> Problem:
        """Tell a fault of syntax where the author made it."""
        mark, why = getattr(error, "problem_mark", None), getattr(error, "problem", None) or "unreadable"
        if "end of stream" in why and getattr(error, "context_mark", None):
            mark = error.context_mark  # type: ignore[attr-defined]  # where the quote was opened
        if mark is None:
            return problem("yaml-syntax", Location(self.name), why=why)
        length = len(self.lines[mark.line]) if mark.line < len(self.lines) else 0
        if length > _LIBYAML_KEY:
            return problem("too-long", self.at(mark), what="the key", length=length, limit=MAX_KEY)
        return problem("yaml-syntax", self.at(mark), why=why)

    def read(self) -> Mapping | None:
        self._refuse_directives()
        loader = _Loader(self.text)
        try:
            return self._read_document(loader)
        finally:
            loader.dispose()

    def _refuse_directives(self) -> None:
        for number, line in enumerate(self.lines, 1):
            if line.startswith("%"):
                raise self.refuse("directive-forbidden", Location(self.name, number))
            if line.strip() and not line.lstrip().startswith("#"):
                return

    def _read_document(self, loader: Any) -> Mapping | None:
        loader.get_event()  # stream start
        start = loader.get_event()
        if isinstance(start, yaml.StreamEndEvent):
            raise self.refuse("empty", Location(self.name))
        first = loader.get_event()
        if isinstance(first, yaml.ScalarEvent) and first.value == "" and first.implicit[0]:
            raise self.refuse("empty", self.at(start.start_mark))
        root = self._node(loader, first, depth=0)
        self._refuse_more(loader)
        if not isinstance(root, Mapping):
            found = "a list" if isinstance(root, Sequence) else "a single value"
            raise self.refuse("root-not-mapping", root.location, found=found)
        return root

    def _refuse_more(self, loader: Any) -> None:
        end, after = loader.get_event(), loader.get_event()
        if isinstance(after, yaml.StreamEndEvent):
            return
        if getattr(end, "explicit", False):
            raise self.refuse("yaml-syntax", self.at(end.start_mark), why="text after the end marker `...`")
        raise self.refuse("second-document", self.at(after.start_mark))

    def _node(self, loader: Any, event: Any, depth: int) -> Node:
        if event.__class__ is yaml.ScalarEvent:
            return self._scalar(event)
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            cycle = event.anchor in self.open_anchors
            self.report("alias-cycle" if cycle else "alias-forbidden", self.at(mark), name=event.anchor)
            return Scalar(self.name, mark, "")
        if event.anchor or event.tag:
            self._report_marks(event, event.tag)
        if depth >= MAX_DEPTH:
            raise self.refuse("too-deep", self.at(mark), limit=MAX_DEPTH)
        self.open_anchors.append(event.anchor)
        read = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        node = read(loader, mark, depth + 1)
        self.open_anchors.pop()
        return node

    def _report_marks(self, event: Any, tag: str | None) -> None:
        if event.anchor:
            self.report("alias-forbidden", self.at(event.start_mark))
        if tag:
            self.report("tag-forbidden", self.at(event.start_mark), tag=tag)

    def _scalar(self, event: Any, *, is_key: bool = False) -> Scalar:
        mark, style, text = event.start_mark, event.style, event.value
        if event.anchor or event.tag:
            self._report_marks(event, "" if event.tag == "!" and event.implicit[1] else event.tag)
        if len(text) > MAX_SCALAR:
            self.report("too-long", self.at(mark), what="the text", length=len(text), limit=MAX_SCALAR)
            text = text[:MAX_SCALAR]
        if not self.is_harmless:
            self._report_characters(text, self.at(mark), is_block=style in ("|", ">"), is_key=is_key)
        is_cut = not style and self.has_comments and self._comment_follows(event.end_mark)
        return Scalar(self.name, mark, text, is_cut, not style, style == "|")

    def _report_characters(self, text: str, where: Location, *, is_block: bool, is_key: bool) -> None:
        for index, code, names in find_bad_characters(text, is_id=is_key):
            line = text.count("\n", 0, index) + 1 if is_block else 0
            self.report(code, Location(self.name, where.line + line, where.column), **names)

    def _comment_follows(self, mark: Any) -> bool:
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        return line[mark.column :].lstrip().startswith("#")

    def _sequence(self, loader: Any, mark: Any, depth: int) -> Sequence:
        node = Sequence(self.name, mark)
        items = node.items
        while (event := loader.get_event()).__class__ is not yaml.SequenceEndEvent:
            if len(items) >= MAX_ITEMS:
                raise self.refuse("too-many", node.location, count=f"over {MAX_ITEMS}", what="items", limit=MAX_ITEMS)
            items.append(self._node(loader, event, depth))
        return node

    def _mapping(self, loader: Any, mark: Any, depth: int) -> Mapping:
        node = Mapping(self.name, mark)
        items = node.items
        seen: dict[str, Scalar] = {}
        while (event := loader.get_event()).__class__ is not yaml.MappingEndEvent:
            if len(items) >= MAX_ITEMS:
                raise self.refuse("too-many", node.location, count=f"over {MAX_ITEMS}", what="keys", limit=MAX_ITEMS)
            known = _GOOD_KEYS.get(event.value) if event.__class__ is yaml.ScalarEvent else None
            key = self._scalar(event) if known else self._key(loader, event, depth)
            event = loader.get_event()
            # Most values are scalars: one call less for each.
            is_scalar = event.__class__ is yaml.ScalarEvent
            value = self._scalar(event) if is_scalar else self._node(loader, event, depth)
            if key is None:
                continue
            if (other := seen.setdefault(known or _fold(key.text), key)) is key:
                items[key.text] = (key, value)
            else:
                self._report_same(key, other)
        return node

    def _key(self, loader: Any, event: Any, depth: int) -> Scalar | None:
        before = len(self.problems)
        is_scalar = event.__class__ is yaml.ScalarEvent
        key = self._scalar(event, is_key=True) if is_scalar else self._node(loader, event, depth)
        where = key.location
        if not isinstance(key, Scalar):
            found = "a list" if isinstance(key, Sequence) else "a mapping"
            self.report("non-string-key", where, found=found)
            return None
        if key.text == "<<" and key.is_plain:
            self.report("merge-forbidden", where)
        elif len(key.text) > MAX_KEY:
            self.report("too-long", where, what="the key", length=len(key.text), limit=MAX_KEY)
        elif not key.text.strip():
            self.report("non-string-key", where, found="nothing")
        elif len(self.problems) == before and not _KEY.match(key.text):
            self.report("id-charset", where, value=key.text)
        elif len(self.problems) == before and len(_GOOD_KEYS) < 1_000:
            _GOOD_KEYS[key.text] = _fold(key.text)
        return key

    def _report_same(self, key: Scalar, other: Scalar) -> None:
        if other.text == key.text:
            self.report("duplicate-key", key.location, key=key.text, line=other.location.line)
        elif unicodedata.normalize("NFC", other.text) == unicodedata.normalize("NFC", key.text):
            self.report("duplicate-key-normalised", key.location, key=key.text, line=other.location.line)
        else:
            self.report("slug-collision", key.location, value=key.text, other=other.text)


@lru_cache(maxsize=10_000)
def _fold(key: str) -> str:
    """Return what two keys have in common that would lead to one address."""
    return _FOLD.sub("-", unicodedata.normalize("NFKC", key).casefold().strip())


def walk_scalars(node: Node) -> Iterator[Scalar]:
    """Yield every scalar value below a node, depth first, keys left out."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for _, value in node.items.values():
            yield from walk_scalars(value)
    else:
        for value in node.items:
            yield from walk_scalars(value)
