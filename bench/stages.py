"""Opens one folder in a process of its own, as an author does: the seconds of each stage as JSON.

Nothing is kept for the stages, so that each is run; then the folder is opened again with everything kept. Wall time
counts for the budget; CPU time, that of a second process included, tells what a busy machine hides.
"""

import gc
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from helptree import opening
from helptree.project import open_project

# Seconds to open the shipped tree, and one of 5,000 nodes.
BUDGET, LARGE_BUDGET = 0.5, 2.0


def main(folder: Path, budget: float) -> None:
    spent = _nothing_kept(folder)
    with tempfile.TemporaryDirectory() as place:
        os.environ["HELPTREE_CACHE"] = place
        open_project(folder)
        spent["kept"] = _seconds(folder)
    print(json.dumps(spent))
    for what, key, note in (("nothing kept", "open", f", {spent['cpu']:.2f} s of CPU"), ("kept", "kept", "")):
        print(f"{folder.name}, {what}: {spent[key]:.2f} s{note} (budget {budget:g} s)", file=sys.stderr)


def _nothing_kept(folder: Path) -> dict[str, float]:
    os.environ["HELPTREE_CACHE"] = ""
    spent: dict[str, float] = {}
    for stage in ("load", "build"):
        _time(stage, spent)
    before = _cpu()
    spent["open"] = _seconds(folder)
    spent["cpu"] = _cpu() - before
    spent["check"] = spent["open"] - spent["load"] - spent["build"]
    return spent


def _time(stage: str, spent: dict[str, float]) -> None:
    inner = getattr(opening, stage)

    def timed(*given):
        start = time.perf_counter()
        made = inner(*given)
        spent[stage] = time.perf_counter() - start
        return made

    setattr(opening, stage, timed)


def _seconds(folder: Path) -> float:
    gc.collect()
    start = time.perf_counter()
    opened = open_project(folder)
    taken = time.perf_counter() - start
    assert opened.tree.questions
    return taken


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if sys.argv[2:] else BUDGET)
