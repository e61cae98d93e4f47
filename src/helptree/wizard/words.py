"""One screen's texts: those of the tree and of the interface, as HTML and as labels, with what fell back."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from helptree.addresses import page_path, resolve_refs
from helptree.locales import Language
from helptree.model import Entry, Tree
from helptree.translator import Text, Translator
from helptree.wizard.markup import block_html, inline_html, language_of, plain_label, plain_text, tag

GUIDE = "/guide"


class Words:
    """Gives texts, and remembers the other languages it had to fall back to."""

    def __init__(self, tree: Tree, translator: Translator, base: str = ""):
        self.tree = tree
        self.translator = translator
        self.locale = translator.locale
        self.languages = translator.languages
        self.guide = base + GUIDE
        self.fallbacks: set[str] = set()

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.translator.language

    def in_language(self, locale: str) -> Words | None:
        """Return the same texts in another language of the tree; None when it has no such language."""
        if locale not in self.languages:
            return None
        return Words(self.tree, self.translator.into(locale), self.guide.removesuffix(GUIDE))

    def guide_address(self, id_: str) -> str:
        """Return the address of a page of the site."""
        return f"{self.guide}/{self.locale}/{page_path(self.tree, id_)}"

    def _note(self, text: Text) -> dict[str, str | None]:
        if text.locale != self.locale and text.is_fallback:
            self.fallbacks.add(text.locale)
        return language_of(text, self.locale, self.languages)

    def _markdown(self, text: Text) -> str:
        return resolve_refs(text.value, self.guide_address)

    def inline(self, entry: Entry, name: str = "span", **values: str | None) -> str:
        """Return one line as an element."""
        text = self.translator.text(entry)
        return _element(name, inline_html(self._markdown(text)), {**values, **self._note(text)})

    def block(self, entry: Entry, **values: str | None) -> str:
        """Return paragraphs as an element."""
        text = self.translator.text(entry)
        return tag("div", block_html(self._markdown(text)), **values, **self._note(text))

    def plain(self, entry: Entry) -> Text:
        """Return one line without its Markdown."""
        text = self.translator.text(entry)
        self._note(text)
        return Text(plain_text(text.value), text.locale, text.state)

    def filled(self, entry: Entry, values: dict[str, str]) -> tuple[str, dict[str, str | None]]:
        """Return a text as it is, with `values` filled in, and the attributes that mark its language."""
        text = self.translator.text(entry, values)
        return text.value, self._note(text)

    def ui(self, key: str, **values: str) -> str:
        """Return words of the interface; a key without a dot is one of those shared with the site."""
        self._note(self.translator.ui_text(_full(key)))
        return self.translator.ui(_full(key), **values)

    def ui_html(self, key: str, name: str = "span", fill: Mapping[str, str] | None = None, **values: str | None) -> str:
        """Return words of the interface as an element; `fill`: what stands for their placeholders."""
        marks = self._note(self.translator.ui_text(_full(key)))
        text = self.translator.ui(_full(key), **(fill or {}))
        return _element(name, escape(text), {**values, **marks})

    def ui_label(self, key: str, **values: str) -> str:
        """Return words of the interface for a button."""
        return plain_label(self.ui(key, **values))


def _element(name: str, inner: str, values: dict[str, str | None]) -> str:
    return inner if name == "span" and not values else tag(name, inner, **values)


def _full(key: str) -> str:
    return key if "." in key else f"common.{key}"
