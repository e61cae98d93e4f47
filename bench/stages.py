"""Opens one folder and prints the seconds of each stage as JSON: run in a process of its own, as an author does.

Nothing is kept here: every stage is run.
"""

import gc
import json
import os
import sys
import time
from pathlib import Path

from helptree import opening
from helptree.project import open_project


def main(folder: Path) -> None:
    os.environ["HELPTREE_CACHE"] = ""
    spent: dict[str, float] = {}
    for stage in ("load", "build"):
        inner = getattr(opening, stage)

        def timed(*given, stage=stage, inner=inner):
            start = time.perf_counter()
            made = inner(*given)
            spent[stage] = time.perf_counter() - start
            return made

        setattr(opening, stage, timed)
    gc.collect()
    start = time.perf_counter()
    opened = open_project(folder)
    spent["open"] = time.perf_counter() - start
    spent["check"] = spent["open"] - spent["load"] - spent["build"]
    assert opened.tree.questions
    print(json.dumps(spent))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
