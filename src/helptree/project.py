"""Opens a folder of content: everything from reading to the model in one call. The door for all edges.

What was found out about a tree is kept (see kept.py), and found out again only where something has changed: the tree
as a whole, the catalogs one by one.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from helptree import kept
from helptree.catalogs import Catalog, locale_of
from helptree.checks.coverage import find_gap
from helptree.checks.judge import Judge
from helptree.checks.verdict import Sheets, Verdict, check_locale, judge_catalogs
from helptree.files import REVIEW_SUFFIX, RawBytes, raw_bytes, scan
from helptree.lazy import LazyCatalogs, LazyTexts
from helptree.locales import Language
from helptree.model import Journey, StaffTree, Tree
from helptree.part import ContentPart
from helptree.problems import Location, Problem, ProblemsFound, Severity, has_errors, nearest, problem
from helptree.text_entry import TextEntry
from helptree.translator import Translator

if TYPE_CHECKING:
    from helptree.opening import Opening


@dataclass(frozen=True)
class Project:
    """An opened folder: the model, its languages and catalogs, and what is left to mend in it."""

    folder: Path
    staff: StaffTree
    languages: Mapping[str, Language]
    catalogs: Mapping[str, Catalog]
    journeys: tuple[Journey, ...]
    entries: Sequence[TextEntry]
    problems: tuple[Problem, ...]
    # Those included that are off: what translators work on.
    all_languages: Mapping[str, Language] = field(default_factory=dict)
    # As it was read: a project that was changed since is another.
    opened: ContentPart | None = None

    @property
    def key(self) -> str:
        """The fingerprint of what readers see of the tree; it takes a while to work out."""
        opened = self.opened
        if not opened or not opened.name or opened.staff is not self.staff or opened.languages is not self.languages:
            return self._work_out_key()
        return kept.remember(f"public-{opened.name}", self._work_out_key)

    def _work_out_key(self) -> str:
        return kept.digest(repr(self.tree), repr(self.languages))

    @property
    def tree(self) -> Tree:
        """The public projection."""
        return self.staff.public

    def entries_for_translators(self) -> tuple[TextEntry, ...]:
        """Return all entries in the order of reading, with notes."""
        from helptree.translation_order import noted_entries

        translator = self.translator(self.tree.source_locale)
        return noted_entries(tuple(self.entries), self.tree, translator.fact)

    def translator(self, locale: str) -> Translator:
        """Return the tree's texts in one of `languages`. Raises KeyError for another locale."""
        return Translator(self.tree, self.languages, self.catalogs, locale)


def open_project(folder: Path, today: date | None = None, meanwhile: Callable[[], None] | None = None) -> Project:
    """Read, check and build. Raises ProblemsFound with everything found when any of it is an error.

    `today` decides what is overdue for review; by default the day it is (UTC). Overdue content is told in
    `problems`, as an error even, but it still opens: an old help center is better than none.
    `meanwhile` is what to do next in any case: it is done while another process judges many catalogs, or not at all.
    """
    with _without_collection():
        return _Door(folder, today or datetime.now(UTC).date()).open(meanwhile)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hold back the garbage collector: thousands of nodes are made, none is garbage, and it would look at all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # To the oldest at once: the next small collection would look at all of them, too.
            gc.freeze()
            gc.unfreeze()
        if was_on:
            gc.enable()


