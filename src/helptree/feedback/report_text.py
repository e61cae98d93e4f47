"""The report for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from helptree.feedback.report import Line, Report

# Told apart by their shade alone, too: not every terminal has colours.
_BARS = (
    ("helped", "helped", "█", "green"),
    ("not_helped", "did not", "▓", "red"),
    ("left_here", "left here", "▒", "yellow"),
    ("unknown", "unknown", "░", "dim"),
)
_WIDTH = 16
_WEEKS = 8  # of each language; the HTML file has all


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
    legend = Text("In the plots: ")
    for _, words, sign, style in _BARS:
        legend.append(f"{sign * 2} {words}  ", style)
    console.print(legend)
    _table(console, "Nodes", report.nodes[:most])
    _table(console, "Outcomes that help least", report.worst)
    _table(console, "By language", report.languages)
    _table(console, "By week", report.weeks)
    if len(report.languages) > 1:
        for locale, lines in report.language_weeks.items():
            _table(console, f"By week: {locale}", lines[-_WEEKS:])
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


def bar(line: Line, most: int) -> Text:
    """Return the four parts of a line, one after the other, as long as its share of the most views."""
    drawn, views = Text(), 0
    for part, _, sign, style in _BARS:
        before, views = views, views + getattr(line, part)
        drawn.append(sign * (_ends(views, most) - _ends(before, most)), style)
    return drawn


def _ends(views: int, most: int) -> int:
    return round(_WIDTH * views / most) if most else 0


def _table(console: Console, title: str, lines: Sequence[Line]) -> None:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("name", overflow="fold")
    for head in ("views", "helped", "did\nnot", "left\nhere", "un-\nknown", "helped, of\nwho said so"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("plot", no_wrap=True)
    most = max((line.views for line in lines), default=0)
    for line in lines:
        figures = (line.views, line.helped, line.not_helped, line.left_here, line.unknown)
        table.add_row(Text(line.name), *map(str, figures), percent(line.helped_share), bar(line, most))
    if table.row_count:
        console.print(table)
