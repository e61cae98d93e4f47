"""The staff site and exports on the command line. Thin, like cli.py."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn

import click

from helptree.apart import ApartError, check_private
from helptree.cli_common import TreeOption, tells_problems
from helptree.locales import negotiate
from helptree.problems import ProblemsFound
from helptree.project import Project, open_project

if TYPE_CHECKING:
    from helptree.staff_site import Earlier

# Those of staff/macros.py, which is not loaded for other commands.
DESKS = ("zendesk", "freshdesk", "front")


def build_staff(
    folder: Path, site_dir: Path | None, docs_dir: Path | None, config: Path | None, since: str | None
) -> None:
    """Build the staff site, and say what was built."""
    from helptree.staff_site import StaffSiteError, build_staff_site

    project = open_project(folder)
    try:
        built = build_staff_site(
            project,
            site_dir=site_dir or Path("site-staff"),
            docs_dir=docs_dir or Path("docs-staff"),
            config=config or Path("mkdocs.staff.yml"),
            public=[Path("site"), Path("docs")],
            since=read_earlier(since, folder) if since else None,
        )
    except StaffSiteError as failed:
        _fail("\n".join(failed.messages))
    told = f", {built.changes} changes since {since}" if since else ""
    click.echo(f"{built.pages} staff pages{told}: {built.site_dir}/ ({built.seconds:.1f} s). Internal: do not publish.")


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def read_earlier(since: str, folder: Path) -> Earlier:
    """Return the state that changes are counted from: a manifest, a folder with a tree, or a revision of git."""
    from helptree.staff.changes import ManifestError, from_json
    from helptree.staff_site import Earlier

    path = Path(since)
    try:
        if path.is_file():
            return Earlier(since, from_json(path.read_text(encoding="utf-8")))
        if path.is_dir():
            return _of_tree(since, path)
        with _revision(since, folder) as tree:
            return _of_tree(since, tree)
    except (ManifestError, UnicodeDecodeError) as error:
        raise click.UsageError(f"--since {since}: {error}") from None


def _of_tree(name: str, folder: Path) -> Earlier:
    from helptree.staff.changes import manifest_of
    from helptree.staff_site import Earlier

    try:
        project = open_project(folder)
    except ProblemsFound as found:
        raise click.UsageError(
            f"--since {name}: that tree can't be read by this program ({found.problems[0]})"
        ) from None
    return Earlier(name, manifest_of(project.staff, project.entries))


@contextmanager
def _revision(name: str, folder: Path) -> Iterator[Path]:
    """Give the tree as it was in a revision, in a folder that is gone afterwards."""
    command = ["git", "archive", "--format=tar", "--end-of-options", f"{name}:./"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise click.UsageError(f"--since {name}: no such file, and git can't be run ({error.strerror})") from None
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().splitlines()
        raise click.UsageError(f"--since {name}: no such file, and no revision of git: {why[-1] if why else '?'}")
    with TemporaryDirectory() as scratch:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            # Python knows filters since 3.11.4; git writes no path that leads out of the folder.
            if hasattr(tarfile, "data_filter"):
                archive.extraction_filter = tarfile.data_filter
            archive.extractall(scratch)
        yield Path(scratch)


@click.group()
def export() -> None:
    """Write ready replies for help desks, and the staff reference on paper."""


_OutputOption = click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write."
)


@export.command()
@TreeOption
@click.option("--for", "desk", type=click.Choice([*DESKS, "markdown"]), required=True, help="The help desk.")
@click.option("--format", "format_", type=click.Choice(["csv", "json"]), default="json", show_default=True)
@click.option("--lang", "langs", multiple=True, help="A language; may be repeated. Default: all.")
@click.option("--folder", "group", help="The desk's own folder that takes them: Freshdesk's number, Front's `rsf_...`.")
@_OutputOption
@tells_problems
def macros(folder: Path, desk: str, format_: str, langs: tuple[str, ...], group: str | None, output: Path) -> None:
    """Write the ready replies as macros: Zendesk, Freshdesk, Front, or plain Markdown.

    Each object of the JSON is the body of one request to the desk's interface; the CSV has the same fields as columns.
    """
    from helptree.staff.macros import FolderError, macros_of, to_csv, to_json, to_markdown

    project = open_project(folder)
    locales = [_known(project, lang) for lang in langs] or list(project.languages)
    site_url = os.environ.get("HELPTREE_SITE_URL", "")
    found = list(macros_of((project.translator(locale) for locale in locales), site_url))
    writer = to_csv if format_ == "csv" else to_json
    try:
        text = to_markdown(found) if desk == "markdown" else writer(desk, found, group)
    except FolderError as error:
        raise click.UsageError(str(error)) from None
    _write(output, text)
    click.echo(f"{len(found)} replies in {len(locales)} languages: {output}")


@export.command()
@TreeOption
@click.option("--customer", help="The customer's language, beside the agent's. Default: the agent's alone.")
@click.option("--agent", help="The agent's language. Default: the source language.")
@_OutputOption
@tells_problems
def pdf(folder: Path, customer: str | None, agent: str | None, output: Path) -> None:
    """Write the whole staff reference as a PDF with contents and page numbers. Internal: do not publish."""
    from helptree.staff.pdf import PdfError, reference_html, write_pdf

    project = open_project(folder)
    wanted = [customer, agent or project.tree.source_locale]
    locales = list(dict.fromkeys(_known(project, each) for each in wanted if each))
    html = reference_html(project.staff, [project.translator(each) for each in locales], datetime.now(UTC).date())
    try:
        check_private(output)
        pages = write_pdf(html, output)
    except (PdfError, ApartError) as error:
        _fail(str(error))
    click.echo(f"{pages} pages: {output}. Internal: do not publish.")


def _known(project: Project, lang: str) -> str:
    found = negotiate([lang], project.languages)
    if not found:
        raise click.UsageError(f"The tree has no language {lang!r}: it has {', '.join(project.languages)}.")
    return found


def _write(path: Path, text: str) -> None:
    scratch = path.with_name(f".{path.name}.part")
    scratch.write_text(text, encoding="utf-8", newline="\n")
    scratch.replace(path)
