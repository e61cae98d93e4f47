"""Measures the budgets of speed: `make bench`.

Seconds differ from machine to machine, so whole builds are told in U: one plain build with MkDocs and Material of
60 pages in one language, in the same run. Nothing here fails; a budget that is not held is said to be so.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.finder import tables as finder_tables
from bench.site import tables as site_tables
from bench.trees import write_tree
from helptree.project import open_project

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PAGES = 60
WORDS = 200


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest run: the others were disturbed."""

    def seconds() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return min(seconds() for _ in range(runs))


def command(folder: Path, *arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([BIN / arguments[0], *arguments[1:]], cwd=folder, capture_output=True, check=True)


def write_plain_site(folder: Path) -> None:
    """What U builds."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: U\ntheme: {name: material, font: false}\n")
    for number in range(PAGES):
        text = "\n\n".join(f"## Part {part}\n\n" + "word " * (WORDS // 5) for part in range(5))
        (folder / "docs" / f"page-{number}.md").write_text(f"# Page {number}\n\n{text}\n")


def measure(scratch: Path) -> Table:
    write_plain_site(scratch / "plain")
    write_tree(scratch / "large", 5000)
    shipped = ROOT / "decision_tree"
    table = Table("what", "seconds", "budget", "held")
    unit = best_of(3, command(scratch / "plain", "mkdocs", "build", "--quiet"))
    table.add_row(f"U: plain build of {PAGES} pages", f"{unit:.2f}", "", "")
    for what, budget, seconds in [
        ("shipped tree, all languages: load, check, build the model", 0.5, best_of(5, lambda: open_project(shipped))),
        ("5,000 nodes: load, check, build the model", 2.0, best_of(3, lambda: open_project(scratch / "large"))),
        ("helptree check, whole command", 1.0, best_of(3, command(ROOT, "helptree", "check"))),
    ]:
        table.add_row(what, f"{seconds:.2f}", f"{budget:.1f} s", "yes" if seconds < budget else "NO")
    return table


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Console().print(measure(Path(folder)))
    Console().print(*finder_tables())
    Console().print(*site_tables())
