"""The database goes away under submissions, the wizard is even restarted meanwhile, and all is stored once later."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from helptree.feedback import Event, Feedback, Happening, State
from tests.feedback.crash import NO_LIMITS, drained, recorded, said, stored

pytestmark = pytest.mark.xdist_group("postgres")


def speak_through_outage(postgres, url, folder, seconds, times, break_outbox=lambda feedback: None):
    """Stop the server, submit evenly all the while, restart the wizard half-way; return the opened one and receipts."""
    feedback = Feedback.open(url, folder, NO_LIMITS)
    assert feedback.is_available()
    receipts, slowest, start = [], 0.0, time.monotonic()

    def submit(number):
        nonlocal slowest
        began = time.monotonic()
        receipts.append((number, feedback.submit(said(1, 0, number))))
        feedback.record(Event(Happening.STEP, f"outage-{number}", "fr", "node"))
        slowest = max(slowest, time.monotonic() - began)

    postgres.stop()
    try:
        with ThreadPoolExecutor(4) as pool:
            for number in range(times):
                if number == times // 2:
                    break_outbox(feedback)
                    feedback.close()
                    feedback = Feedback.open(url, folder, NO_LIMITS)
                pool.submit(submit, number)
                time.sleep(max(0.0, start + (number + 1) * seconds / times - time.monotonic()))
    finally:
        postgres.start()
    drained(feedback)
    return feedback, receipts, slowest


@pytest.mark.parametrize(("seconds", "times"), [(4, 60), pytest.param(60, 300, marks=pytest.mark.stress)])
def test_outage_of_postgres_loses_nothing(postgres, tmp_path, seconds, times):
    url = postgres.new_database(f"outage{times}")
    feedback, receipts, slowest = speak_through_outage(postgres, url, tmp_path, seconds, times)
    try:
        texts, verdicts, steps = (
            stored(feedback, "said 1-0"),
            recorded(feedback, "walk-1-0"),
            recorded(feedback, "outage"),
        )
    finally:
        feedback.close()
    queued = sum(receipt.state is State.QUEUED for _, receipt in receipts)
    print(
        f"\nOutage of {seconds} s: {len(receipts)} submissions, {queued} queued, {len(texts)} stored, each once:",
        end=" ",
    )
    print(f"{set(texts.values()) == {1}}; slowest {slowest * 1000:.0f} ms")
    assert all(receipt.thanks for _, receipt in receipts)
    assert {f"said 1-0-{number}": 1 for number in range(times)} == dict(texts)
    assert {f"walk-1-0-{number}": 1 for number in range(times)} == dict(verdicts)
    assert {f"outage-{number}": 1 for number in range(times)} == dict(steps)


def test_with_an_outbox_in_memory_the_same_outage_loses_what_was_thanked_for(postgres, tmp_path):
    def keep_in_memory(feedback):
        (tmp_path / "outbox.db").unlink()
        (tmp_path / "outbox.db-wal").unlink()

    url = postgres.new_database("outagecontrol")
    feedback, receipts, _ = speak_through_outage(postgres, url, tmp_path, 1, 20, keep_in_memory)
    texts = stored(feedback, "said 1-0")
    feedback.close()
    assert len(texts) < len([receipt for _, receipt in receipts if receipt.thanks])


def test_wizard_that_starts_while_postgres_is_away_takes_submissions(postgres, tmp_path):
    url = postgres.new_database("late")
    postgres.stop()
    try:
        feedback = Feedback.open(url, tmp_path, NO_LIMITS)
        receipt = feedback.submit(said(2, 0, 0))
        assert (False, State.QUEUED) == (feedback.is_available(), receipt.state)
    finally:
        postgres.start()
    drained(feedback)
    assert {"said 2-0-0": 1} == dict(stored(feedback, "said 2-0"))
    assert feedback.submit(said(2, 0, 1)).state is State.STORED
    feedback.close()
