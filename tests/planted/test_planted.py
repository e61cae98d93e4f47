"""Faults planted in random trees are all found at their place; a right tree raises no alarm.

`make test` plants a few of each kind, `make stress` two hundred. The counts are printed with `-rA` or `-s`.
"""

from pathlib import Path
from random import Random

import pytest

from helptree.problems import Severity
from tests.helpers import findings_in
from tests.planted.faults import FAULTS, Planted
from tests.planted.trees import random_tree

QUICK, ALL = 10, 200


def kept_seeds(fault: str) -> list[int]:
    lines = (Path(__file__).with_name("seeds.txt")).read_text(encoding="utf-8").splitlines()
    return [int(line.split()[1]) for line in lines if line.split(" ")[0] == fault]


def missed(fault: str, seed: int, folder: Path) -> str:
    """Plant one fault; say what is wrong: nothing, an alarm in the tree before, or the fault not found."""
    random = Random(f"{fault} {seed}")
    tree = random_tree(random)
    alarms = [str(p) for p in findings_in(tree.write(folder / "right")) if p.kind.severity is Severity.ERROR]
    if alarms:
        return f"seed {seed}: false alarm: {alarms[0]}"
    planted = FAULTS[fault](tree, random)
    found = findings_in(tree.write(folder / "faulty"))
    if any(fits(planted, problem) for problem in found):
        return ""
    return f"seed {seed}: {planted} not among: " + "; ".join(
        str(p) for p in found if p.kind.code != "missing-translation"
    )


def fits(planted: Planted, found) -> bool:
    is_there = found.location.path in planted.paths and planted.line in (None, found.location.line)
    return found.kind.code == planted.code and is_there


def plant(fault: str, seeds: list[int], folder: Path) -> None:
    failures = [failure for seed in seeds if (failure := missed(fault, seed, folder / str(seed)))]
    print(f"{fault}: {len(seeds) - len(failures)} of {len(seeds)} found")
    assert failures == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_at_its_place(fault, tmp_path):
    plant(fault, [*range(QUICK), *kept_seeds(fault)], tmp_path)


@pytest.mark.stress
@pytest.mark.parametrize("fault", FAULTS)
def test_two_hundred_planted_faults_are_found(fault, tmp_path):
    plant(fault, [*range(ALL), *kept_seeds(fault)], tmp_path)


def test_there_are_at_least_twelve_kinds_of_fault():
    print(f"{len(FAULTS)} kinds of fault, {QUICK} trees each; under stress {ALL}")
    assert len(FAULTS) >= 12


def test_a_fault_that_is_not_there_is_not_found(tmp_path):
    """The comparison itself can fail: another line or another file does not count."""
    tree = random_tree(Random(1))
    planted = FAULTS["unknown-next"](tree, Random(1))
    found = findings_in(tree.write(tmp_path))
    assert any(fits(planted, problem) for problem in found)
    assert not any(fits(Planted(planted.code, planted.paths, planted.line + 1), problem) for problem in found)
    assert not any(fits(Planted(planted.code, ("tree.yaml",)), problem) for problem in found)
