"""`helptree feedback`: what an operator does with what readers said. One clear line when it cannot be done."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine


@click.group()
def feedback() -> None:
    """See, keep, export and forget what readers said (OPERATING.md)."""


def _command(function: Callable[..., None]) -> click.Command:
    """Hand the command an open database; tell what goes wrong in one line, without passwords and rows."""

    @wraps(function)
    def told(**arguments: Any) -> None:
        from sqlalchemy.exc import SQLAlchemyError

        from helptree.feedback import FeedbackError, settings
        from helptree.feedback.database import make_engine, why

        address = "feedback"
        try:
            folder = settings.data_dir()
            url = settings.database_url(folder, os.environ.get(settings.DATABASE_URL))
            address = settings.told(url)
            engine = make_engine(url)
            function(engine, folder, **arguments)
            engine.dispose()
        except FeedbackError as error:
            _leave(str(error))
        except SQLAlchemyError as error:
            _leave(f"the database does not answer, or refuses ({why(error)}): {address}")
        except OSError as error:
            _leave(f"{error.filename or address}: {error.strerror or error}")

    told.__name__ = function.__name__.rstrip("_")
    return feedback.command()(told)


def _leave(line: str) -> None:
    click.echo(f"helptree feedback: {line}", err=True)
    sys.exit(1)


def _ready(engine: Engine) -> Engine:
    from helptree.feedback.migrate import migrate

    migrate(engine)
    return engine


@_command
def migrate(engine: Engine, folder: Path) -> None:
    """Make the tables or bring them up to date. Safe while the wizard runs, and from several machines at once."""
    from helptree.feedback.migrate import migrate as bring_up_to_date

    before, now = bring_up_to_date(engine)
    click.echo(f"Tables: version {now}, as before." if before == now else f"Tables: from {before or 'none'} to {now}.")


@_command
def status(engine: Engine, folder: Path) -> None:
    """Say where feedback is kept, how much there is, and what waits in the outbox of this machine."""
    from sqlalchemy import func, select

    from helptree.feedback import schema, settings
    from helptree.feedback.database import reading
    from helptree.feedback.outbox import Outbox

    click.echo(f"Data folder: {folder}\nDatabase:    {settings.told(engine.url)}")
    waiting = Outbox(folder).count() if (folder / "outbox.db").exists() else {}
    click.echo(f"Outbox:      {sum(waiting.values())} waiting, of these {waiting.get('set_aside', 0)} set aside")
    with reading(_ready(engine)) as connection:
        for table in schema.TABLES:
            click.echo(f"{table.name + ':':12} {connection.scalar(select(func.count()).select_from(table))} rows")


@_command
@click.option("--weeks", type=click.IntRange(1, 520), default=26, show_default=True, help="How far back.")
@click.option("--lang", help="Of this language alone, such as fr.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write one HTML file with plots.")
@click.option(
    "--tree", type=click.Path(path_type=Path), default="decision_tree", help="Where titles of nodes come from."
)
def report(
    engine: Engine, folder: Path, weeks: int, lang: str | None, as_json: bool, html: Path | None, tree: Path
) -> None:
    """Show which outcomes help, where readers leave, and what they search for in vain."""
    from rich.console import Console

    from helptree.feedback.report import as_data, make_report
    from helptree.feedback.report_html import to_html
    from helptree.feedback.report_text import show

    found = make_report(_ready(engine), weeks, _titles(tree) if html or as_json else {}, locale=lang)
    if html:
        html.write_text(to_html(found), encoding="utf-8")
        click.echo(f"Written: {html}", err=True)
    if as_json:
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    elif not html:
        show(found, Console())


def _titles(tree: Path) -> dict[str, str]:
    """Titles in the source language; none when the tree cannot be read: the report is about feedback."""
    from helptree.problems import ProblemsFound
    from helptree.project import open_project

    try:
        project = open_project(tree)
    except (ProblemsFound, OSError):
        return {}
    titles = {question.id: question.text.text for question in project.tree.questions.values()}
    return titles | {outcome.id: outcome.title.text for outcome in project.tree.outcomes.values()}


@_command
@click.option("--format", "format_", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def export(engine: Engine, folder: Path, format_: str, output: Path | None) -> None:
    """Write all submissions, masked as they are kept. The CSV holds no formula a spreadsheet would run."""
    from helptree.feedback.export import export as write

    if output is None:
        write(_ready(engine), format_, sys.stdout)
        return
    with output.open("w", encoding="utf-8", newline="") as out:
        count = write(_ready(engine), format_, out)
    click.echo(f"Written: {output} ({count} submissions)", err=True)


@_command
@click.option(
    "--days", type=click.IntRange(1), default=180, show_default=True, help="How long texts and walks are kept."
)
def prune(engine: Engine, folder: Path, days: int) -> None:
    """Forget old texts and turn old walks into counts. The wizard does so daily by itself."""
    from helptree.feedback.retention import prune as forget

    gone = forget(_ready(engine), days)
    click.echo(f"Forgotten: {gone.texts} texts; {gone.walks} walks became counts.")


@_command
@click.argument("receipt")
def erase(engine: Engine, folder: Path, receipt: str) -> None:
    """Take out what was submitted under a RECEIPT, from the database and from the outbox of this machine."""
    from helptree.feedback.outbox import Outbox
    from helptree.feedback.store import Store
    from helptree.feedback.types import FeedbackError, as_receipt

    name = as_receipt(receipt)
    if name is None:
        raise FeedbackError(f"{receipt!r} is no receipt: 20 letters and digits, such as 3W6HB-ZYEBF-JNBRF-F9AET")
    waited = Outbox(folder).erase(name) if (folder / "outbox.db").exists() else False
    was_there = Store(_ready(engine)).erase(name)
    click.echo("Erased." if was_there or waited else "There was nothing under this receipt; it will not be stored now.")


@_command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(engine: Engine, folder: Path, file: Path) -> None:
    """Write a backup to FILE while the wizard runs: JSON lines (.jsonl), or else a copy of the SQLite file."""
    from helptree.feedback.dump import backup as write

    click.echo(f"Written: {file} ({write(_ready(engine), file)} submissions)")


@_command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Even if there is something in the database.")
def restore(engine: Engine, folder: Path, file: Path, replace: bool) -> None:
    """Put back a backup, all or nothing. What was erased since stays erased."""
    from helptree.feedback.dump import restore as put_back

    click.echo(f"Restored: {put_back(engine, file, replace=replace)} submissions")
