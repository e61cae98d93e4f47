"""What is measured, as rows of one table; and the ways to measure."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Row:
    """`held`: whether the measure keeps the budget; None where there is none."""

    what: str
    measured: str
    budget: str = ""
    held: bool | None = None


def limit(what: str, value: float, budget: float, unit: str, note: str = "") -> Row:
    """A row that is held when the value is at most the budget."""
    digits = 0 if unit == "KiB" else 2
    measured = f"{value:.{digits}f} {unit}{f' ({note})' if note else ''}"
    return Row(what, measured, f"{budget:g} {unit}", value <= budget)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest run: the others were disturbed."""
    return min(seconds(work) for _ in range(runs))


def module(name: str, *arguments: object, folder: Path = ROOT, kept: Path | None = None) -> Callable[[], object]:
    """A whole command, run with this Python. `kept`: where it keeps what it finds out."""
    command = [sys.executable, "-m", name, *map(str, arguments)]
    environment = {**os.environ, **({"HELPTREE_CACHE": str(kept)} if kept else {})}
    return lambda: subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)


def best_after(runs: int, edit: Callable[[int], object], work: Callable[[], object]) -> float:
    """Seconds of the fastest run, each after an edit of its own."""
    taken = []
    for number in range(runs):
        edit(number)
        taken.append(seconds(work))
    return min(taken)


def nth_word(number: int) -> str:
    """Another word for each edit; a digit would be a number that the English lacks."""
    return "abcdefghij"[number] * 3
