"""The staff site and exports on the command line. Thin, like cli.py."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from helptree.cli_common import TreeOption, tells_problems
from helptree.problems import ProblemsFound
from helptree.project import Project, open_project
from helptree.staff.changes import ManifestError, from_json, manifest_of
from helptree.staff_site import Earlier, StaffSiteError, build_staff_site


def build_staff(
    folder: Path, site_dir: Path | None, docs_dir: Path | None, config: Path | None, since: str | None
) -> None:
    """Build the staff site, and say what was built."""
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


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(1)


def read_earlier(since: str, folder: Path) -> Earlier:
    """Return the state that changes are counted from: a manifest, a folder with a tree, or a revision of git."""
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
            archive.extractall(scratch, filter="data")
        yield Path(scratch)


@click.group()
def export() -> None:
    """Write ready replies and the staff reference for other programs."""


_ = (TreeOption, tells_problems, Project)
