"""What is old or unsure, as the staff site tells it: overdue facts, texts that wait, words that no source shows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from helptree.project import Project
from helptree.staff.freshness import ages, unattested, waiting
from helptree.wizard.markup import plain_text
from helptree.wizard.staff.address import Address
from helptree.wizard.staff.console import heading
from helptree.wizard.staff.identity import Staff
from helptree.wizard.staff.pages import render


def draw_freshness(project: Project, address: Address, who: Staff) -> None:
    """Draw the lists."""
    st.html(heading("freshness", "freshness") + freshness_html(project, address, datetime.now(UTC).date()))


def freshness_html(project: Project, address: Address, today: date) -> str:
    """Return the lists as of a day."""
    tree, locales = project.tree, list(project.languages)
    agent = project.translator(address.agent)

    def href(id_: str) -> str:
        page = tree.find(id_)
        return address.at(page.code).href() if page else ""

    return render(
        "freshness",
        today=today,
        ages=ages(tree, project.staff.review_interval_days, today),
        waiting=list(waiting(project.entries, project.catalogs, (tag for tag in locales if tag != tree.source_locale))),
        unattested=unattested(tree, locales),
        languages=project.languages,
        agent=agent,
        plain=lambda entry: plain_text(agent.text(entry).value),
        href=href,
    )
