"""The door: who is let in, what answers carry, what machines are told, and that nothing of it quotes a reader."""

import json
import logging
import subprocess
import sys
from io import StringIO

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from helptree.wizard import figures, logs
from helptree.wizard.guards import Door, hosts, is_allowed_host, is_allowed_origin
from helptree.wizard.server import middleware, place_of, routes
from tests.asgi import ask
from tests.helpers import MINIMAL, ROOT

SAFE = ("x-content-type-options", "x-frame-options", "referrer-policy", "permissions-policy", "content-security-policy")


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("HELPTREE_TREE", str(MINIMAL))
    monkeypatch.setenv("HELPTREE_SITE", str(tmp_path))
    (tmp_path / "index.html").write_text("site")
    behind = [Route("/_stcore/metrics", lambda request: PlainTextResponse("active_sessions 1"))]
    return Starlette(routes=[*routes(), *behind], middleware=middleware())


def failing(request):
    raise RuntimeError("anna@example.org")


@pytest.fixture
def broken():
    door = Middleware(Door, lambda: "default-src 'none'", place_of)
    return Starlette(routes=[Route("/{path:path}", failing)], middleware=[door])


@pytest.fixture
def log(monkeypatch):
    """What is logged as JSON, from debug on; the logging of other tests is as before afterwards."""
    monkeypatch.setenv("HELPTREE_LOG", "json")
    monkeypatch.setenv("HELPTREE_LOG_LEVEL", "debug")
    factory, ours = logging.getLogRecordFactory(), logging.getLogger("helptree")
    before = (ours.handlers[:], ours.propagate, ours.level)
    formatters = [(handler, handler.formatter) for handler in logging.root.handlers]
    stream = StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    logs.set_up()
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.setLogRecordFactory(factory)
    ours.handlers[:], ours.propagate = before[:2]
    ours.setLevel(before[2])
    for handler, formatter in formatters:
        handler.setFormatter(formatter)


@pytest.mark.parametrize(
    ("named", "host", "is_allowed"),
    [
        ("", "127.0.0.1:8501", True),
        ("", "localhost", True),
        ("", "[::1]:8501", True),
        ("", "help.example.org", False),
        ("help.example.org", "help.example.org", True),
        ("help.example.org", "HELP.example.org.:443", True),
        ("help.example.org", "localhost", False),
        ("a.example, b.example", "b.example", True),
        ("*.example.org", "help.example.org", True),
        ("*.example.org", "example.org", False),
        ("*.example.org", "evilexample.org", False),
        ("*", "anything", True),
        ("*", "", False),
        ("*", None, False),
        ("help.example.org", "help.example.org@evil.example", False),
        ("help.example.org", "help.example.org/evil", False),
        ("help.example.org", "help.example.org:99999999", False),
        ("help.example.org", "help.example.org:x", False),
    ],
)
def test_only_named_hosts(named, host, is_allowed):
    assert is_allowed_host(host, hosts({"HELPTREE_HOSTS": named})) is is_allowed


@pytest.mark.parametrize(
    ("named", "origin", "is_allowed"),
    [
        ("help.example.org", "https://help.example.org", True),
        ("help.example.org shop.example.org", "https://shop.example.org", True),
        ("help.example.org", "https://evil.example", False),
        ("help.example.org", "null", False),
        ("help.example.org", "https://help.example.org.evil.example", False),
        ("*", "https://help.example.org", True),
        ("*", "https://evil.example", False),
        ("help.example.org", None, True),
    ],
)
def test_only_our_own_pages(named, origin, is_allowed):
    assert is_allowed_origin(origin, "help.example.org", hosts({"HELPTREE_HOSTS": named})) is is_allowed


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"path": "/", "host": "evil.example"}, 421),
        ({"path": "/live", "host": "10.0.0.7"}, 200),
        ({"path": "/ready", "host": "10.0.0.7"}, 200),
        ({"path": "/", "method": "POST"}, 405),
        ({"path": "/", "query": "a" * 20_000}, 414),
        ({"path": "/_stcore/upload_file/a/b", "method": "PUT"}, 405),
        ({"path": "/_stcore/upload_file/a/b"}, 404),
        ({"path": "/_stcore/agent/openapi.json"}, 404),
        ({"path": "/no-such"}, 404),
    ],
)
def test_every_answer_has_the_headers_of_safety(app, how, status):
    reply = ask(app, **how)
    assert reply.status == status
    assert [name for name in SAFE if name not in reply.headers] == []
    assert "evil" not in reply.text


