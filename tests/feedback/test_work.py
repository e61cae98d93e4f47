"""Working through comments: states that survive, and two agents who cannot undo each other unseen."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from helptree.feedback import Kind, Submission
from helptree.feedback.database import make_engine
from helptree.feedback.dump import backup, restore
from helptree.feedback.migrate import migrate
from helptree.feedback.settings import database_url as address_of
from helptree.feedback.store import Store
from helptree.feedback.work import Work, counts, items, set_state


@pytest.fixture
def engine(database_url, tmp_path):
    made = make_engine(address_of(tmp_path, database_url))
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def said(feedback) -> list[str]:
    """The receipts of two comments and a page called wrong, among others that nobody can work on."""
    kept = [
        Submission(Kind.COMMENT, "fr", "cancelled", "Le lien manque."),
        Submission(Kind.NOT_HELPED, "en", "cancelled", "No button there."),
        Submission(Kind.WRONG_PAGE, "en", "cancelled"),
    ]
    feedback.submit(Submission(Kind.HELPED, "en", "cancelled"))
    feedback.submit(Submission(Kind.SEARCH_NOTHING, "en", text="where is it"))
    return [feedback.submit(each).id for each in kept]


def test_what_was_said_is_new_and_pages_called_wrong_come_first(engine, said):
    found = items(engine, Work.NEW)
    assert Kind.WRONG_PAGE == found[0].kind
    assert {"", "Le lien manque.", "No button there."} == {item.text for item in found}
    assert [(Work.NEW, 0)] * 3 == [(item.state, item.version) for item in found]


def test_a_state_is_kept_over_a_restart_of_everything(engine, said, database_url, tmp_path):
    assert set_state(engine, said[0], Work.SEEN, 0)
    assert set_state(engine, said[1], Work.SOLVED, 0)
    engine.dispose()
    again = make_engine(address_of(tmp_path, database_url))
    assert {Work.NEW: 1, Work.SEEN: 1, Work.SOLVED: 1} == counts(again)
    assert [(said[0], 1)] == [(item.receipt, item.version) for item in items(again, Work.SEEN)]
    again.dispose()


def test_a_change_of_what_a_colleague_changed_since_is_refused(engine, said):
    assert set_state(engine, said[0], Work.SEEN, 0)
    assert not set_state(engine, said[0], Work.SOLVED, 0)
    assert set_state(engine, said[0], Work.SOLVED, 1)
    assert not set_state(engine, said[0], Work.NEW, 1)
    assert [said[0]] == [item.receipt for item in items(engine, Work.SOLVED)]


@pytest.mark.parametrize("version", [0, 1])
def test_of_eight_agents_at_once_one_is_heard_and_seven_are_told(engine, said, version):
    if version:
        assert set_state(engine, said[0], Work.SEEN, 0)
    barrier, results = Barrier(8), []

    def press() -> None:
        barrier.wait()
        results.append(set_state(engine, said[0], Work.SOLVED, version))

    threads = [Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [False] * 7 + [True] == sorted(results)


def test_nothing_unknown_gets_a_state(engine, said):
    assert not set_state(engine, "NO-SUCH", Work.SOLVED, 0)


def test_what_a_reader_takes_back_is_gone_with_its_state(engine, said):
    assert set_state(engine, said[0], Work.SEEN, 0)
    Store(engine).erase(said[0])
    assert [] == items(engine, Work.SEEN)
    assert not set_state(engine, said[0], Work.SOLVED, 0)
    with engine.connect().execution_options(reads_only=True) as connection:
        assert 0 == connection.execute(text("SELECT count(*) FROM work")).scalar()


def test_a_backup_holds_the_states(engine, said, tmp_path):
    assert set_state(engine, said[0], Work.SEEN, 0)
    backup(engine, tmp_path / "b.jsonl")
    assert set_state(engine, said[0], Work.SOLVED, 1)
    restore(engine, tmp_path / "b.jsonl", replace=True)
    assert [said[0]] == [item.receipt for item in items(engine, Work.SEEN)]


def test_a_backup_of_the_version_before_is_restored(engine, said, tmp_path):
    backup(engine, tmp_path / "b.jsonl")
    old = tmp_path / "old.jsonl"
    old.write_text((tmp_path / "b.jsonl").read_text().replace('"version": "0002"', '"version": "0001"', 1))
    assert '"0001"' in old.read_text()
    restore(engine, old, replace=True)
    assert 3 == len(items(engine, Work.NEW))


def test_tables_of_the_version_before_are_brought_up_to_date_with_what_is_in_them(engine, said):
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE work"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert ("0001", "0002") == migrate(engine)
    assert 3 == len(items(engine, Work.NEW))
