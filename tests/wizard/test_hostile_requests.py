"""10,000 hostile query strings: always a page or a plain refusal, nothing of them in it, nothing of them in the log."""

import logging
import sys
from io import StringIO

import pytest
from starlette.applications import Starlette

from helptree.wizard import logs
from helptree.wizard.server import middleware, routes
from tests.asgi import ask_all, scope_of
from tests.hostile import MARK, queries
from tests.sites import ROOT


@pytest.fixture
def written(monkeypatch):
    """Everything that any logger writes, from debug on."""
    stream = StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("HELPTREE_LOG", "json")
    monkeypatch.setenv("HELPTREE_LOG_LEVEL", "debug")
    factory, ours = logging.getLogRecordFactory(), logging.getLogger("helptree")
    before = (ours.handlers[:], ours.propagate, ours.level)
    logs.set_up()
    yield stream
    logging.setLogRecordFactory(factory)
    ours.handlers[:], ours.propagate = before[:2]
    ours.setLevel(before[2])


def test_hostile_addresses_get_a_page_that_quotes_nothing(monkeypatch, tmp_path, written):
    monkeypatch.setenv("HELPTREE_TREE", str(ROOT / "decision_tree"))
    monkeypatch.setenv("HELPTREE_SITE", str(tmp_path))
    app = Starlette(routes=routes(), middleware=middleware())
    paths = ["/"] * 9 + ["/no-such"]
    scopes = [
        scope_of(paths[number % 10], query, referer=MARK, user_agent=MARK, cookie=f"a={MARK}", accept_language=MARK)
        for number, query in enumerate(queries(10_000))
    ]
    replies = ask_all(app, scopes, seconds=300)
    told = {reply.status for reply in replies}
    assert told == {200, 404}
    assert all(MARK not in reply.text and MARK not in str(reply.headers) for reply in replies)
    assert all("evil" not in reply.text and "alert(1)" not in reply.text for reply in replies)
    assert all(reply.text.lower().startswith("<!doctype html>") for reply in replies)
    lines = written.getvalue()
    assert MARK not in lines
    assert lines.count("\n") >= len(replies)
    pages = len({reply.body for reply in replies})
    print(f"\nHostile query strings: {len(replies)}, {pages} different pages, none quotes any, statuses {sorted(told)}")
