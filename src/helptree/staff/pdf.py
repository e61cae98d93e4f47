"""The whole staff reference as one PDF: contents with page numbers, bookmarks, one or two languages.

Made by WeasyPrint, which numbers the pages of the contents in one go and shapes every script with the system's fonts;
a browser's print can't number contents. Its libraries (Pango) come with the system: `make pdf` sees to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from markupsafe import Markup, escape

from helptree.cldr import direction_of
from helptree.model import Entry, StaffTree, Status
from helptree.staff.data import to_html
from helptree.staff.html import environment
from helptree.staff.matrix import make_matrix
from helptree.staff.sheets import Sheet, Sheets
from helptree.translator import Translator
from helptree.wizard.markup import plain_text
from helptree.wordings import own_wordings

_TEMPLATES = Path(__file__).with_name("templates")
# Labels of rows that are no words: rows of lists.
_NUMBERS = frozenset(["", *(f"{number}." for number in range(1, 100))])
_GROUPS = ("statuses", "outcomes", "remedies", "questions")


class PdfError(Exception):
    """The PDF can't be made here. The message says what is missing."""


class _Side:
    """One of the languages."""

    def __init__(self, translator: Translator) -> None:
        self.translator, self.locale = translator, translator.locale
        self.name, self.direction = translator.language.autonym, translator.language.direction

    def text(self, entry: Entry) -> Markup:
        return Markup(to_html(self.translator.text(entry), self._address))

    def _address(self, id_: str) -> str:
        return f"#{id_}" if self.translator.tree.find(id_) else "nowhere"

    def plain(self, entry: Entry) -> str:
        return plain_text(self.translator.text(entry).value)

    def locale_of(self, entry: Entry) -> str:
        return self.translator.text(entry).locale

    def direction_of(self, entry: Entry) -> str:
        locale = self.locale_of(entry)
        return self.direction if locale == self.locale else direction_of(locale)

    def wordings(self, status: Status) -> Markup:
        own = own_wordings(status, self.locale)
        return Markup(" · ").join(escape(each.text + ("" if each.attested else "\N{NO-BREAK SPACE}*")) for each in own)


def reference_html(staff: StaffTree, translators: Sequence[Translator], today: date) -> str:
    """Return the document that becomes the PDF. `translators`: the customer's language, if any, and the agent's."""
    sides = [_Side(translator) for translator in translators]
    agent = sides[-1]
    return (
        environment(_TEMPLATES)
        .get_template("pdf.html.j2")
        .render(
            css=Markup((_TEMPLATES / "pdf.css").read_text(encoding="utf-8")),
            ui=agent.translator.ui,
            plain=agent.plain,
            agent=agent,
            sides=sides,
            names=[side.name for side in sides],
            numbers=_NUMBERS,
            title=agent.plain(staff.public.title),
            today=today,
            groups=list(_groups(staff)),
            matrix=make_matrix(staff.public),
            everywhere=staff.everywhere,
        )
    )


def _groups(staff: StaffTree) -> Iterator[tuple[str, list[Sheet]]]:
    sheets = Sheets(staff)
    for name in _GROUPS:
        yield name, [sheets.sheet(page) for page in getattr(staff.public, name).values()]


def write_pdf(html: str, file: Path) -> int:
    """Write a document as PDF and return its number of pages. Raises PdfError where its libraries are missing."""
    try:
        import weasyprint  # type: ignore[import-untyped]
        from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        raise PdfError(
            f"The PDF needs WeasyPrint and Pango, which can't be loaded here ({error}). Run `make pdf`."
        ) from None
    nothing = URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=html, url_fetcher=nothing).render()
    scratch = file.with_name(f".{file.name}.part")
    document.write_pdf(scratch)
    scratch.replace(file)
    return len(document.pages)
