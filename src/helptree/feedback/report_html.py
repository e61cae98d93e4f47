"""The report as one HTML file with plots inside it: no script, nothing fetched. Readers' texts are escaped."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from helptree.feedback.report import Line, Report
from helptree.feedback.report_text import percent, summary

PARTS = (
    ("helped", "helped"),
    ("not_helped", "did not help"),
    ("left_here", "left here"),
    ("unknown", "unknown"),
)
_LEFT, _WIDTH, _ROW, _BAR = 170, 760, 26, 18
_MOST_BARS = 30


def to_html(report: Report) -> str:
    """Return the page."""
    environment = Environment(
        loader=PackageLoader("helptree.feedback", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["percent"] = percent
    environment.globals.update(parts=PARTS, bars=bars, summary=summary(report))
    return environment.get_template("report.html.j2").render(report=report)


def bars(lines: Sequence[Line]) -> dict[str, object]:
    """Lay out one stacked bar for each line: positions and widths for the template to draw."""
    lines = lines[-_MOST_BARS:] if lines and lines[0].kind == "walk" else lines[:_MOST_BARS]
    most = max((line.views for line in lines), default=0) or 1
    scale = (_WIDTH - _LEFT - 60) / most
    rows = []
    for number, line in enumerate(lines):
        pieces, x = [], float(_LEFT)
        for part, label in PARTS:
            width = getattr(line, part) * scale
            if width:
                pieces.append({"part": part, "label": label, "x": round(x, 1), "width": round(width, 1)})
            x += width
        y = number * _ROW
        rows.append({"line": line, "y": y, "text_y": y + _BAR - 4, "end": round(x + 6, 1), "pieces": pieces})
    return {"rows": rows, "width": _WIDTH, "height": max(1, len(rows)) * _ROW, "bar": _BAR, "left": _LEFT - 8}
