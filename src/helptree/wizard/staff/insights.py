"""What feedback teaches, drawn: the figures of `helptree feedback report`, counted there and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from helptree.feedback.database import FAILED
from helptree.feedback.report import Line, Report, make_report
from helptree.feedback.report_html import PARTS
from helptree.feedback.report_text import percent
from helptree.project import Project
from helptree.staff.sheets import title_of
from helptree.staff.words import label
from helptree.wizard.markup import plain_text
from helptree.wizard.staff.address import Address
from helptree.wizard.staff.console import heading
from helptree.wizard.staff.desk import bring_up_to_date, desk
from helptree.wizard.staff.identity import Staff
from helptree.wizard.staff.pages import render

_WEEKS = (4, 12, 26, 52)


def draw_insights(project: Project, address: Address, who: Staff) -> None:
    """Draw the report of the last weeks, in all languages or in one."""
    weeks, locale = _wanted(project, address)
    st.html(heading("insights", f"insights {weeks} {locale}"))
    engine = desk()
    try:
        report = make_report(engine, weeks, locale=locale or None) if engine and bring_up_to_date(engine) else None
    except FAILED:
        report = None
    st.html(insights_html(project, address, report) if report else render("away"))


def _wanted(project: Project, address: Address) -> tuple[int, str]:
    """Return how many weeks, and which language alone, '' for all: an address says `12` or `12.fr`."""
    number, _, locale = address.part.partition(".")
    return int(number) if number in map(str, _WEEKS) else 26, locale if locale in project.languages else ""


def insights_html(project: Project, address: Address, report: Report) -> str:
    """Return the report: a picture for the eye, and the same figures as a table for everybody."""
    weeks, locale = _wanted(project, address)
    agent = project.translator(address.agent)
    tree = project.tree

    def title(line: Line) -> tuple[str, str]:
        page = tree.find(line.name)
        if page:
            return plain_text(agent.text(title_of(page)).value), address.at(page.code).href()
        language = project.languages.get(line.name)
        return (language.autonym if language else line.name), ""

    sections = [
        ("by-week", "week", report.weeks),
        ("by-language", "locale", report.languages),
        ("worst", "page", report.worst),
        ("drop-off", "page", sorted(report.nodes, key=lambda line: -line.left_here)),
    ]
    return render(
        "insights",
        report=report,
        sections=sections,
        weeks=[(number, replace(address, part=_part(number, locale)).href()) for number in _WEEKS],
        now=weeks,
        locales=[(tag, replace(address, part=_part(weeks, tag)).href()) for tag in ("", *project.languages)],
        locale=locale,
        languages=project.languages,
        parts=[(part, label(f"part-{part}")) for part, _ in PARTS],
        percent=percent,
        title=title,
        agent=agent,
    )


def _part(weeks: int, locale: str) -> str:
    return f"{weeks}.{locale}" if locale else str(weeks)
