"""What is measured, as rows of one table; and the ways to measure."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
# A command that takes longer hangs, and is told as a fault.
_LONGEST = 240


@dataclass(frozen=True)
class Row:
    """`held`: whether the measure keeps the budget; None where there is none. `is_fault`: nothing could be measured."""

    what: str
    measured: str
    budget: str = ""
    held: bool | None = None
    is_fault: bool = False

    @property
    def verdict(self) -> str:
        """What stands in the column of budgets held."""
        return "FAULT" if self.is_fault else {True: "yes", False: "NO", None: ""}[self.held]


@dataclass(frozen=True)
class Measure:
    """What can be measured by itself: its fault is told as a row, and the others go on."""

    what: str
    take: Callable[[], Iterable[Row]]

    def rows(self) -> Iterator[Row]:
        """Yield what was measured, and then the fault, if any."""
        try:
            yield from self.take()
        except Exception as error:
            yield Row(self.what, f"fault: {_reason(error)}", is_fault=True)


def _reason(error: Exception) -> str:
    """One line: of a command that failed, the last one it wrote."""
    output = ""
    if isinstance(error, subprocess.CalledProcessError):
        output = next((text for text in map(_text, (error.stderr, error.output)) if text.strip()), "")
    return (output.strip() or f"{type(error).__name__}: {error}").splitlines()[-1]


def _text(output: str | bytes | None) -> str:
    return output.decode(errors="replace") if isinstance(output, bytes) else output or ""


def limit(what: str, value: float, budget: float, unit: str, note: str = "") -> Row:
    """A row that is held when the value is at most the budget."""
    digits = 0 if unit == "KiB" else 2
    measured = f"{value:.{digits}f} {unit}{f' ({note})' if note else ''}"
    return Row(what, measured, f"{budget:g} {unit}", value <= budget)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@dataclass(frozen=True)
class Cost:
    """Seconds that commands took: on the clock; and of processors, which others that work here disturb less."""

    clock: float
    processor: float

    def __truediv__(self, other: "Cost") -> "Cost":
        return Cost(self.clock / other.clock, self.processor / other.processor)


def cost_of(command: Callable[[], object]) -> Cost:
    before, clock = os.times(), seconds(command)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(clock, spent)


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest run: the others were disturbed."""
    return min(seconds(work) for _ in range(runs))


def module(name: str, *arguments: object, folder: Path = ROOT, kept: Path | None = None) -> Callable[[], object]:
    """A whole command, run with this Python. `kept`: where it keeps what it finds out."""
    command = [sys.executable, "-m", name, *map(str, arguments)]
    environment = {**os.environ, **({"HELPTREE_CACHE": str(kept)} if kept else {})}
    settings = {"cwd": folder, "env": environment, "capture_output": True, "check": True, "timeout": _LONGEST}
    return lambda: subprocess.run(command, **settings)


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
