"""The commands of an operator: export, erase, backup, restore, and one clear line when it cannot be done."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from helptree.feedback import Event, Feedback, FeedbackError, Happening, Kind, State, Submission
from helptree.feedback.database import make_engine, reading
from helptree.feedback.dump import backup, restore
from helptree.feedback.export import safe_cell
from helptree.feedback.schema import submission
from helptree.feedback.settings import database_url as address
from helptree.feedback.types import as_receipt
from helptree.feedback_cli import feedback as group
from tests.feedback.crash import NO_LIMITS, drained, stored

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(database_url, tmp_path, monkeypatch):
    monkeypatch.setenv("HELPTREE_DATA", str(tmp_path))
    monkeypatch.setenv("HELPTREE_DATABASE_URL", database_url)

    def run(*arguments):
        return CliRunner().invoke(group, list(map(str, arguments)), catch_exceptions=False)

    return run


def say(feedback, *texts):
    return [feedback.submit(Submission(Kind.COMMENT, "fr", "refund", said)).id for said in texts]


def test_export_as_csv_holds_no_formula(feedback, run, tmp_path):
    texts = ["=1+1", " +1", "@SUM(A1)", "-2", "＝1", 'two\nlines, "quoted"', "é"]
    say(feedback, *texts)
    assert 0 == run("export", "-o", tmp_path / "out.csv").exit_code
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as out:
        cells = {row["text"] for row in csv.DictReader(out)}
    assert {"'=1+1", "'+1", "'@SUM(A1)", "'-2", "'＝1", 'two\nlines, "quoted"', "é"} == cells


@pytest.mark.parametrize("harmless", ["", "a=b", "é", "2026-11-01T10:00:00"])
def test_harmless_cells_stay(harmless):
    assert harmless == safe_cell(harmless)


def test_export_as_json_lines(feedback, run):
    (receipt,) = say(feedback, "=1 é")
    line = json.loads(run("export", "--format", "jsonl").stdout)
    assert (receipt, "comment", "refund", "fr", "=1 é") == tuple(
        line[k] for k in ("receipt", "kind", "node", "locale", "text")
    )


def test_erase_leaves_nothing_of_the_text_in_any_file(feedback, run, tmp_path):
    receipt, other = say(feedback, "embarrassing words", "kept words")
    assert "Erased.\n" == run("erase", receipt.lower().replace("-", " ")).stdout
    assert "There was nothing" in run("erase", receipt).stdout
    assert [other] == [json.loads(line)["receipt"] for line in run("export", "--format", "jsonl").stdout.splitlines()]
    assert b"embarrassing" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_erased_while_it_waits_is_never_stored(feedback, run):
    feedback._stop.set()
    feedback._worker.join()
    feedback._keeper.is_up = False
    sent = Submission(Kind.COMMENT, "fr", "refund", "embarrassing words")
    receipt = feedback.submit(sent)
    assert State.QUEUED == receipt.state
    assert "Erased.\n" == run("erase", receipt.id).stdout
    feedback._keeper.queue([*_rows(sent, receipt.id)])  # a copy, as another machine may have it
    feedback._keeper.recover(now=True)
    assert {} == stored(feedback, "")
    feedback._keeper.close()


def _rows(sent, receipt):
    from helptree.feedback.rows import rows_of

    return rows_of(sent, receipt, sent.text)


@pytest.mark.parametrize("name", ["copy.db", "lines.jsonl"])
def test_backup_comes_back_and_what_was_erased_since_does_not(feedback, run, tmp_path, database_url, name):
    if name == "copy.db" and database_url.startswith("postgresql"):
        refused = run("backup", tmp_path / name)
        assert (1, 1) == (refused.exit_code, refused.stderr.count("\n"))
        return
    gone, _ = say(feedback, "erased later", "stays")
    feedback.record(Event(Happening.START, "w", "fr", "a"))
    feedback.flush()
    assert "(2 submissions)" in run("backup", tmp_path / "backups" / name).stdout
    run("erase", gone)
    say(feedback, "after the backup")
    refused = run("restore", tmp_path / "backups" / name)
    assert (1, True) == (refused.exit_code, "--replace" in refused.stderr)
    assert 0 == run("restore", "--replace", tmp_path / "backups" / name).exit_code
    assert {"stays": 1} == dict(stored(feedback, ""))
    say(feedback, "goes on")
    feedback.record(Event(Happening.STEP, "w", "fr", "b"))
    feedback.flush()
    assert {"stays": 1, "goes on": 1} == dict(stored(feedback, ""))
    assert {"0o600"} == {oct(file.stat().st_mode & 0o777) for file in (tmp_path / "backups").iterdir()}


@pytest.mark.xdist_group("postgres")
def test_lines_go_from_sqlite_to_postgres(postgres, tmp_path):
    small = Feedback.open(data_dir=tmp_path / "small", limits=NO_LIMITS)
    say(small, "from the small one")
    backup(small._keeper.store.engine, tmp_path / "all.jsonl")
    small.close()
    large = Feedback.open(postgres.emptied_database("test"), tmp_path / "large", NO_LIMITS)
    assert 1 == restore(large._keeper.store.engine, tmp_path / "all.jsonl")
    drained(large)
    assert {"from the small one": 1} == dict(stored(large, ""))
    large.close()


@pytest.mark.parametrize(
    "content", [b"", b"hello", b'{"helptree": "feedback", "version": "0001"}\n["submission", {"x"']
)
def test_damaged_backup_changes_nothing(feedback, tmp_path, content):
    say(feedback, "stays")
    (tmp_path / "bad.jsonl").write_bytes(content)
    with pytest.raises(FeedbackError, match="is no backup"):
        restore(feedback._keeper.store.engine, tmp_path / "bad.jsonl", replace=True)
    assert {"stays": 1} == dict(stored(feedback, ""))


def test_backup_while_writing_is_whole(tmp_path):
    feedback = Feedback.open(data_dir=tmp_path, limits=NO_LIMITS)
    say(feedback, *map(str, range(50)))
    assert 50 == backup(feedback._keeper.store.engine, tmp_path / "copy.db")
    feedback.close()
    with reading(make_engine(address(tmp_path, f"sqlite:///{tmp_path}/copy.db"))) as connection:
        assert 50 == len(list(connection.execute(select(submission))))
        assert "ok" == connection.execute(text("PRAGMA integrity_check")).scalar()


@pytest.mark.parametrize("command", sorted(group.commands))
def test_database_that_is_away_is_one_line_without_password(command, tmp_path, monkeypatch):
    monkeypatch.setenv("HELPTREE_DATA", str(tmp_path))
    monkeypatch.setenv("HELPTREE_DATABASE_URL", "postgresql://ann:secret@127.0.0.1:1/x")
    (tmp_path / "file.jsonl").write_text("{}")
    arguments = {"erase": ["3W6HB-ZYEBF-JNBRF-F9AET"], "backup": ["b.jsonl"], "restore": [str(tmp_path / "file.jsonl")]}
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(group, [command, *arguments.get(command, [])], catch_exceptions=False)
    assert (1, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "postgresql+psycopg://ann:***@127.0.0.1:1/x" in result.stderr
    assert "secret" not in result.output


def test_operating_tells_every_command_and_every_command_has_help():
    told = set(re.findall(r"helptree feedback ([a-z]+)", (ROOT / "OPERATING.md").read_text(encoding="utf-8")))
    assert set(group.commands) == told
    assert all(command.help for command in group.commands.values())


def test_whole_command_writes_the_report(feedback, tmp_path, database_url):
    say(feedback, "hello")
    environment = {**os.environ, "HELPTREE_DATA": str(tmp_path), "HELPTREE_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "helptree", "feedback", "report", "--html", tmp_path / "report.html"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (0, f"Written: {tmp_path}/report.html\n") == (done.returncode, done.stderr)
    assert "hello" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("wrong", ["", "abc", "3W6HB-ZYEBF-JNBRF-F9AEU", "3W6HB-ZYEBF-JNBRF-F9AETT"])
def test_what_is_no_receipt_is_told(wrong):
    assert as_receipt(wrong) is None


def test_receipt_with_look_alikes_is_understood():
    assert "30111-ZYEBF-JNBRF-F9AET" == as_receipt("3oil1 zyebf jnbrf f9aet")
