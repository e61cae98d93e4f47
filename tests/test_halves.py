"""Work in two processes gives what one gives, in order, and does without the other where it dies or may not begin."""

import os
import threading

from helptree import halves
from helptree.halves import in_halves


def test_results_come_in_order_and_from_two_processes(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = in_halves(lambda item: (item * 2, os.getpid()), [1, 2, 3, 4, 5])
    assert [2, 4, 6, 8, 10] == [result for result, _ in found]
    assert (2 if halves._can_fork() else 1) == len({process for _, process in found})


def test_what_a_dying_process_leaves_is_done_here(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here = os.getpid()
    assert [1, 2] == in_halves(lambda item: item if os.getpid() == here else os._exit(9), [1, 2])


def test_nothing_is_forked_beside_a_thread():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert [(1, os.getpid()), (2, os.getpid())] == in_halves(lambda item: (item, os.getpid()), [1, 2])
    finally:
        stop.set()
        thread.join()


def test_one_item_or_none_needs_no_process():
    assert [[], [(1, os.getpid())]] == [in_halves(lambda item: (item, os.getpid()), items) for items in ([], [1])]


def test_with_something_else_to_do_the_other_process_does_all(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here, done = os.getpid(), []
    found = in_halves(lambda item: (item, os.getpid()), [1, 2, 3], lambda: done.append(os.getpid()))
    assert [1, 2, 3] == [item for item, _ in found]
    assert ([here] if halves._can_fork() else []) == done
    assert halves._can_fork() != (here in {process for _, process in found})


def test_without_a_process_or_items_nothing_else_is_done(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    done = []
    assert [[1, 2], []] == [in_halves(lambda item: item, items, lambda: done.append(1)) for items in ([1, 2], [])]
    assert [] == done
