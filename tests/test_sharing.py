"""Work in two processes gives what one gives, in order, and does without the other where it dies or may not begin."""

import os
import threading
import time

import pytest

from helptree import sharing
from helptree.sharing import share


@pytest.fixture
def two(monkeypatch):
    """A machine with two processors; returns whether another process may be begun here at all."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return sharing._can_fork()


def slowly(item):
    """Work that leaves the other process the time to take its part."""
    time.sleep(0.05)
    return item * 2, os.getpid()


def test_results_come_in_order_and_from_two_processes(two):
    found = share(slowly, [1, 2, 3, 4, 5, 6])
    assert [2, 4, 6, 8, 10, 12] == [result for result, _ in found]
    assert (2 if two else 1) == len({process for _, process in found})


def test_each_item_is_worked_on_once(two, tmp_path):
    def work(item):
        with open(tmp_path / str(item), "a") as file:
            file.write("x")
        return item

    items = list(range(2_000))
    assert items == share(work, items)
    assert {"x"} == {(tmp_path / str(item)).read_text() for item in items}


def test_what_a_dying_process_leaves_is_done_here(two):
    here = os.getpid()
    assert [1, 2, 3] == share(lambda item: item if os.getpid() == here else os._exit(9), [1, 2, 3])


def test_nothing_is_forked_beside_a_thread():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert [(1, os.getpid()), (2, os.getpid())] == share(lambda item: (item, os.getpid()), [1, 2])
    finally:
        stop.set()
        thread.join()


def test_one_item_or_none_needs_no_process(two):
    assert [[], [(1, os.getpid())]] == [share(lambda item: (item, os.getpid()), items) for items in ([], [1])]


def test_the_other_process_begins_while_something_else_is_done_here(two):
    here, done = os.getpid(), []

    def meanwhile():
        done.append(os.getpid())
        time.sleep(0.5)

    found = share(lambda item: (item, os.getpid()), [1], meanwhile)
    assert [1] == [item for item, _ in found]
    assert [here] == done
    assert two != (here in {process for _, process in found})


def test_what_else_is_to_do_is_done_without_a_process_and_without_items(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    done = []
    assert [[1, 2], []] == [share(lambda item: item, items, lambda: done.append(1)) for items in ([1, 2], [])]
    assert [1, 1] == done


def test_more_items_than_a_pipe_holds_are_done_here(two):
    items = range(1_000_000)
    assert list(items) == share(lambda item: item, items)


def test_no_pipe_is_left_open(two):
    before = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0
    for _ in range(3):
        share(slowly, [1, 2])
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)
