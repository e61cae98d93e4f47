"""The command line. Thin: each command translates its arguments to one plain call and its result to an exit status.

Exit status: 0 done; 1 problems were found; 2 the command was used wrongly.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import ClassVar, TextIO

import click

from helptree import __version__, report
from helptree.apart import ApartError, check_public_folders
from helptree.cli_common import FormatOption, TreeOption, tells_problems
from helptree.problems import ProblemsFound, has_errors
from helptree.project import Project, journey_coverage, open_project

_LangOption = click.option("--lang", default=None, help="Language tag, such as fr. Default: the source language.")


def _require_tree(folder: Path) -> None:
    from helptree.load import find_missing_tree

    if missing := find_missing_tree(folder):
        raise ProblemsFound(missing)


class _Group(click.Group):
    """Commands, and groups of commands that are loaded when they are asked for: each needs libraries of its own."""

    _LATER: ClassVar = {"export": "staff_cli", "feedback": "feedback_cli", "translate": "translate_cli"}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self._LATER])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._LATER:
            return super().get_command(ctx, cmd_name)
        found = getattr(import_module(f"helptree.{self._LATER[cmd_name]}"), cmd_name)
        assert isinstance(found, click.Command)
        return found


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="helptree")
def main() -> None:
    """A help center grown from one decision tree: check it, walk it, build it."""


@main.command()
@TreeOption
@FormatOption
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Judge what is overdue for review on this day.")
@tells_problems
def check(folder: Path, format_: str, strict: bool, today: datetime | None) -> None:
    """Find everything that is wrong with the content, all at once."""
    project: Project | None = None
    try:
        project = open_project(folder, today.date() if today else None)
        problems = list(project.problems)
    except ProblemsFound as found:
        problems = found.problems
    click.echo(report.FORMATS[format_](problems, folder), nl=False)
    if format_ == "text":
        click.echo(report.summary(problems), err=bool(problems))
        if project:
            click.echo(_statistics(project))
    sys.exit(1 if has_errors(problems) or (strict and problems) else 0)


def _statistics(project: Project) -> str:
    from helptree.engine import count_paths

    tree, (taken, total) = project.tree, journey_coverage(project)
    return (
        f"{len(tree.statuses)} statuses, {len(tree.questions)} questions, {len(tree.outcomes)} outcomes, "
        f"{len(tree.remedies)} remedies, {len(tree.messages)} messages; {count_paths(tree)} paths; "
        f"{len(project.journeys)} journeys take {taken} of {total} options; "
        f"languages: {', '.join(project.languages)}"
    )


def _answers(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> Mapping[str, str]:
    answers = {}
    for value in values:
        question, separator, option = value.partition("=")
        if not separator:
            raise click.BadParameter(f"{value!r} is not QUESTION=OPTION")
        answers[question] = option
    return answers


def _locale(project: Project, lang: str | None) -> str:
    from helptree.locales import negotiate

    if lang is None:
        return project.tree.source_locale
    if locale := negotiate([lang], project.languages):
        return locale
    raise click.BadParameter(f"{lang!r} is none of: {', '.join(project.languages)}", param_hint="--lang")


def _is_foreign(project: Project, lang: str) -> bool:
    """Say whether a tag names a language of this world that is not published."""
    from babel import Locale, UnknownLocaleError

    from helptree.locales import negotiate

    try:
        return Locale.parse(lang, sep="-") is not None and not negotiate([lang], project.languages)
    except (UnknownLocaleError, ValueError):
        return False


@main.command()
@TreeOption
@_LangOption
@click.option(
    "--answer", "answers", multiple=True, callback=_answers, metavar="QUESTION=OPTION",
    help="Begin with this answer; may be repeated.",
)  # fmt: skip
@tells_problems
def walk(folder: Path, lang: str | None, answers: Mapping[str, str]) -> None:
    """Walk the tree in the terminal, question by question, in any of its languages."""
    from helptree.walk import walk as walk_tree

    project = open_project(folder)
    translator = project.translator(_locale(project, lang))

    def read(prompt: str) -> str:
        click.echo(prompt, nl=False)
        line = sys.stdin.readline()
        if not line:
            raise click.Abort
        return line

    walk_tree(translator, answers, read, click.echo)


_SiteOption = click.option(
    "--site",
    "site_dir",
    type=click.Path(path_type=Path),
    default="site",
    show_default=True,
    help="Where the site stands.",
)
_DocsOption = click.option(
    "--docs",
    "docs_dir",
    type=click.Path(path_type=Path),
    default="docs",
    show_default=True,
    help="Where the generated Markdown goes.",
)
_ConfigOption = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default="mkdocs.yml",
    show_default=True,
    help="The configuration of MkDocs.",
)


@main.command()
@TreeOption
@click.option(
    "--audience", type=click.Choice(["public", "staff"]), default="public", show_default=True,
    help="Readers, or the internal reference for agents: a site of its own.",
)  # fmt: skip
@click.option(
    "--site", "site_dir", type=click.Path(path_type=Path),
    help="Where the site stands. Default: site, for staff site-staff.",
)  # fmt: skip
@click.option(
    "--docs", "docs_dir", type=click.Path(path_type=Path),
    help="Where the generated pages go. Default: docs, for staff docs-staff.",
)  # fmt: skip
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration of MkDocs. Default: mkdocs.yml, for staff mkdocs.staff.yml.",
)  # fmt: skip
@click.option(
    "--since", metavar="WHAT",
    help="Staff only: tell what changed since a manifest, a folder with a tree, or a revision of git such as a tag.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), help="Languages built at once. Default: one a processor.")
@click.option("--fresh", is_flag=True, help="Make every page anew, also those in which nothing has changed.")
@click.option(
    "--zip", "archive", type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the site into this file, to be read from a disk: unpacked, index.html opens by a double click.",
)  # fmt: skip
@tells_problems
def build(
    folder: Path, audience: str, site_dir: Path | None, docs_dir: Path | None, config: Path | None, since: str | None,
    jobs: int | None, fresh: bool, archive: Path | None,
) -> None:  # fmt: skip
    """Build the site in all languages. The new one replaces the old one in one step, or not at all."""
    if audience == "staff":
        from helptree.staff_cli import build_staff

        if archive or jobs or fresh:
            raise click.UsageError("--zip, --jobs and --fresh are for the public site.")
        build_staff(folder, site_dir, docs_dir, config, since)
        return
    if since:
        raise click.UsageError("--since is for --audience staff.")
    site, docs, config = site_dir or Path("site"), docs_dir or Path("docs"), config or Path("mkdocs.yml")
    _build_public(folder, site, docs, config, jobs, fresh, archive)


def _build_public(
    folder: Path, site_dir: Path, docs_dir: Path, config: Path, jobs: int | None, fresh: bool, archive: Path | None
) -> None:
    from helptree.progress import progress
    from helptree.site import build_site
    from helptree.site_run import warm_up_early

    try:
        check_public_folders(site_dir, docs_dir, *([archive.parent] if archive else []))
    except ApartError as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    project = open_project(folder, meanwhile=lambda: warm_up_early(config))
    with _tells_site_errors(), progress("Building", len(project.languages)) as advance:
        built = build_site(
            project, site_dir=site_dir, docs_dir=docs_dir, config=config, jobs=jobs, fresh=fresh, on_progress=advance
        )
    count = sum(built.pages.values())
    made = "all made" if built.made >= count else f"{built.made} made"
    click.echo(f"{count} pages in {len(built.pages)} languages, {made}: {built.site_dir}/ ({built.seconds:.1f} s)")
    if archive:
        from helptree.archive import write_archive

        write_archive(site_dir, archive)
        click.echo(f"Written: {archive}")


@contextmanager
def _tells_site_errors() -> Iterator[None]:
    from helptree.site import SiteError

    try:
        yield
    except SiteError as failed:
        click.echo("\n".join(failed.messages), err=True)
        sys.exit(1)


@main.command()
@TreeOption
@_SiteOption
@_DocsOption
@_ConfigOption
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--watch", is_flag=True, help="Build again when a file of the tree changes.")
@tells_problems
def serve(folder: Path, site_dir: Path, docs_dir: Path, config: Path, port: int, watch: bool) -> None:
    """Serve the built site on this machine alone."""
    from helptree.serve import serve_site

    with _tells_site_errors():
        serve_site(folder, site_dir, port, watch, docs_dir=docs_dir, config=config, tell=click.echo)


@main.command()
@TreeOption
@_LangOption
@click.option("--format", "format_", type=click.Choice(["mermaid", "svg"]), default="mermaid", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file instead of the terminal.")
@tells_problems
def graph(folder: Path, lang: str | None, format_: str, output: Path | None) -> None:
    """Draw the whole tree, with the answers on its edges."""
    from helptree.render.graph import to_mermaid, to_svg

    project = open_project(folder)
    translator = project.translator(_locale(project, lang))
    picture = to_svg(translator) if format_ == "svg" else to_mermaid(translator)
    if output:
        output.write_text(picture, encoding="utf-8")
        click.echo(f"Written: {output}", err=True)
    else:
        click.echo(picture, nl=False)


@main.command()
@click.argument("text", required=False)
@TreeOption
@click.option(
    "--locale", "--lang", "lang", default=None,
    help="The language of the reader's pages, such as fr. Default, and for languages that are not published: any, "
    "with reasons in the source language.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object a query, each on a line of its own.")
@click.option(
    "--from-file",
    type=click.File(encoding="utf-8-sig", errors="replace"),
    help="One query a line; - reads standard input.",
)
@tells_problems
def find(text: str | None, folder: Path, lang: str | None, as_json: bool, from_file: TextIO | None) -> None:
    """Find the statuses that TEXT may mean: words on a screen in any language, or a description.

    With --from-file and no --json, each query stands above its statuses.
    """
    from helptree.finders import AnyLanguageFinder, as_json_line, as_lines, make_finder

    if (text is None) == (from_file is None):
        raise click.UsageError("Give either TEXT or --from-file FILE.")
    project = open_project(folder)
    finder = (
        AnyLanguageFinder(project)
        if lang is None or _is_foreign(project, lang)
        else make_finder(project, _locale(project, lang))
    )
    for query in [line.rstrip("\r\n") for line in from_file] if from_file else [text or ""]:
        found = finder.find(query)
        click.echo(as_json_line(query, found) if as_json else as_lines(query if from_file else "", found))


@main.command()
@click.argument("kind", type=click.Choice(["question", "outcome", "remedy", "status"]))
@click.argument("id_", metavar="ID")
@TreeOption
@tells_problems
def new(kind: str, id_: str, folder: Path) -> None:
    """Write a valid file for a new KIND called ID, to be filled in."""
    from helptree.checks.shape import check_shapes
    from helptree.load import load
    from helptree.new import write_new

    _require_tree(folder)
    content, _ = check_shapes(load(folder))
    path = write_new(content, folder, kind, id_, date.today())
    click.echo(f"Written: {path}. Fill it in, link it from a question, then run `helptree check`.")


@main.command()
@TreeOption
@click.option("--check", "check_only", is_flag=True, help="Write nothing; fail when a file is out of date.")
@tells_problems
def schema(folder: Path, check_only: bool) -> None:
    """Write the JSON Schemas that editors use, and the page of all problems."""
    from helptree.schema import outdated, write

    _require_tree(folder)
    changed = outdated(folder) if check_only else write(folder)
    for name in changed:
        click.echo(f"{folder / name}: {'out of date; run `helptree schema`' if check_only else 'written'}")
    sys.exit(1 if check_only and changed else 0)
