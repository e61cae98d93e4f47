"""Status by remedy: where a remedy is offered to who sees a status, and how early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helptree.model import Outcome, Remedy, Status, Tree
from helptree.staff.likely import likely_outcomes


@dataclass(frozen=True, slots=True)
class Cell:
    """One remedy for one status. `rank`: 1 where some case tries it first; `cases`: the outcomes that offer it."""

    rank: int
    cases: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One status and its remedies, in the order of the columns; None where a remedy is never offered."""

    status: Status
    cells: tuple[Cell | None, ...]

    @property
    def count(self) -> int:
        """How many remedies there are."""
        return sum(cell is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All statuses by all remedies."""

    columns: tuple[Remedy, ...]
    rows: tuple[MatrixRow, ...]


def make_matrix(tree: Tree) -> Matrix:
    """Return the matrix of a tree."""
    columns = tuple(tree.remedies.values())
    rows = (MatrixRow(status, tuple(_cells(tree, status, columns))) for status in tree.statuses.values())
    return Matrix(columns, tuple(rows))


def _cells(tree: Tree, status: Status, columns: tuple[Remedy, ...]) -> Iterator[Cell | None]:
    outcomes = [likely.outcome for likely in likely_outcomes(tree, status.leads_to)]
    for remedy in columns:
        cases = tuple(outcome for outcome in outcomes if remedy.id in outcome.ways)
        yield Cell(min(case.ways.index(remedy.id) for case in cases) + 1, cases) if cases else None
