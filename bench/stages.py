"""Opens one folder and prints the seconds of each stage as JSON: run in a process of its own, as an author does."""

import gc
import json
import sys
import time
from pathlib import Path

from helptree import project


def main(folder: Path) -> None:
    spent: dict[str, float] = {}
    for stage in ("load", "check", "build"):
        inner = getattr(project, stage)

        def timed(*given, stage=stage, inner=inner):
            start = time.perf_counter()
            made = inner(*given)
            spent[stage] = time.perf_counter() - start
            return made

        setattr(project, stage, timed)
    gc.collect()
    start = time.perf_counter()
    opened = project.open_project(folder)
    spent["open"] = time.perf_counter() - start
    assert opened.tree.questions
    print(json.dumps(spent))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
