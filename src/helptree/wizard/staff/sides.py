"""The two languages of the console: each side gives the tree's texts, marked where they had to fall back."""

from __future__ import annotations

import re
from html import escape

from markupsafe import Markup

from helptree.model import Entry, Status
from helptree.placeholders import names_in
from helptree.staff.data import AddressOf, to_html
from helptree.staff.sheets import OWN
from helptree.staff.words import label
from helptree.translator import Text, Translator
from helptree.wizard.markup import attributes, inline_html, plain_text, tag
from helptree.wizard.messages import gap_html
from helptree.wordings import attested_wordings, own_wordings

_GAP = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Side:
    """Texts in one language. `name`: `customer` or `agent`."""

    def __init__(self, name: str, translator: Translator, address: AddressOf) -> None:
        self.name, self.translator, self._address = name, translator, address
        self.locale = translator.locale
        self.direction = translator.language.direction
        self.autonym = translator.language.autonym

    @property
    def marks(self) -> Markup:
        """The attributes of an element in this language."""
        return Markup(attributes(lang=self.locale, dir=self.direction))

    def text(self, entry: Entry) -> Markup:
        """Return an entry with its Markdown."""
        text = self.translator.text(entry)
        return self._marked(to_html(text, self._address), text)

    def plain(self, entry: Entry) -> Markup:
        """Return an entry as one line without Markdown or links."""
        text = self.translator.text(entry)
        return self._marked(escape(plain_text(text.value)), text)

    def ui(self, key: str) -> Markup:
        """Return words of the interface, or, as sheets have them, `staff.` and the name of a label."""
        if key.startswith(OWN):
            return Markup(tag("span", escape(label(key.removeprefix(OWN))), lang="en", dir="ltr"))
        text = self.translator.ui_text(key)
        return self._marked(inline_html(text.value), text)

    def _marked(self, html: str, text: Text) -> Markup:
        if text.locale == self.locale:
            return Markup(html)
        known = self.translator.languages.get(text.locale)
        name = "div" if "<p>" in html else "span"
        told = tag("small", f" ({escape(label('fallback'))})", lang="en", dir="ltr")
        return Markup(tag(name, html, lang=text.locale, dir=known.direction if known else "auto") + told)

    def wordings(self, status: Status) -> list[tuple[str, bool]]:
        """Return the words on the screen, and whether a source shows them, those first."""
        shown = [(text, True) for text in attested_wordings(self.translator, status)]
        return shown + [(each.text, False) for each in own_wordings(status, self.locale) if not each.attested]


def with_gaps(text: str) -> Markup:
    """Return a reply as HTML whose gaps staff.js fills."""
    return Markup(_GAP.sub(lambda match: gap_html(match[1], match[1]), escape(text)))


def gaps_in(texts: list[str]) -> list[str]:
    """Return the names of all gaps, in order, each once."""
    return list(dict.fromkeys(name for text in texts for name in names_in(text)))
