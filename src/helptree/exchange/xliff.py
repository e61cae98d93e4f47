"""XLIFF 1.2 and 2.0, for translation programs.

Read with the standard library's parser: a file that declares entities or a document type is refused before it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from xml.parsers import expat

from helptree.catalogs import TranslationState
from helptree.exchange import CannotImport, Row, Sheet, split_id

_NAMESPACE = {"1.2": "urn:oasis:names:tc:xliff:document:1.2", "2.0": "urn:oasis:names:tc:xliff:document:2.0"}
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STATE_12 = {
    TranslationState.MISSING: "needs-translation",
    TranslationState.STALE: "needs-review-translation",
    TranslationState.TRANSLATED: "translated",
    TranslationState.REVIEWED: "final",
}
_STATE_20 = {
    TranslationState.MISSING: "initial",
    TranslationState.STALE: "initial",
    TranslationState.TRANSLATED: "translated",
    TranslationState.REVIEWED: "reviewed",
}
# A text that is there although its state says that it is still to come was written by a program that keeps no states.
_TO_COME = {"needs-translation", "initial", "new", ""}
_STALE_20 = "helptree:stale"


def write_xliff12(sheet: Sheet) -> str:
    """Return the rows as XLIFF 1.2."""
    root = ET.Element("xliff", {"version": "1.2", "xmlns": _NAMESPACE["1.2"]})
    languages = {"source-language": sheet.source_locale, "target-language": sheet.locale}
    file = ET.SubElement(root, "file", {"original": "helptree.pot", "datatype": "plaintext", **languages})
    body = ET.SubElement(file, "body")
    for row in sheet.rows:
        limit = {"maxwidth": str(row.max_length), "size-unit": "char"} if row.max_length else {}
        unit = ET.SubElement(body, "trans-unit", {"id": row.id, "resname": row.key, **limit, _XML_SPACE: "preserve"})
        ET.SubElement(unit, "source").text = row.source
        ET.SubElement(unit, "target", {"state": _STATE_12[row.state]}).text = row.target
        for note in row.notes:
            ET.SubElement(unit, "note", {"from": "developer"}).text = note
    return _to_text(root)


def write_xliff20(sheet: Sheet) -> str:
    """Return the rows as XLIFF 2.0. An id may hold no brackets there: the plural form follows a tilde."""
    languages = {"srcLang": sheet.source_locale, "trgLang": sheet.locale}
    root = ET.Element("xliff", {"version": "2.0", "xmlns": _NAMESPACE["2.0"], **languages})
    file = ET.SubElement(root, "file", {"id": "helptree", "original": "helptree.pot"})
    for row in sheet.rows:
        unit = ET.SubElement(file, "unit", {"id": row.id.replace("[", "~").replace("]", ""), "name": row.id})
        if row.notes:
            notes = ET.SubElement(unit, "notes")
            for note in row.notes:
                ET.SubElement(notes, "note").text = note
        stale = {"subState": _STALE_20} if row.state is TranslationState.STALE else {}
        segment = ET.SubElement(unit, "segment", {"state": _STATE_20[row.state], **stale})
        ET.SubElement(segment, "source", {_XML_SPACE: "preserve"}).text = row.source
        ET.SubElement(segment, "target", {_XML_SPACE: "preserve"}).text = row.target
    return _to_text(root)


def _to_text(root: ET.Element) -> str:
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def read_xliff(text: str) -> Sheet:
    """Return the rows of an XLIFF file of either version. Raises CannotImport."""
    root, lines = _parse(text)
    version = next((version for version, uri in _NAMESPACE.items() if root.tag == f"{{{uri}}}xliff"), "")
    if not version:
        raise CannotImport("it is no XLIFF 1.2 or 2.0")
    uri = f"{{{_NAMESPACE[version]}}}"
    if version == "2.0":
        rows = tuple(_rows_20(root, uri, lines))
        return Sheet(root.get("srcLang", ""), root.get("trgLang", ""), rows)
    file = root.find(f"{uri}file")
    if file is None:
        raise CannotImport("it holds no <file>")
    return Sheet(file.get("source-language", ""), file.get("target-language", ""), tuple(_rows_12(root, uri, lines)))


def _rows_12(root: ET.Element, uri: str, lines: dict[ET.Element, int]) -> Iterator[Row]:
    for unit in root.iter(f"{uri}trans-unit"):
        yield _row(unit.get("id") or "", unit, unit.find(f"{uri}target"), uri, lines[unit])


def _rows_20(root: ET.Element, uri: str, lines: dict[ET.Element, int]) -> Iterator[Row]:
    for unit in root.iter(f"{uri}unit"):
        segments = unit.findall(f"{uri}segment")
        if len(segments) != 1:
            raise CannotImport(f"{unit.get('id')!r} is split into segments; join them first", lines[unit])
        id_ = unit.get("name") or unit.get("id") or ""
        yield _row(id_, segments[0], segments[0].find(f"{uri}target"), uri, lines[unit], segments[0])


def _row(
    id_: str, parent: ET.Element, target: ET.Element | None, uri: str, line: int, told: ET.Element | None = None
) -> Row:
    source, (key, form) = parent.find(f"{uri}source"), split_id(id_)
    for text in (source, target):
        if text is not None and len(text):
            raise CannotImport(f"{key!r} holds inline elements; this project marks gaps and links in plain text", line)
    stated = told if told is not None else target
    word = stated.get("state", "") if stated is not None else ""
    is_stale_20 = word == "initial" and stated is not None and stated.get("subState") == _STALE_20
    is_unsure = is_stale_20 or (word.startswith("needs-") and word not in _TO_COME)
    state = TranslationState.STALE if is_unsure else TranslationState.TRANSLATED
    target_text = target.text if target is not None else None
    return Row(key, (source.text if source is not None else "") or "", target_text or "", state, form, line=line)


def _parse(text: str) -> tuple[ET.Element, dict[ET.Element, int]]:
    """Return the root element and the line of every element."""
    lines: dict[ET.Element, int] = {}
    builder, parser = ET.TreeBuilder(), expat.ParserCreate(namespace_separator="}")

    def start(tag: str, attributes: dict[str, str]) -> None:
        named = {_named(key): value for key, value in attributes.items()}
        lines[builder.start(_named(tag), named)] = parser.CurrentLineNumber

    def refuse(*_: object) -> None:
        raise CannotImport("document types and entities are not allowed", parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: builder.end(_named(tag))
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise CannotImport(expat.ErrorString(error.code), error.lineno) from error
    return builder.close(), lines


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name
