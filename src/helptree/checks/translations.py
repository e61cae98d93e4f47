"""Checks what catalogs are judged by: the languages, and the sheets beside the catalogs. See verdict.py for these.

What a language as a whole must reach is in coverage.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from helptree.checks.judge import Context, Judge
from helptree.checks.texts import link_rules
from helptree.checks.verdict import read_review_sheet, sheet_problem
from helptree.content import Content
from helptree.files import GLOSSARY, REVIEW_SUFFIX, RawBytes
from helptree.glossary import read_glossary
from helptree.plural_forms import default_plural_forms, plural_rule
from helptree.problems import Problem, nearest, problem
from helptree.shapes import LanguageFile, StatusFile
from helptree.text_entry import TextEntry


def check_languages(content: Content) -> Iterator[Problem]:
    """Yield the problems of languages.yaml."""
    for tag, item in content.of("language").items():
        assert isinstance(item.shape, LanguageFile)
        try:
            plural_rule(item.shape.plural_forms or "nplurals=1; plural=0;")
        except ValueError as error:
            where = item.at(("plural_forms",))
            yield problem("bad-value", where, where="plural_forms", value=item.shape.plural_forms, why=error)
        if not item.shape.plural_forms and not default_plural_forms(tag):
            yield problem("missing-key", item.at(), where=f"the language {tag!r}", key="plural_forms")
        known = set(content.of("language"))
        for index, other in enumerate(item.shape.fallback):
            if other not in known:
                names = {"where": "fallback", "value": other, "expected": "a language in catalogs/languages.yaml"}
                yield problem("unknown-target", item.at(("fallback", index)), suggestion=nearest(other, known), **names)


def check_sheets(content: Content) -> Iterator[Problem]:
    """Yield the problems of the glossary, and of reviews that belong to no catalog."""
    stems = {raw.stem for raw in content.catalogs}
    for raw in content.sheets:
        if raw.name == GLOSSARY:
            yield from _check_glossary(raw)
        elif raw.name.endswith(REVIEW_SUFFIX) and raw.stem.removesuffix(".review") not in stems:
            yield from read_review_sheet(raw)[1]


def _check_glossary(raw: RawBytes) -> Iterator[Problem]:
    text, problems = raw.decode()
    yield from problems
    try:
        if not problems:
            read_glossary(text)
    except ValueError as error:
        yield sheet_problem(raw.name, error)


def make_context(content: Content) -> Context:
    """Return what translations of this content are judged by."""
    statuses = {id_: i.shape for id_, i in content.of("status").items() if isinstance(i.shape, StatusFile)}
    return Context(
        rules=link_rules(content),
        plural_forms={
            tag: _plural_forms(tag, item.shape)
            for tag, item in content.of("language").items()
            if isinstance(item.shape, LanguageFile)
        },
        labels={id_: shape.label for id_, shape in statuses.items()},
        wordings={
            id_: {tag: [w.text for w in row] for tag, row in shape.wordings.items()} for id_, shape in statuses.items()
        },
        glossary=next((raw.decode()[0] for raw in content.sheets if raw.name == GLOSSARY), ""),
    )


def make_judge(content: Content, entries: Iterable[TextEntry]) -> Judge:
    """Return a judge of translations into the languages of this content."""
    by_key = {entry.key: entry for entry in entries}
    return Judge(lambda: by_key, make_context(content))


def _plural_forms(tag: str, row: LanguageFile) -> str:
    """Return the plural rule of a language, '' when it has none that works."""
    header = row.plural_forms or default_plural_forms(tag)
    try:
        return header if header and plural_rule(header) else ""
    except ValueError:
        return ""
