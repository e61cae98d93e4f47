"""The commands of translators: `helptree translate ...`. Thin, like cli.py."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from helptree import report
from helptree.catalogs import TranslationState
from helptree.cli_common import FormatOption, TreeOption, tell, tells_problems
from helptree.exchange import FORMATS
from helptree.locales import Language
from helptree.problems import ProblemsFound, has_errors
from helptree.project import Project, open_project
from helptree.reviews import STATES, Review

_LangOption = click.option("--lang", help="This language only, such as fr.")
_OneLangOption = click.option("--lang", required=True, help="Language tag, such as fr.")
_Keys = click.argument("keys", nargs=-1, required=True, metavar="KEY...")


@click.group()
def translate() -> None:
    """Keep the catalogs of translations in step with the content."""


def _language(project: Project, tag: str) -> Language:
    if tag in project.all_languages and tag != project.tree.source_locale:
        return project.all_languages[tag]
    known = ", ".join(name for name in project.all_languages if name != project.tree.source_locale)
    raise click.BadParameter(f"{tag!r} is none of: {known}", param_hint="--lang")


def _select(project: Project, patterns: tuple[str, ...], reviewable: Language | None = None) -> list[str]:
    from helptree.translation_files import select_keys

    try:
        return select_keys(project, patterns, reviewable)
    except KeyError as error:
        raise click.BadParameter(f"{error.args[0]!r} names no entry", param_hint="KEY") from error


@translate.command()
@TreeOption
@tells_problems
def extract(folder: Path) -> None:
    """Write catalogs/helptree.pot: every text that can be translated, in the order of reading."""
    from helptree.translation_files import write_template

    click.echo(f"Written: {write_template(open_project(folder))}")


@translate.command()
@TreeOption
@click.option("--lang", help="This language only; its catalog is begun if there is none.")
@tells_problems
def merge(folder: Path, lang: str | None) -> None:
    """Bring every catalog in step by key. Changed English marks a translation as fuzzy and keeps it."""
    from helptree.translation_files import merge_catalogs

    project = open_project(folder)
    for path in merge_catalogs(project, _language(project, lang).tag if lang else None):
        click.echo(f"Written: {path}")


@translate.command()
@_Keys
@TreeOption
@_LangOption
@tells_problems
def confirm(keys: tuple[str, ...], folder: Path, lang: str | None) -> None:
    """Say that translations still hold after their English has changed. KEY may hold *, as in `remedy.wait.*`."""
    from helptree.translation_files import merge_catalogs

    project = open_project(folder)
    only = _language(project, lang).tag if lang else None
    for path in merge_catalogs(project, only, _select(project, keys)):
        click.echo(f"Written: {path}")


@translate.command()
@_Keys
@TreeOption
@_OneLangOption
@click.option("--who", required=True, help="Who has read them.")
@click.option("--state", type=click.Choice(STATES), default="reviewed", show_default=True)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day. Default: today (UTC).")
@click.option("--minor", default="", help="Minor faults found when it was judged as part of a sample.")
@click.option("--major", default="", help="Major faults.")
@click.option("--critical", default="", help="Critical faults.")
@click.option("--note", default="", help="What was found and mended.")
@tells_problems
def review(
    keys: tuple[str, ...], folder: Path, lang: str, who: str, state: str, day: datetime | None,
    minor: str, major: str, critical: str, note: str,
) -> None:  # fmt: skip
    """Stamp translations as read, as they are now. The stamp lapses when either text changes."""
    from helptree.translation_files import write_review

    project = open_project(folder)
    language = _language(project, lang)
    date = (day or datetime.now(UTC)).date().isoformat()
    judgement = Review("", "", "", state, who, date, minor, major, critical, note)
    try:
        path = write_review(project, language, _select(project, keys, language), judgement)
    except KeyError as error:
        raise click.BadParameter(f"{error.args[0]!r} has no current translation to review") from error
    click.echo(f"Written: {path}")


@translate.command()
@TreeOption
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs.")
@tells_problems
def stats(folder: Path, as_json: bool) -> None:
    """Say how much of each language is translated, reviewed, stale or missing."""
    from helptree.translation_report import stats_json, stats_text

    project = open_project(folder)
    click.echo(stats_json(project) if as_json else stats_text(project))


@translate.command()
@TreeOption
@_LangOption
@FormatOption
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@tells_problems
def check(folder: Path, lang: str | None, format_: str, strict: bool) -> None:
    """Find what is wrong with the translations, and nothing else."""
    try:
        project = open_project(folder)
    except ProblemsFound as found:
        problems = found.problems
    else:
        problems = list(project.problems)
        lang = _language(project, lang).tag if lang else None
    ours = [p for p in problems if p.locale or p.location.path.startswith("catalogs/")]
    if lang:
        stem = f"catalogs/{lang.replace('-', '_')}."
        ours = [p for p in ours if p.locale == lang or p.location.path.startswith(stem)]
    click.echo(report.FORMATS[format_](ours, folder), nl=False)
    if format_ == "text":
        click.echo(report.summary(ours), err=bool(ours))
    if not ours and has_errors(problems):
        click.echo("The tree itself has errors; run `helptree check` first.", err=True)
        sys.exit(1)
    sys.exit(1 if has_errors(ours) or (strict and ours) else 0)


@translate.command()
@TreeOption
@_OneLangOption
@click.option("--format", "format_", type=click.Choice(FORMATS), default="xliff12", show_default=True)
@click.option("--only", multiple=True, type=click.Choice(["missing", "stale"]), help="These only; may be repeated.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file instead of the terminal.")
@tells_problems
def export(folder: Path, lang: str, format_: str, only: tuple[str, ...], output: Path | None) -> None:
    """Write a catalog in a format of translation programs or spreadsheets, to be imported again."""
    from helptree.exchange.files import export as export_catalog

    project = open_project(folder)
    text = export_catalog(project, _language(project, lang), format_, [TranslationState(name) for name in only])
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"Written: {output}", err=True)
    else:
        click.echo(text, nl=False)


@translate.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@TreeOption
@tells_problems
def import_(file: Path, folder: Path) -> None:
    """Put a translated FILE (XLIFF 1.2, 2.0 or CSV) into its catalog: all of it, or with any error nothing."""
    from helptree.exchange.files import import_file

    project = open_project(folder)
    try:
        done = import_file(project, file)
    except ProblemsFound as found:
        tell(found.problems, file.parent)
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    if done.warnings:
        tell(done.warnings, file.parent)
    click.echo(f"{done.path}: {done.changed} {'entry' if done.changed == 1 else 'entries'} changed")


@translate.command()
@click.argument("target", type=click.Path(path_type=Path))
@TreeOption
@tells_problems
def pseudo(target: Path, folder: Path) -> None:
    """Copy the tree to the new folder TARGET with two invented languages: en-XA (long) and ar-XB (right to left)."""
    from helptree.pseudo import copy_with_pseudo

    for path in copy_with_pseudo(open_project(folder), target):
        click.echo(f"Written: {path}")
