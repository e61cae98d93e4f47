"""Connections are durable, tables are those of the newest migration, and several may start at once."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from helptree.feedback import database, migrate, schema, settings
from helptree.feedback.database import make_engine
from helptree.feedback.types import FeedbackError
from tests.feedback.crash import start_at_once


@pytest.fixture
def engine(database_url, tmp_path):
    made = make_engine(settings.database_url(tmp_path, database_url))
    yield made
    made.dispose()


def test_sqlite_waits_for_the_disk(tmp_path):
    with make_engine(settings.database_url(tmp_path)).connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        }
        busy = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    assert ({"journal_mode": "wal", "synchronous": 2}, 2000) == (found, busy)


@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize(
    ("operator", "ours"), [("off", "on"), ("local", "on"), ("on", "on"), ("remote_apply", "remote_apply")]
)
def test_postgres_waits_for_the_disk_even_if_the_operator_does_not(postgres, tmp_path, operator, ours):
    url = postgres.new_database(f"sync_{operator}")
    with make_engine(settings.database_url(tmp_path, url)).begin() as connection:
        connection.execute(text(f"ALTER DATABASE sync_{operator} SET synchronous_commit = '{operator}'"))
    with make_engine(settings.database_url(tmp_path, url)).connect() as connection:
        assert ours == connection.execute(text("SHOW synchronous_commit")).scalar()


def test_migrations_make_the_tables_of_the_schema(engine):
    assert (None, schema.HEAD) == migrate.migrate(engine)
    assert (schema.HEAD, schema.HEAD) == migrate.migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, schema.metadata)


def test_head_is_the_newest_migration():
    folder = settings.Path(migrate.__file__).parent / "migrations"
    assert [schema.HEAD] == ScriptDirectory(str(folder)).get_heads()


def test_database_of_a_newer_program_is_told_and_not_touched(engine):
    migrate.migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(FeedbackError, match="newer than this program"):
        migrate.migrate(engine)


@pytest.mark.slow
def test_eight_that_start_at_once_migrate_once(database_url, tmp_path):
    expected = sorted(map(str, [(None, schema.HEAD)] + [(schema.HEAD, schema.HEAD)] * 7))
    assert expected == start_at_once(database_url, tmp_path, 8)


def test_error_is_named_without_row_and_password(engine, tmp_path):
    migrate.migrate(engine)
    values = "('r', '2026-01-01', 'k', 'n', NULL, 'secret')"
    with pytest.raises(database.REJECTED) as raised, engine.begin() as connection:
        connection.execute(text(f"INSERT INTO submission (receipt, at, kind, node, locale, text) VALUES {values}"))
    told = database.why(raised.value)
    assert "secret" not in told
    assert "23502" in told or "SQLITE_CONSTRAINT" in told or "IntegrityError" in told


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"HELPTREE_DATA": "/srv/a", "STATE_DIRECTORY": "/b"}, "/srv/a"),
        ({"STATE_DIRECTORY": "/var/lib/helptree:/x"}, "/var/lib/helptree"),
    ],
)
def test_data_folder_is_the_one_named(environment, expected):
    assert expected == str(settings.data_dir(environment))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_address_of_postgres_is_taken_and_told_without_password(tmp_path, scheme):
    url = settings.database_url(tmp_path, f"{scheme}://ann:secret@db.test/x?password=secret")
    assert "postgresql+psycopg://ann:***@db.test/x" == settings.told(url)