class _Door:
    """One opening of one folder."""

    def __init__(self, folder: Path, today: date) -> None:
        self.folder, self.today = folder, today
        self.files = scan(folder)
        self.key = self._content_key() if self.files is not None else ""
        # The files that are judged by themselves.
        self.apart: Mapping[str, RawBytes] = {}
        self._read_entries: tuple[TextEntry, ...] | None = None
        # What was read and is not finished.
        self._opening: Opening | None = None
        self.part = self._kept_part() or self._read_part()

    def _content_key(self) -> str:
        """Return the fingerprint of everything but the catalogs and reviews, of which the names alone count."""
        assert self.files is not None
        parts: list[str | bytes] = [kept.engine_key(), self.today.isoformat(), self.folder.name]
        for name in sorted(self.files):
            parts += [name, b"" if _is_apart(name) else self.files[name]]
        return kept.digest(*parts)

    def _kept_part(self) -> ContentPart | None:
        found = kept.find(f"content-{self.key}") if self.files is not None else None
        if self.files is None or not isinstance(found, ContentPart):
            return None
        self.apart = {name: raw_bytes(name, data) for name, data in self.files.items() if _is_apart(name)}
        return found

    def _read_part(self) -> ContentPart:
        from helptree.opening import Opening

        self._opening = opening = Opening(self.folder, self.files)
        self.apart, self._read_entries = opening.apart, opening.entries
        return opening.part

    def _finish(self) -> None:
        """Check and build what was read, and keep it."""
        opening, self._opening = self._opening, None
        if not opening:
            return
        opening.finish(self.today)
        part = opening.part
        is_good = part.staff and not has_errors((*part.problems, *part.journey_problems))
        part.name = self.key
        if self.key and is_good and opening.is_readable:
            kept.save(f"entries-{self.key}", opening.entries)
            kept.save(f"content-{self.key}", part)

    @cached_property
    def _entries(self) -> tuple[TextEntry, ...]:
        if self._read_entries is None:
            self._read_entries = kept.find(f"entries-{self.key}")
        if self._read_entries is None:
            self._read_part()
            self._finish()
        assert self._read_entries is not None
        return self._read_entries

    @cached_property
    def _by_key(self) -> dict[str, TextEntry]:
        return {entry.key: entry for entry in self._entries}

    def open(self, meanwhile: Callable[[], None] | None = None) -> Project:
        part, catalogs = self.part, LazyCatalogs()

        def finish_and_go_on() -> None:
            self._finish()
            if meanwhile:
                meanwhile()

        found = list(self._judge(catalogs, finish_and_go_on if self._opening or meanwhile else None))
        self._finish()
        problems = [*part.problems, *found]
        if not has_errors(problems):
            problems += part.flow
        if has_errors(problems):
            # A renamed node has "missing" translations until its links are mended: warnings wait for the cause.
            raise ProblemsFound(found for found in problems if found.kind.severity is Severity.ERROR)
        problems += part.journey_problems
        if has_errors(problems):
            raise ProblemsFound(problems)
        problems = sorted([*problems, *part.freshness], key=lambda found: found.sort_key)
        assert part.staff
        texts = LazyTexts(lambda: self._entries)
        return Project(
            folder=self.folder,
            staff=part.staff,
            languages=part.languages,
            catalogs=catalogs,
            journeys=part.journeys,
            entries=texts,
            problems=tuple(problems),
            all_languages=part.all_languages,
            opened=part,
        )

    def _judge(self, catalogs: LazyCatalogs, meanwhile: Callable[[], None] | None) -> Iterator[Problem]:
        """Yield all problems of catalogs, and put those that can be read in their place."""
        if not self.part.context:
            return
        judge = Judge(lambda: self._by_key, self.part.context)
        names = sorted(name for name in self.apart if name.endswith(".po"))
        wrong = {name: found for name in names if (found := self._check_name(name))}
        all_sheets = [self._sheets(name) for name in names if name not in wrong]
        judged = judge_catalogs(all_sheets, judge, self.part.prints, meanwhile)
        for name in names:
            yield from wrong.get(name) or self._take(name, *judged[name], judge, catalogs)
        # One that can't be read is there all the same.
        there = {self.part.source_locale, *(sheets.locale for sheets in all_sheets)}
        for tag, row in self.part.rows.items():
            if tag not in there and row.state != "off":
                yield problem("missing-locale", row.where, value=tag, file=f"{tag.replace('-', '_')}.po")

    def _check_name(self, name: str) -> list[Problem]:
        locale, rows, where = locale_of(self.apart[name].stem), self.part.rows, Location(name)
        if locale in rows:
            return []
        names = {"where": "the file name", "value": locale, "expected": "a language in catalogs/languages.yaml"}
        return list(check_locale(locale, where)) or [problem("unknown-target", where, nearest(locale, rows), **names)]

    def _take(
        self, name: str, verdict: Verdict, read: Callable[[], Catalog], judge: Judge, catalogs: LazyCatalogs
    ) -> Iterator[Problem]:
        """Yield the problems of a catalog, and put it in its place if it can be read."""
        yield from verdict.problems(judge.entries)
        if verdict.is_readable and verdict.locale in catalogs:
            yield problem("duplicate-locale", Location(name), value=self.apart[name].stem, other=verdict.locale)
        elif verdict.is_readable:
            row = self.part.rows[verdict.locale]
            catalogs.add(verdict.locale, verdict.content, read)
            yield from find_gap(verdict.locale, row.state, row.state_where, verdict.states)

    def _sheets(self, name: str) -> Sheets:
        return Sheets(self.apart[name], self.apart.get(f"{name.removesuffix('.po')}{REVIEW_SUFFIX}"))


def _is_apart(name: str) -> bool:
    """Say whether a file is judged by itself: a catalog, or the reviews beside one."""
    return name.startswith("catalogs/") and name.endswith((".po", REVIEW_SUFFIX))


def journey_coverage(project: Project) -> tuple[int, int]:
    """Return how many options of all questions the journeys take, and how many there are."""
    total = sum(len(question.options) for question in project.tree.questions.values())
    unvisited = sum(1 for found in project.problems if found.kind.code == "option-unvisited")
    return (total - unvisited if project.journeys else 0), total
