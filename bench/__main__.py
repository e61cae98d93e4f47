"""Measures the budgets of speed and weight: `make bench`, or `python -m bench reading` for some of them.

Seconds differ from machine to machine, so builds are told in U: one plain build with MkDocs and Material of 60
pages in one language, in the same run. A budget that is not held is said to be so, and is no failure. What could not
be measured is told as a fault, and in the end by the exit status: 0 when all of it ran, else 1.
"""

import compileall
import logging
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.finder import finder
from bench.first_load import first_load
from bench.pages import builds, weights
from bench.reading import reading
from bench.rows import ROOT, Measure, Row
from bench.screens import screens
from bench.site import beside, serving
from bench.sites import Sites

PARTS = ("reading", "wizard", "finder", "site")


def machine() -> str:
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} processors, load {_load()} at the start"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def measures(parts: list[str], scratch: Path) -> Iterator[Measure]:
    if "reading" in parts:
        yield from reading(scratch)
    if "wizard" in parts:
        yield from screens()
        yield from first_load(scratch)
    if "finder" in parts:
        yield from finder()
    if "site" in parts:
        sites = Sites(scratch)
        for part in (builds, weights, serving, beside):
            yield from part(sites)


def measure_all(measures: Iterable[Measure], tell: Callable[[str], object]) -> tuple[Table, list[Row]]:
    """Take all measures one after the other. `tell` hears of each row at once."""
    table, rows = Table("what", "measured", "budget", "held"), []
    for row in (row for measure in measures for row in measure.rows()):
        tell(f"  {row.what}: {row.measured}")
        table.add_row(row.what, row.measured, row.budget, row.verdict)
        rows.append(row)
    return table, rows


def summary(rows: list[Row], seconds: float) -> str:
    budgets = [row for row in rows if row.held is not None]
    held, faults = sum(bool(row.held) for row in budgets), sum(row.is_fault for row in rows)
    return f"{held} of {len(budgets)} budgets held, {faults} faults, {seconds:.0f} s, load {_load()} at the end"


def main(wanted: list[str]) -> int:
    """Print all rows; return the exit status."""
    if unknown := set(wanted) - set(PARTS):
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    begun, wanted = time.monotonic(), wanted or list(PARTS)
    logging.disable(logging.WARNING)  # Streamlit tells that it runs without a server
    # As an installed program: some environments forbid Python to keep what it has compiled.
    compileall.compile_dir(ROOT / "src", quiet=1)
    print(machine())
    console = Console(width=None if sys.stdout.isatty() else 130)
    with tempfile.TemporaryDirectory() as folder:
        # Nothing that was kept before counts, and nothing is left behind.
        os.environ["HELPTREE_CACHE"] = f"{folder}/kept"
        asked = measures(wanted, Path(folder))
        table, rows = measure_all(asked, lambda line: print(line, file=sys.stderr, flush=True))
    console.print(table)
    print(summary(rows, time.monotonic() - begun))
    return int(any(row.is_fault for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
