"""What all commands share: their options, and how findings reach a person."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from helptree import report
from helptree.problems import ProblemsFound

TreeOption = click.option(
    "--tree",
    "folder",
    type=click.Path(path_type=Path),
    default="decision_tree",
    show_default=True,
    help="The folder with the content.",
)
FormatOption = click.option(
    "--format", "format_", type=click.Choice(list(report.FORMATS)), default="text", show_default=True,
    help="Lines for people, JSON for programs, annotations for CI.",
)  # fmt: skip


def tells_problems(command: Callable[..., Any]) -> Callable[..., Any]:
    """Show findings as lines on standard error and leave with 1, never with a traceback."""

    @wraps(command)
    def told(**arguments: Any) -> Any:
        try:
            return command(**arguments)
        except ProblemsFound as found:
            tell(found.problems, arguments.get("folder") or Path())
            sys.exit(1)
        except BrokenPipeError:
            raise  # whoever reads has enough; click leaves in silence
        except OSError as error:
            click.echo(f"{error.filename or 'helptree'}: {error.strerror or error}", err=True)
            sys.exit(1)

    return told


def tell(problems: list[Any] | tuple[Any, ...], folder: Path) -> None:
    """Write findings to standard error, and how many they are."""
    click.echo(report.as_text(problems, folder), err=True, nl=False)
    click.echo(report.summary(problems), err=True)
