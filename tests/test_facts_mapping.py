"""Every row of the subject's facts file is answered by something in the shipped tree. `-s` prints the list.

tests/data/facts_mapping.yaml is the stored list: row -> ids. Where ../shared/facts is there too, the list is held
against it, so that a new fact can't go unanswered; a clone without it still checks every stored row.
"""

from __future__ import annotations

import statistics
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from helptree.engine import enumerate_paths
from helptree.project import Project, open_project

ROOT = Path(__file__).parents[1]
MAPPING = ROOT / "tests" / "data" / "facts_mapping.yaml"
FACTS = ROOT.parent / "shared" / "facts" / "aliexpress_orders.yaml"
# Section of the facts file -> the field that names a row; None: the section is keyed by name itself.
SECTIONS = {
    "order_statuses": "id",
    "remedies": "id",
    "deadlines_and_amounts": None,
    "entry_points": "where",
    "scams_and_safety": "id",
    "seed_claims": "n",
    "status_to_remedy": None,
    "conflicts_between_sources": "topic",
}
MOST_ANSWERS, MEDIAN_ANSWERS, MOST_OPTIONS = 5, 3, 7


@cache
def shipped() -> Project:
    return open_project(ROOT / "decision_tree")


@cache
def mapping() -> dict[str, dict[str, list[str]]]:
    return yaml.load(MAPPING.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # type: ignore[no-any-return]


@cache
def facts() -> dict[str, Any]:
    if not FACTS.exists():
        pytest.skip("the facts file is not here; the stored list is checked all the same")
    return yaml.load(FACTS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # type: ignore[no-any-return]


def known_ids() -> set[str]:
    tree = shipped().tree
    groups = (tree.statuses, tree.questions, tree.outcomes, tree.remedies, tree.messages, tree.facts, tree.terms)
    return {id_ for group in groups for id_ in group} | set(tree.pages)


def slug(row: str) -> str:
    return row.replace("_", "-")


def reached_remedies(status: str) -> set[str]:
    """The remedies, and human routes, of every outcome that a reader with this status can come to."""
    tree, found, queue = shipped().tree, set[str](), [shipped().tree.statuses[status].leads_to]
    while queue:
        node = queue.pop()
        if node in tree.questions:
            queue += [option.next for option in tree.questions[node].options]
        else:
            found |= {*tree.outcomes[node].remedies, tree.outcomes[node].human_route}
    return found


def test_every_row_of_the_stored_list_names_something_that_exists() -> None:
    known = known_ids()
    for section, rows in mapping().items():
        print(f"\n{section}: {len(rows)} rows")
        for row, ids in rows.items():
            print(f"  {row}: {', '.join(ids)}")
            assert ids, f"{section}: nothing answers {row}"
            assert set(ids) <= known, f"{section}: {row} names {sorted(set(ids) - known)}, which are nowhere"


@pytest.mark.parametrize("section", SECTIONS)
def test_no_row_of_the_facts_file_is_unmapped(section: str) -> None:
    field = SECTIONS[section]
    rows = set(facts()[section]) if field is None else {row[field].replace('"', "") for row in facts()[section]}
    assert set(mapping()[section]) == rows


@pytest.mark.parametrize("section", ["order_statuses", "remedies"])
def test_statuses_and_remedies_have_the_ids_of_the_facts(section: str) -> None:
    shipped_ids = shipped().tree.statuses if section == "order_statuses" else shipped().tree.remedies
    assert {slug(row) for row in mapping()[section]} <= set(shipped_ids)


def test_every_status_leads_to_the_remedies_that_the_facts_name_for_it() -> None:
    for status, remedies in mapping()["status_to_remedy"].items():
        missing = set(remedies) - reached_remedies(slug(status))
        assert not missing, f"{status} never leads to {sorted(missing)}"


def test_every_scam_is_told_in_the_guide_that_collects_them() -> None:
    for scam, ids in mapping()["scams_and_safety"].items():
        assert "safety" in ids, scam


def test_every_wording_of_the_facts_stands_on_its_status_with_the_same_proof() -> None:
    for row in facts()["order_statuses"]:
        shown = shipped().tree.statuses[slug(row["id"])].wordings
        ours = {(w.locale, w.text, w.attested) for w in shown}
        for label in row["labels"]:
            wording = (label["lang"], label["text"], label["attested"] == "true")
            assert wording in ours, f"{row['id']}: {wording}"


def test_every_status_may_become_what_the_facts_say() -> None:
    for row in facts()["order_statuses"]:
        ours = set(shipped().tree.statuses[slug(row["id"])].may_become)
        assert {slug(status) for status in row["can_go_to"]} <= ours, row["id"]


def test_seed_claims_are_answered_by_the_same_ids_as_in_their_own_list() -> None:
    rows = yaml.load((ROOT / "tests/data/seed_claims.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert mapping()["seed_claims"] == {row["n"]: row["answered_by"] for row in rows}


def test_paths_are_short() -> None:
    lengths = [len(path) for path, _ in enumerate_paths(shipped().tree)]
    median, longest = statistics.median(lengths), max(lengths)
    print(f"\n{len(lengths)} paths; answers to an outcome: median {median}, most {longest}")
    assert median <= MEDIAN_ANSWERS
    assert longest <= MOST_ANSWERS


def test_no_screen_offers_too_many_options() -> None:
    for question in shipped().tree.questions.values():
        groups = [option.group for option in question.options]
        for group in set(groups):
            assert groups.count(group) <= MOST_OPTIONS, f"{question.id}: {group}"


def test_the_accidental_cancellation_is_the_first_group() -> None:
    tree = shipped().tree
    assert tree.questions[tree.root].options[0].id == "cancellation-requested"


def test_no_two_statuses_share_a_symptom() -> None:
    symptoms = [s.text for status in shipped().tree.statuses.values() for s in status.symptoms]
    assert len(symptoms) == len(set(symptoms))
    assert all(len(status.symptoms) >= 2 for status in shipped().tree.statuses.values())
