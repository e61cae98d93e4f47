"""Writes the Markdown of one page: every text safe, every fallback marked, every link relative to the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape as escape_html
from posixpath import dirname, relpath

from helptree.addresses import page_path
from helptree.catalogs import TranslationState
from helptree.cldr import direction_of
from helptree.model import Entry, Message
from helptree.render.markup import inline, paragraphs
from helptree.render.plain import one_line
from helptree.translator import Text, Translator


def source_path(address: str) -> str:
    """Return the Markdown file of an address: `remedies/x/` -> `remedies/x.md`, '' -> `index.md`."""
    return f"{address.removesuffix('/')}.md" if address else "index.md"


def plain(text: str) -> str:
    """Return a text without its Markdown, as one line."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return one_line(re.sub(r"[*`]", "", text))


class Writer:
    """Markdown parts of the page that stands at `address`. Templates call it `page`."""

    def __init__(self, translator: Translator, address: str) -> None:
        self.translator = translator
        self.source = source_path(address)
        self.fallback_locales: set[str] = set()

    def text(self, entry: Entry) -> Text:
        """Return a text of the tree for this page's reader."""
        return self._noted(self.translator.text(entry))

    def ui(self, key: str, **values: str) -> Text:
        """Return a text of the interface for this page's reader."""
        return self._noted(self.translator.ui_filled(key, values))

    def own(self, value: str) -> Text:
        """Return something that needs no translation as a text."""
        return Text(value, self.translator.locale, TranslationState.SOURCE)

    def _noted(self, text: Text) -> Text:
        if text.locale != self.translator.locale:
            self.fallback_locales.add(text.locale)
        return text

    def address(self, id_: str) -> str:
        """Return the relative address of another page's Markdown file, which MkDocs checks and rewrites."""
        address, hash_, anchor = page_path(self.translator.tree, id_).partition("#")
        return _relative(source_path(address), dirname(self.source) or ".") + hash_ + anchor

    def language(self, locale: str) -> str:
        """Return the attributes that name a language."""
        return f"lang={locale} dir={direction_of(locale)}"

    def _attributes(self, text: Text, *more: str) -> str:
        found = [*more, self.language(text.locale)] if text.locale != self.translator.locale else more
        return f"{{: {' '.join(found)} }}" if found else ""

    def words(self, text: Text, *classes: str) -> str:
        """Return a text for use inside a line; classes, or a foreign language, put it into an emphasis."""
        safe = inline(text.value, self.address)
        if not classes and text.locale == self.translator.locale:
            return safe
        return f"*{safe}*{self._attributes(text, *_classes(' '.join(classes or ['ht-plain'])))}"

    def heading(self, level: int, text: Text, id_: str) -> str:
        """Return a heading with an id that is the same in all languages."""
        return f"{'#' * level} {inline(text.value, self.address)} {self._attributes(text, f'#{id_}')}"

    def prose(self, text: Text, *classes: str, indent: str = "") -> str:
        """Return a text's paragraphs."""
        names = [f".{name}" for name in classes]
        attributes = self._attributes(text, *names)
        end = f"\n{indent}{attributes}" if attributes else ""
        return f"\n\n{indent}".join(part + end for part in paragraphs(text.value, self.address))

    def steps(self, texts: Iterable[Text]) -> str:
        """Return numbered steps."""
        numbered = enumerate(texts, start=1)
        return "\n\n".join(f"{f'{n}.':<4}{self.prose(text, indent='    ')}" for n, text in numbered)

    def points(self, texts: Iterable[Text]) -> str:
        """Return a list without numbers."""
        return "\n\n".join(f"-   {self.prose(text, indent='    ')}" for text in texts)

    def box(self, kind: str, title: Text, body: str) -> str:
        """Return a box. `body` is Markdown that this writer made."""
        return f'!!! {kind} "{self._box_title(title)}"\n\n{_indent(body)}'

    def fold(self, title: Text, body: str) -> str:
        """Return a part that opens at a tap, without JavaScript. `body` is Markdown that this writer made."""
        return f'??? quote "{self._box_title(title)}"\n\n{_indent(body)}'

    def _box_title(self, title: Text) -> str:
        return self.words(title).replace('"', "&#34;")

    def link(self, label: Text, id_: str, *, note: Text | None = None, css: str = "ht-option") -> str:
        """Return a large link: the label, and below it a note in smaller letters."""
        words = f"**{inline(_without_links(label.value), self.address)}**"
        if note:
            language = f"{{: {self.language(note.locale)} }}" if note.locale != label.locale else ""
            words += f" *{inline(_without_links(note.value), self.address)}*{language}"
        return f"[{words}]({self.address(id_)}){self._attributes(label, *_classes(css))}"

    def message(self, message: Message) -> str:
        """Return a message to send, its gaps shown as [labels], ready to be copied."""
        gaps = {gap.id: f"[{self.text(gap.label).value}]" for gap in message.placeholders}
        text = self._noted(self.translator.text(message.text, gaps))
        return self._fence(text.value, text.locale)

    def message_also(self, message: Message, locale: str) -> str:
        """Return a message in a recipient's language; its gaps stay in the reader's, who fills them in."""
        gaps = {gap.id: f"[{self.text(gap.label).value}]" for gap in message.placeholders}
        filled = self.translator.fill(message.also_in[locale], gaps, locale)
        return self._fence(filled, locale)

    def _fence(self, text: str, locale: str) -> str:
        fence = "~" * max(3, *(len(run) + 1 for run in re.findall("~+", text)), 3)
        return f"{fence} {{ .ht-message {self.language(locale)} }}\n{text.strip()}\n{fence}"

    def meta(self, text: Text, limit: int = 1000) -> str:
        """Return a text for front matter, where the theme expects HTML."""
        return escape_html(shorten(plain(text.value), limit))


def shorten(text: str, limit: int) -> str:
    """Return as many whole words as a search engine shows under a title."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(" ,;:.\u00a0\u202f") + "…"


def _classes(names: str) -> list[str]:
    return [f".{name}" for name in names.split()]


def _without_links(text: str) -> str:
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


def _indent(body: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in body.split("\n"))


# Pages link to the same few pages again and again, and in every language.
_relative = lru_cache(maxsize=20_000)(relpath)
