"""Two invented languages that need no translator, to find English that is fixed in the program.

`accented` is English in accented letters and 40 % longer, as German or Finnish would be; `rtl` is English in Arabic
letters, so that a page shows how it looks from right to left. Both keep placeholders, links, marks, names and
numbers. A word in plain letters on such a page came past the catalogs.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

import polib

from helptree.catalogs import Catalog, parse_po, read_catalog
from helptree.files import GLOSSARY
from helptree.glossary import read_glossary
from helptree.locales import Language, make_language
from helptree.merging import make_template
from helptree.plural_forms import plural_rule
from helptree.project import Project
from helptree.translation_files import catalog_path, merged_catalog, write_text

Kind = Literal["accented", "rtl"]
KINDS: tuple[Kind, ...] = ("accented", "rtl")
TAGS: dict[Kind, str] = {"accented": "en-XA", "rtl": "ar-XB"}
_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_ARABIC = "ابجدهفغحيژكلمنوپقرستثڤشخطز"
_TO_ACCENTED = str.maketrans(_LATIN, _ACCENTED)
_TO_ARABIC = str.maketrans(_LATIN, _ARABIC * 2)
# What stays as it is: placeholders, targets of links, code, addresses, entities. Names of the glossary are added.
_KEPT = r"\{\w+\}|\]\([^)]*\)|`+[^`]*`+|https?://[^\s)>]+|[\w.+-]+@[\w.-]+|&\w+;|\b[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s\])]*)?"
_ENDS = re.compile(r"(\s*)(.*?)([.!?:…*\"”)]*)(\s*)", re.S)
_PADDING = " lorem ipsum dolor amet sed elit magna vita nova casa"
_PLAIN_WORD = re.compile(r"(?<![^\W\d_])[A-Za-z]{2,}(?![^\W\d_])")
_BLOCK_MARK = re.compile(r"(\s*(?:#{1,6} |[-*+] |\d+[.)] |> |\|)?)(.*)", re.S)


@dataclass(frozen=True, slots=True)
class _Writing:
    """How a kind writes a text."""

    letters: dict[int, int]
    growth: float


_WRITINGS: dict[Kind, _Writing] = {"accented": _Writing(_TO_ACCENTED, 0.4), "rtl": _Writing(_TO_ARABIC, 0.0)}


def pseudo_text(text: str, kind: Kind, kept: Collection[str] = ()) -> str:
    """Return a text in an invented language. `kept`: names that stay as they are."""
    writing, paragraphs = _WRITINGS[kind], text.split("\n\n")
    return "\n\n".join(_pseudo_paragraph(paragraph, writing, _keeper(kept)) for paragraph in paragraphs)


def _keeper(kept: Collection[str]) -> re.Pattern[str]:
    names = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(kept, key=len, reverse=True))
    return re.compile(f"{_KEPT}|{names}" if names else _KEPT)


def _pseudo_paragraph(text: str, writing: _Writing, keeper: re.Pattern[str]) -> str:
    before, body, end, after = _split(text, keeper)
    if not re.search(r"[A-Za-z]", keeper.sub("", body)):
        return text
    padding = _PADDING * (1 + len(body) // len(_PADDING))
    padding = padding[: round(writing.growth * len(body))].rstrip()
    return before + _write(body, writing, keeper) + padding.translate(writing.letters) + end + after


def _split(text: str, keeper: re.Pattern[str]) -> tuple[str, str, str, str]:
    """Return white space, words, closing punctuation, white space: what makes a text longer goes before its end."""
    found = _ENDS.fullmatch(text)
    assert found
    before, body, end, after = found.groups()
    kept_to = max((match.end() for match in keeper.finditer(text)), default=0) - found.start(3)
    return (before, body + end[:kept_to], end[kept_to:], after) if kept_to > 0 else (before, body, end, after)


def _write(text: str, writing: _Writing, keeper: re.Pattern[str]) -> str:
    parts, at = [], 0
    for match in keeper.finditer(text):
        parts += [text[at : match.start()].translate(writing.letters), match[0]]
        at = match.end()
    return "".join([*parts, text[at:].translate(writing.letters)])


def pseudo_page(markdown: str, kind: Kind, kept: Collection[str] = ()) -> str:
    """Return a hand-written page in an invented language, line by line: what makes it a list or heading stays."""
    lines = []
    for line in markdown.split("\n"):
        found = _BLOCK_MARK.fullmatch(line)
        assert found
        lines.append(found[1] + pseudo_text(found[2], kind, kept) if found[2].strip() else line)
    return "\n".join(lines)


def find_plain_words(text: str, kept: Collection[str] = ()) -> list[str]:
    """Return the words of a shown text that stand in plain Latin letters: in a pseudo-language, left-over English."""
    return _PLAIN_WORD.findall(_keeper(kept).sub(" ", text))


def kept_names(project: Project) -> tuple[str, ...]:
    """Return the names that the glossary keeps as they are."""
    path = project.folder / GLOSSARY
    return read_glossary(path.read_text(encoding="utf-8")).kept if path.exists() else ()


def pseudo_language(kind: Kind) -> Language:
    """Return the row of an invented language."""
    return make_language(TAGS[kind], autonym=pseudo_text("Pseudo language", kind))


def pseudo_po(project: Project, kind: Kind) -> polib.POFile:
    """Return the PO file of an invented language, with everything translated."""
    return _fill(parse_po(str(make_template(project.entries_for_translators()))), project, kind)


def _fill(po: polib.POFile, project: Project, kind: Kind) -> polib.POFile:
    language, kept = pseudo_language(kind), kept_names(project)
    translate: Callable[[str], str] = partial(pseudo_text, kind=kind, kept=kept)
    count, rule = plural_rule(language.plural_forms)
    po.metadata |= {"Language": language.tag, "Plural-Forms": language.plural_forms}
    for entry in po:
        if entry.msgid_plural:
            many = translate(entry.msgid_plural)
            entry.msgstr_plural = dict.fromkeys(range(count), many) | {rule(1): translate(entry.msgid)}
        else:
            entry.msgstr = translate(entry.msgid)
    return po


def make_pseudo_catalog(project: Project, kind: Kind) -> Catalog:
    """Return the catalog of an invented language, with everything translated."""
    return read_catalog(TAGS[kind], pseudo_po(project, kind))


def with_pseudo(project: Project, kinds: Collection[Kind] = KINDS) -> Project:
    """Return the project with invented languages added, in memory. Hand-written pages stay in English."""
    languages = {TAGS[kind]: pseudo_language(kind) for kind in kinds}
    catalogs = {TAGS[kind]: make_pseudo_catalog(project, kind) for kind in kinds}
    return replace(project, languages={**project.languages, **languages}, catalogs={**project.catalogs, **catalogs})


def copy_with_pseudo(project: Project, folder: Path, kinds: Collection[Kind] = KINDS) -> Iterator[Path]:
    """Copy a tree to a new folder and add invented languages to the copy; yield the files that were added.

    Raises FileExistsError when the folder is there.
    """
    shutil.copytree(project.folder, folder)
    copied = replace(project, folder=folder)
    rows = folder / "catalogs" / "languages.yaml"
    for kind in kinds:
        language = pseudo_language(kind)
        row = f'{language.tag}: {{autonym: "{language.autonym}"}}\n'
        before = rows.read_text(encoding="utf-8") if rows.exists() else ""
        write_text(rows, before.rstrip("\n") + f"\n{row}" if before.strip() else row)
        path = catalog_path(copied, language)
        write_text(path, str(pseudo_po(project, kind)))
        write_text(path, merged_catalog(copied, language))
        yield path
        yield from _copy_pages(copied, kind)


def _copy_pages(project: Project, kind: Kind) -> Iterator[Path]:
    for page in project.tree.pages.values():
        path = project.folder / "pages" / f"{page.id}.{TAGS[kind]}.md"
        source = page.texts[project.tree.source_locale]
        write_text(path, pseudo_page(source, kind, kept_names(project)))
        yield path
