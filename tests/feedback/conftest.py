"""Fixtures of feedback: both databases, each test with an empty one of its own."""

import os
from collections.abc import Iterator

import pytest

from helptree.feedback import Feedback, Limits
from tests.postgres import WHY_NOT, Server, find_programs

NO_LIMITS = Limits(session_burst=10**6, burst=10**6, per_minute=10**6, events_per_walk_burst=10**6)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    programs = find_programs()
    if programs is None:
        # Root could have installed it, and `make test` tries to.
        (pytest.fail if os.getuid() == 0 else pytest.skip)(WHY_NOT)
    server = Server(programs)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))])
def database_url(request, tmp_path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/feedback.db"
    return request.getfixturevalue("postgres").emptied_database("test")


@pytest.fixture
def feedback(database_url, tmp_path) -> Iterator[Feedback]:
    opened = Feedback.open(database_url, tmp_path, NO_LIMITS)
    assert opened.is_available()
    yield opened
    opened.close()
