"""Checks words that readers will see, in a source text and in a translation alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helptree.checks.markdown import LinkRules, find_in_text, find_unfinished
from helptree.placeholders import PLACEHOLDER
from helptree.problems import Location, Problem, problem

_BRACED = re.compile(r"\{[^{}]*\}|[{}]")
_FORMULA = re.compile(r"[=@\t]|[+-][\w(=]")


def check_words(text: str, where: Location, rules: LinkRules, *, is_block: bool = False) -> Iterator[Problem]:
    """Yield problems that a source text and a translation have alike. `is_block`: the text begins a line below."""
    for offset, code, names in find_in_text(text, rules):
        line = where.line + 1 + offset if is_block else where.line
        yield problem(code, Location(where.path, line, where.column), **names)
    for braced in _BRACED.findall(text) if "{" in text or "}" in text else ():
        if not PLACEHOLDER.fullmatch(braced):
            yield problem("placeholder-syntax", where, what=braced)
    if marker := find_unfinished(text):
        yield problem("unfinished", where, what=marker)
    if _FORMULA.match(text):
        yield problem("formula-start", where)
