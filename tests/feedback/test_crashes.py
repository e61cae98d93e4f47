"""kill -9 in the middle of writes: nothing that was thanked for is lost, nothing is there twice."""

import pytest

from tests.feedback.crash import crash

# More than a test may take by default, as the issue asks.
MANY = 200


def check(figures, name):
    print(f"\n{name}: {figures}")
    assert figures.thanked > 3 * figures.runs
    assert (0, 0) == (figures.lost, figures.doubled)


@pytest.mark.parametrize("runs", [6, pytest.param(MANY, marks=pytest.mark.stress)])
def test_killed_writer_on_sqlite_loses_nothing(tmp_path, runs):
    check(crash(f"sqlite:///{tmp_path}/feedback.db", tmp_path, range(runs)), "SQLite")


def test_without_durability_the_same_test_fails_on_sqlite(tmp_path):
    figures = crash(f"sqlite:///{tmp_path}/feedback.db", tmp_path, range(4), is_control=True)
    print(f"\nSQLite, durability off: {figures}")
    assert figures.lost > 0


@pytest.mark.slow
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("runs", [6, pytest.param(MANY, marks=pytest.mark.stress)])
def test_killed_writer_and_killed_server_lose_nothing_on_postgres(postgres, tmp_path, runs):
    check(crash(postgres.new_database(f"crash{runs}"), tmp_path, range(runs), postgres), "PostgreSQL")


@pytest.mark.slow
@pytest.mark.xdist_group("postgres")
def test_without_durability_the_same_test_fails_on_postgres(postgres, tmp_path):
    figures = crash(postgres.new_database("control"), tmp_path, range(3), postgres, is_control=True)
    print(f"\nPostgreSQL, durability off: {figures}")
    assert figures.lost > 0
