"""Every claim of the article that this project began with is answered somewhere. `-s` prints the list."""

from functools import cache

import pytest
import yaml

from helptree.project import Project, open_project
from tests.helpers import ROOT, TODAY

ANSWERS = ROOT / "tests" / "data" / "seed_claims.yaml"
FACTS = ROOT.parent / "shared" / "facts" / "aliexpress_orders.yaml"
CLAIMS = yaml.load(ANSWERS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def shipped() -> Project:
    return open_project(ROOT / "decision_tree", TODAY)


def test_all_claims_are_listed_once():
    assert [str(n) for n in range(1, 34)] == sorted((row["n"] for row in CLAIMS), key=int)


@pytest.mark.parametrize("row", CLAIMS, ids=lambda row: f"claim-{row['n']}")
def test_the_claim_is_answered(row):
    tree = shipped().tree
    known = {*tree.statuses, *tree.questions, *tree.outcomes, *tree.remedies, *tree.messages, *tree.pages}
    print(f"claim {row['n']} ({row['how']}) -> {', '.join(row['answered_by'])}")
    assert row["answered_by"]
    assert [] == [id_ for id_ in row["answered_by"] if id_ not in known]
    assert row["how"] in ("confirmed", "corrected", "background")


@pytest.mark.skipif(not FACTS.exists(), reason="the facts lie beside the project, not in it")
def test_what_the_facts_call_wrong_is_corrected():
    facts = yaml.load(FACTS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    wrong = {row["n"] for row in facts["seed_claims"] if row["verdict"] == "wrong"}
    assert {row["n"] for row in facts["seed_claims"]} == {row["n"] for row in CLAIMS}
    assert wrong <= {row["n"] for row in CLAIMS if row["how"] == "corrected"}
