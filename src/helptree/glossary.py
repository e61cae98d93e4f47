"""The translators' glossary, `catalogs/glossary.csv`: terms to keep as they are, and terms with a fixed translation.

Columns: `term`, `rule` (`keep` or `translate`), then one for each language. A cell holds the part of the word that
never changes, so that inflected forms are found; several are separated by `|`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_RULES = ("keep", "translate")


@dataclass(frozen=True, slots=True)
class Term:
    """One row. `accepted`: locale -> parts of which one must occur in the translation."""

    term: str
    is_kept: bool
    accepted: Mapping[str, tuple[str, ...]]
    pattern: re.Pattern[str]

    def occurs_in(self, source: str) -> bool:
        """Say whether an English text speaks of this term."""
        return bool(self.pattern.search(source))


@dataclass(frozen=True, slots=True)
class Glossary:
    """All rows of the sheet."""

    terms: tuple[Term, ...] = ()
    # One search decides for most texts that they hold no term at all.
    any_term: re.Pattern[str] = field(default_factory=lambda: re.compile(r"(?!)"))
    # The same English is asked for by every language.
    _found: dict[str, tuple[Term, ...]] = field(default_factory=dict)

    def terms_in(self, source: str) -> tuple[Term, ...]:
        """Return the terms that an English text speaks of."""
        if source not in self._found:
            is_any = self.any_term.search(source)
            self._found[source] = tuple(term for term in self.terms if term.occurs_in(source)) if is_any else ()
        return self._found[source]

    @property
    def kept(self) -> tuple[str, ...]:
        """The terms that stay as they are in every language."""
        return tuple(term.term for term in self.terms if term.is_kept)


def read_glossary(text: str) -> Glossary:
    """Return the glossary of a sheet. Raises ValueError with the line and the reason."""
    reader = csv.DictReader(io.StringIO(text), restkey="more", restval="")
    columns = list(reader.fieldnames or ())
    if columns[:2] != ["term", "rule"]:
        raise ValueError("line 1: the first columns must be: term,rule")
    terms = []
    for row in reader:
        if not row["term"].strip() or row["rule"] not in _RULES or "more" in row:
            raise ValueError(f"line {reader.line_num}: each row is: term, keep or translate, a cell for each language")
        terms.append(_term(row, columns[2:]))
    return Glossary(tuple(terms), _any_of(terms))


def _term(row: Mapping[str, str], locales: list[str]) -> Term:
    is_kept = row["rule"] == "keep"
    cells = {locale: tuple(part.strip() for part in row[locale].split("|") if part.strip()) for locale in locales}
    # A name is written in one way; of other words the plural and a capital first letter are the same term.
    flags = 0 if is_kept else re.I
    pattern = re.compile(rf"(?<!\w){re.escape(row['term'].strip())}{'' if is_kept else '(?:s|es)?'}(?!\w)", flags)
    return Term(row["term"].strip(), is_kept, {key: cell for key, cell in cells.items() if cell}, pattern)


def _any_of(terms: list[Term]) -> re.Pattern[str]:
    if not terms:
        return re.compile(r"(?!)")
    return re.compile("|".join(re.escape(term.term) for term in terms), re.I)
