"""The wizard: CPU of our script for one interaction, without Streamlit's own part."""

import statistics
import time
from collections.abc import Iterator

from bench.rows import ROOT, Measure, Row, limit
from helptree.engine import covering_paths
from helptree.project import open_project

PATHS = 40


def screens() -> Iterator[Measure]:
    """What one press costs."""
    yield Measure("wizard interaction, script part", _interactions)


def _interactions() -> Iterator[Row]:
    from helptree.wizard import run as wizard
    from tests.walkers import WizardWalker

    project = open_project(ROOT / "decision_tree")
    spent: list[float] = []
    inner = wizard._run

    def timed() -> None:
        start = time.thread_time()
        inner()
        spent.append(1000 * (time.thread_time() - start))

    wizard._run = timed
    try:
        walker = WizardWalker(project, "fr")
        for path, _ in list(covering_paths(project.tree))[:PATHS]:
            walker.land(path[:-1])
            walker.walk(path)
    finally:
        wizard._run = inner
    spent = spent[5:]  # the first ones open the tree and fill caches
    note = f"{len(spent)} interactions"
    yield limit("wizard interaction, script part, median CPU", statistics.median(spent), 10, "ms", note)
    yield limit("wizard interaction, script part, 95 of 100, CPU", sorted(spent)[len(spent) * 95 // 100], 10, "ms")
