"""The chores of the Makefile: told, listed, and working in a fresh clone with next to no environment."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

ROOT = Path(__file__).parents[2]


def chores() -> list[str]:
    declared = re.search(r"^\.PHONY: help (.*)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return declared[1].split()


def test_bare_make_lists_every_chore_with_what_it_does():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^make ([a-z-]+) +\w.*", listed, re.MULTILINE) == chores()


def test_readme_tells_every_chore():
    commands = (ROOT / "README.md").read_text().split("## Commands\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `make ([a-z-]+)", commands, re.MULTILINE) == chores()


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("clone") / "helptree"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, folder], check=True)
    return folder


@pytest.fixture
def bare_environment(tmp_path) -> dict[str, str]:
    """Nothing but a home and a PATH; and pip's cache, so that 300 MB need not be fetched again."""
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    # Last on PATH the Python of this run, for systems whose own is too old.
    path = f"/usr/bin:/bin:{Path(sys.base_prefix) / 'bin'}"
    return {"HOME": str(tmp_path), "PATH": path, "XDG_CACHE_HOME": cache}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for(what: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.2)
    return False


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def processes_of(folder: Path) -> list[str]:
    """Command lines of all processes that work in the folder or run its programs."""
    found = []
    for process in psutil.process_iter(["cwd", "cmdline"]):
        command = " ".join(process.info["cmdline"] or [])
        if process.pid != os.getpid() and str(folder) in f"{process.info['cwd']} {command}":
            found.append(command)
    return found


@pytest.mark.slow
@pytest.mark.clone
@pytest.mark.xdist_group("clone")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_start_serves_from_a_fresh_clone_and_stops_cleanly(clone, bare_environment, stop):
    port = free_port()
    log = clone.parent / "start.log"
    with log.open("w") as output:
        command = ["make", "start", f"PORT={port}"]
        options = {"env": bare_environment, "start_new_session": True, "stdin": subprocess.DEVNULL}
        make = subprocess.Popen(command, cwd=clone, stdout=output, stderr=subprocess.STDOUT, **options)
    try:
        ready = wait_for(lambda: answers(f"http://127.0.0.1:{port}/ready") or make.poll() is not None, 300)
        assert ready, log.read_text()
        assert make.poll() is None, log.read_text()
        for page in ("/ready", "/", "/guide/", "/guide/en/", "/guide/fr/"):
            assert answers(f"http://127.0.0.1:{port}{page}"), f"{page}\n{log.read_text()}"
    finally:
        # ^C reaches the whole group; `kill` reaches make alone, which must pass it on.
        os.killpg(make.pid, stop) if stop == signal.SIGINT else make.send_signal(stop)
        make.wait(30)
    assert wait_for(lambda: processes_of(clone) == [], 10), processes_of(clone)
    assert "Traceback" not in log.read_text()


@pytest.mark.slow
@pytest.mark.clone
@pytest.mark.xdist_group("clone")
def test_test_passes_in_a_fresh_clone(clone, bare_environment):
    narrowed = ["TESTS=tests/house", "PYTEST_ARGS=-m 'not clone'"]
    command = ["make", "test", *narrowed]
    run = subprocess.run(command, cwd=clone, env=bare_environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"\d+ passed", run.stdout)
