"""The pages of the staff site as HTML. What they say stands in templates/ and in sheets; texts are made safe here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from helptree.model import NO_NOTES, Entry, Question, Remedy, StaffTree, Status
from helptree.staff.changes import Change
from helptree.staff.data import addresses, staff_page, to_html
from helptree.staff.freshness import Age, Labels, Waiting
from helptree.staff.html import environment
from helptree.staff.likely import likely_outcomes
from helptree.staff.matrix import make_matrix
from helptree.staff.replies import Replied, Reply, make_reply
from helptree.staff.sheets import Sheet, Sheets, title_of
from helptree.staff.words import label
from helptree.translator import Translator
from helptree.wizard.markup import plain_text
from helptree.wordings import own_wordings

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class State:
    """What a build knows beside the tree. `since`: what it was compared with, None for nothing."""

    today: date
    ages: list[Age]
    waiting: list[Waiting]
    unattested: list[Labels]
    since: str | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A ready reply on a page. `answers`: what the customer must still say for it to be the right one."""

    title: Entry
    reply: Reply
    answers: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One page: its file below the site, its title, its body as HTML."""

    file: str
    title: str
    html: str


class PageWriter:
    """Writes pages in the source language; scripts put other languages beside it."""

    def __init__(self, staff: StaffTree, translator: Translator, site_url: str = "") -> None:
        self.staff, self.tree, self.translator, self.site_url = staff, staff.public, translator, site_url
        self.sheets = Sheets(staff)

    def pages(self, state: State) -> Iterator[StaffPage]:
        """Yield all pages."""
        tree = self.tree
        groups = [
            (name, list(getattr(tree, name).values())) for name in ("statuses", "outcomes", "remedies", "questions")
        ]
        yield self._page(
            "index", "index.html", label("title"), groups=groups, title_of=title_of, everywhere=self.staff.everywhere
        )
        for sheet in self.sheets.all():
            yield self._page(
                "page", staff_page(sheet.page), self.plain(sheet.title), sheet=sheet, offers=list(self.replies(sheet))
            )
        yield self._page("matrix", "reference/matrix.html", label("matrix"), matrix=make_matrix(tree))
        yield self._page("card", "reference/card.html", label("card"), statuses=tree.statuses.values(),
            next_of=self.next_of, everywhere=self.staff.everywhere, today=state.today)  # fmt: skip
        yield self._page("numbers", "reference/numbers.html", label("numbers"), facts=tree.facts.values(),
            sources=tree.sources, notes=self.staff.notes, nothing=NO_NOTES, value_of=self.translator.fact)  # fmt: skip
        yield self._page("freshness", "reference/freshness.html", label("freshness"), today=state.today,
            ages=state.ages, waiting=state.waiting, unattested=state.unattested)  # fmt: skip
        yield self._page("changes", "reference/changes.html", label("changes"), since=state.since,
            changes=state.changes, find=tree.find)  # fmt: skip
        yield self._page("glossary", "reference/glossary.html", self.translator.ui("site.glossary"),
            terms=tree.terms.values())  # fmt: skip

    def _page(self, template: str, file: str, title: str, **values: Any) -> StaffPage:
        up = "../" * file.count("/")
        html = environment(_TEMPLATES).get_template(f"{template}.html.j2").render(**self.functions(up), **values)
        return StaffPage(file, title, html)

    def functions(self, up: str) -> dict[str, Any]:
        """Return what templates call."""
        address = addresses(self.tree, up)
        return {
            "about": self.staff.about,
            "source_name": self.translator.language.autonym,
            "ui": self.translator.ui,
            "plain": self.plain,
            "text": lambda entry: Markup(to_html(self.translator.text(entry), address)),
            "wordings": self.wordings,
            "address": address,
        }

    def plain(self, entry: Entry) -> str:
        """Return one line without its Markdown."""
        return plain_text(self.translator.text(entry).value)

    def wordings(self, status: Status) -> Markup:
        """Return the words on the screen in the language of the page, those that sources show first."""
        own = own_wordings(status, self.translator.locale)
        return Markup("<br>").join(escape(each.text + ("" if each.attested else "\N{NO-BREAK SPACE}*")) for each in own)

    def next_of(self, status: Status) -> Entry:
        """Return what to ask or to do first about a status."""
        node = self.tree.node(status.leads_to)
        return node.text if isinstance(node, Question) else node.now

    def replies(self, sheet: Sheet) -> Iterator[Offer]:
        """Yield the ready replies of a page: its own, those of outcomes it may lead to, those its customer can send."""
        page = sheet.page
        if isinstance(page, Status | Question):
            for likely in likely_outcomes(self.tree, page.leads_to if isinstance(page, Status) else page.id):
                yield self._offer(likely.outcome, tuple(option.label for option in likely.answers))
            return
        yield self._offer(page)
        for id_ in page.messages if isinstance(page, Remedy) else ():
            yield self._offer(self.tree.messages[id_])

    def _offer(self, item: Replied, answers: tuple[Entry, ...] = ()) -> Offer:
        return Offer(item.title, make_reply(self.translator, item, self.site_url), answers)
