"""Measures the budgets of speed and weight: `make bench`, or `python -m bench reading` for some of them.

Seconds differ from machine to machine, so builds are told in U: one plain build with MkDocs and Material of 60
pages in one language, in the same run. Nothing here fails; a budget that is not held is said to be so.
"""

import compileall
import logging
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.finder import tables as finder_tables
from bench.first_load import measure_first_load
from bench.pages import PAGES, measure_site, measure_unit
from bench.reading import measure_reading
from bench.rows import ROOT, Row
from bench.screens import measure_wizard
from bench.site import measure_delivery

PARTS = ("reading", "wizard", "finder", "site")


def machine() -> str:
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors, load {load} at the start"
    )


def rows(parts: list[str], scratch: Path) -> Iterator[Row]:
    if "reading" in parts:
        yield from measure_reading(scratch)
    if "wizard" in parts:
        yield from measure_wizard(scratch)
        yield from measure_first_load(scratch)
    if "site" in parts:
        unit = measure_unit(scratch)
        yield Row(f"U: plain build of {PAGES} pages in one language", f"{unit:.2f} s")
        yield from measure_site(scratch, unit)
        yield from measure_delivery(scratch, unit)


def main(wanted: list[str]) -> None:
    logging.disable(logging.WARNING)  # Streamlit tells that it runs without a server
    # As an installed program: some environments forbid Python to keep what it has compiled.
    compileall.compile_dir(ROOT / "src", quiet=1)
    wanted = [part for part in PARTS if part in wanted] or list(PARTS)
    print(machine())
    table = Table("what", "measured", "budget", "held")
    with tempfile.TemporaryDirectory() as folder:
        # Nothing that was kept before counts, and nothing is left behind.
        os.environ["HELPTREE_CACHE"] = f"{folder}/kept"
        for row in rows(wanted, Path(folder)):
            print(f"  {row.what}: {row.measured}", file=sys.stderr, flush=True)
            table.add_row(row.what, row.measured, row.budget, {True: "yes", False: "NO", None: ""}[row.held])
    console = Console(width=None if sys.stdout.isatty() else 130)
    console.print(table)
    if "finder" in wanted:
        console.print(*finder_tables())


if __name__ == "__main__":
    main(sys.argv[1:])
