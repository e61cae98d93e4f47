"""The report for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helptree.feedback.report import Line, Report


def percent(part: float | None) -> str:
    """Return a share as people read it; a dash for what nobody said."""
    return "-" if part is None else f"{part:.0%}"


def summary(report: Report) -> str:
    """Return the one sentence that matters."""
    walks = report.walks
    return (
        f"{report.since} to {report.until}: {walks.views} walks; helped {walks.helped}, "
        f"did not help {walks.not_helped}, left at a question {walks.left_here}, unknown {walks.unknown}"
    )


def show(report: Report, console: Console, most: int = 20) -> None:
    """Print tables. Texts of readers are shown as they are, never as markup."""
    console.print(Text(summary(report)), soft_wrap=True)
    if not (report.walks.views or report.submissions):
        console.print("Nothing was said yet.")
        return
    _table(console, "Nodes", report.nodes[:most])
    _table(console, "Outcomes that help least", report.worst)
    _table(console, "By language", report.languages)
    _table(console, "By week", report.weeks)
    gaps = Table(
        "searched in vain", "times", "of these rejected", "languages", title="Content gaps", title_justify="left"
    )
    for gap in report.gaps[:most]:
        gaps.add_row(Text(gap.query), str(gap.times), str(gap.rejected), ", ".join(gap.locales))
    voices = Table("receipt", "week", "kind", "node", "language", "text", title="In words", title_justify="left")
    for voice in report.voices[:most]:
        cells = (voice.receipt, voice.week, voice.kind, voice.node, voice.locale, voice.text)
        voices.add_row(*map(Text, cells))
    for table in (gaps, voices):
        if table.row_count:
            console.print(table)


def _table(console: Console, title: str, lines: Iterable[Line]) -> None:
    table = Table("name", title=title, title_justify="left")
    for head in ("views", "helped", "did not", "left here", "unknown", "helped of those who said"):
        table.add_column(head, justify="right")
    for line in lines:
        figures = (line.views, line.helped, line.not_helped, line.left_here, line.unknown)
        table.add_row(Text(line.name), *map(str, figures), percent(line.helped_share))
    if table.row_count:
        console.print(table)
