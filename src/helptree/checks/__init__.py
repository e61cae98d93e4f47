"""Checks: functions that yield problems. Relations are judged only when single values are clean."""

from __future__ import annotations

from helptree.catalogs import Catalog
from helptree.checks.flow import check_flow
from helptree.checks.links import check_links
from helptree.checks.shape import check_shapes
from helptree.checks.staff import check_staff
from helptree.checks.texts import check_texts
from helptree.checks.translations import check_translations
from helptree.content import Content
from helptree.entries import TextEntry, content_entries, ui_entries
from helptree.load import RawTree
from helptree.problems import Problem, Severity, has_errors


def check(raw: RawTree) -> tuple[Content, dict[str, Catalog], tuple[TextEntry, ...], list[Problem]]:
    """Return the content, its catalogs, its texts with those of the interface, and all problems, sorted by place."""
    content, problems = check_shapes(raw)
    problems = [*raw.problems, *problems]
    catalogs: dict[str, Catalog] = {}
    entries: list[TextEntry] = []
    if content.tree:
        entries = content_entries(content)
        problems += check_texts(content, entries)
        entries += ui_entries()
        catalogs, found = check_translations(content, entries)
        problems += found
        problems += check_links(content)
        problems += check_staff(content)
    if not has_errors(problems):
        problems += check_flow(content)
    if has_errors(problems):
        # A renamed node has "missing" translations until its links are mended: warnings wait for the cause.
        problems = [found for found in problems if found.kind.severity is Severity.ERROR]
    return content, catalogs, tuple(entries), sorted(problems, key=lambda problem: problem.sort_key)