def test_a_fault_is_answered_with_the_headers_too_and_written_down_without_words(broken, log):
    reply = ask(broken, "/anna", query="q=anna")
    assert reply.status == 500
    assert [name for name in SAFE if name not in reply.headers] == []
    lines = log()
    assert [(line["what"], line.get("error"), line["level"]) for line in lines] == [
        ("An answer failed", "RuntimeError", "error"),
        ("request", None, "warning"),
    ]
    assert "test_guards.py" in lines[0]["at"]
    assert "anna" not in json.dumps(lines) + reply.text


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics"])
@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({}, 200),
        ({"client": "::1"}, 200),
        ({"client": "10.0.0.7"}, 404),
        ({"client": "testclient"}, 404),
        ({"x_forwarded_for": "127.0.0.1"}, 404),
        ({"x_forwarded_proto": "https"}, 404),
        ({"forwarded": "for=127.0.0.1"}, 404),
    ],
)
def test_figures_are_for_this_machine_alone(app, path, how, status):
    assert ask(app, path, **how).status == status


@pytest.mark.parametrize(
    ("told", "status"), [("Bearer right", 200), ("Bearer wrong", 404), ("", 404), ("Bearer ", 404)]
)
def test_figures_with_a_token_are_for_those_who_have_it(app, monkeypatch, told, status):
    monkeypatch.setenv("HELPTREE_METRICS_TOKEN", "right")
    assert ask(app, "/metrics", client="10.0.0.7", x_forwarded_for="10.0.0.9", authorization=told).status == status


def test_figures_count_screens_answers_and_refusals(app):
    ask(app, "/")
    ask(app, "/", host="evil.example")
    with figures.run():
        pass
    text = ask(app, "/metrics").text
    for line in ('helptree_answers_total{place="wizard",status="2xx"}', 'helptree_refusals_total{why="host"}'):
        assert line in text
    assert "helptree_run_seconds_count" in text
    assert "evil" not in text


def test_live_says_no_more_than_that(app):
    assert ask(app, "/live").text == '{"status":"live"}'


def test_messages_of_others_keep_their_numbers_only(log):
    logging.getLogger("uvicorn.error").error('%s - "WebSocket %s" %d', ("10.0.0.7", 5), "/?q=anna", 403)
    logging.getLogger("uvicorn.error").error(ValueError("anna"))
    try:
        raise KeyError("anna")
    except KeyError:
        logging.getLogger("streamlit.runtime").exception("Uncaught %s", "anna")
    lines = [record for record in log() if record["logger"].startswith(("uvicorn", "streamlit"))]
    told = json.dumps(lines)
    assert ("anna" in told, "10.0.0.7" in told) == (False, False)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HELPTREE_LOG", "xml", "HELPTREE_LOG=xml is none of: text, json"),
        ("HELPTREE_LOG_LEVEL", "loud", "HELPTREE_LOG_LEVEL=loud is none of: debug, info, warning, error"),
    ],
)
def test_a_setting_that_means_nothing_is_told_in_one_line(name, value, told):
    with pytest.raises(logs.SettingError, match=f"^{told}$"):
        logs.settings({name: value})


def test_streamlit_sends_no_figures_home_and_lets_no_stranger_in():
    """What is in force, not what a file says."""
    wanted = {
        "browser.gatherUsageStats": False,
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.enableAgentApi": False,
        "client.showErrorDetails": "none",
        "client.allowedOrigins": [],
    }
    script = (
        "import json, sys; from streamlit.config import get_option; print(json.dumps([*map(get_option, sys.argv[1:])]))"
    )
    told = subprocess.run([sys.executable, "-c", script, *wanted], cwd=ROOT, capture_output=True, check=True).stdout
    assert list(wanted.values()) == json.loads(told)
