"""What the templates of pages ask for: a writer that also knows the tree around its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import dirname, relpath
from urllib.parse import urlsplit

from helptree.addresses import SOURCES, page_path
from helptree.cldr import language_name, long_date
from helptree.model import (
    Entry,
    Option,
    Outcome,
    Question,
    ReaderPage,
    Remedy,
    Status,
    Step,
    Tree,
    Wording,
)
from helptree.placeholders import names_in
from helptree.render.markup import escape
from helptree.render.pictures import draw, picture_path
from helptree.render.ways import Ways
from helptree.render.writer import Writer
from helptree.translator import Text, Translator


def title_of(item: ReaderPage, writer: Writer) -> Text:
    """Return what a page is called."""
    match item:
        case Question():
            return writer.text(item.text)
        case Status():
            return writer.text(item.label)
        case Outcome() | Remedy():
            return writer.text(item.title)


def describe(item: ReaderPage, writer: Writer) -> Text | None:
    """Return what a search engine may show under a page's title."""
    match item:
        case Question():
            if item.hint:
                return writer.text(item.hint)
            labels = [writer.text(option.label) for option in item.options]
            return replace(labels[0], value=" / ".join(label.value for label in labels))
        case Status():
            return writer.text(item.meaning)
        case Outcome():
            return writer.text(item.summary)
        case Remedy():
            return writer.text(item.applies)


class View(Writer):
    """What templates call `page`: a writer that also knows the tree around the page."""

    def __init__(self, translator: Translator, ways: Ways, address: str) -> None:
        super().__init__(translator, address)
        self.tree: Tree = translator.tree
        self.ways = ways

    def crumbs(self, id_: str) -> Iterator[tuple[Text, str]]:
        """Yield title and address of each page on the way to a page; the first is the home page."""
        for crumb in self.ways.crumbs(id_) if id_ != self.tree.root else ():
            item = self.tree.find(crumb)
            assert item
            yield (
                self.ui("site.home") if crumb == self.tree.root else title_of(item, self),
                page_path(self.tree, crumb),
            )

    def notice(self) -> str:
        """Return the notice about parts in another language, '' when there are none.

        Templates print it last in order, so that all texts have been asked for; see `question.md.j2`.
        """
        others = sorted(self.fallback_locales - {self.translator.locale})
        if not others:
            return ""
        names = ", ".join(self.translator.languages[other].autonym for other in others)
        return self.prose(self.ui("common.fallback-notice", language=names), "ht-notice")

    def title(self, id_: str) -> Text:
        """Return the title of another page."""
        item = self.tree.find(id_)
        assert item
        return title_of(item, self)

    def groups(self, question: Question) -> Iterator[tuple[Text | None, str, list[Option]]]:
        """Yield heading, id and options of each group; options without a group come first, without a heading."""
        if loose := [option for option in question.options if option.group is None]:
            yield None, "", loose
        for group in question.groups:
            if members := [option for option in question.options if option.group == group.id]:
                yield self.text(group.title), f"group-{group.id}", members

    def option(self, option: Option) -> str:
        """Return an option as a large link; a status is followed by the shop's own words for it."""
        status = self.tree.statuses[option.status] if option.status else None
        shown = self._shown_words(status) if status else None
        return f"-   {self.link(self.text(option.label), option.status or option.next, note=shown)}"

    def _shown_words(self, status: Status) -> Text | None:
        seen = [wording.text for wording in self.wordings(status, attested=True)]
        return self.own(", ".join(self.quoted(words).value for words in seen[:2])) if seen else None

    def quoted(self, words: str) -> Text:
        """Return words in the quotation marks of the reader's language."""
        return self.own(self.translator.ui("site.quote", text=words))

    def wordings(self, status: Status, *, attested: bool) -> list[Wording]:
        """Return a status's wordings in the reader's language."""
        own = [wording for wording in status.wordings if _base(wording.locale) == _base(self.translator.locale)]
        return [wording for wording in own if wording.attested == attested and wording.on_screen]

    def screen_line(self, status: Status, label: str, *, attested: bool) -> str:
        """Return the words on the reader's screen under a label that says whose words they are; '' without any."""
        words = [self.quoted(wording.text).value for wording in self.wordings(status, attested=attested)]
        if not words:
            return ""
        return f"{self.prose(self.ui(label), 'ht-label')}\n\n{self.prose(self.own(' · '.join(words)))}"

    def other_wordings(self, status: Status) -> list[str]:
        """Return one line for each other language: its name and what is seen there, marked as that language."""
        lines: dict[str, list[str]] = {}
        for wording in status.wordings:
            if _base(wording.locale) != _base(self.translator.locale):
                words = f"*{self.words(self.own(wording.text))}*{{: .ht-wording {self.language(wording.locale)} }}"
                lines.setdefault(wording.locale, []).append(words)
        return [f"-   {self.language_name(locale)}: {', '.join(words)}" for locale, words in lines.items()]

    def language_name(self, locale: str) -> str:
        """Return what a language is called in the reader's language."""
        return self.words(self.own(language_name(locale, self.translator.locale)))

    def texts(self, steps: Iterable[Step]) -> list[Text]:
        """Return the texts of steps or warnings."""
        return [self.text(step.text) for step in steps]

    def entries(self, entries: Iterable[Entry]) -> list[Text]:
        """Return several texts."""
        return [self.text(entry) for entry in entries]

    def picture(self, item: Status | Remedy) -> str:
        """Return the picture of a status or remedy. It waits until it is scrolled to."""
        drawn = draw(self.translator, item)
        self.ui("site.picture-note")  # words inside of the picture that fell back count like those of the page
        size = f"width={drawn.width} height={drawn.height} loading=lazy"
        source = relpath(picture_path(item), dirname(self.source) or ".")
        return f"![{escape(drawn.alt)}]({source}){{: {size} }}\n{{: .ht-picture }}"

    def remedies(self, outcome: Outcome) -> list[Remedy]:
        """Return the remedies of an outcome in order, the human route last."""
        return [self.tree.remedies[id_] for id_ in outcome.ways]

    def labelled(self, label: Text, text: Text) -> str:
        """Return a text under a small label."""
        return f"{self.prose(label, 'ht-label')}\n\n{self.prose(text)}"

    def dates_of(self, entry: Entry) -> str:
        """Return from when the numbers in a text are, each a link to its source; '' when it holds none."""
        links = []
        for name in dict.fromkeys(names_in(entry.text)):
            if fact := self.tree.facts.get(name):
                day = long_date(fact.as_of, self.locale_of("site.as-of"))
                told = self.ui("site.as-of", fact=self.translator.fact(fact), date=day)
                links.append(f"[{self.words(told)}]({self.address(SOURCES)}#fact-{name})")
        return "\n\n" + "; ".join(links) + "\n{: .ht-label }" if links else ""

    def locale_of(self, key: str) -> str:
        """Return the locale in which a text of the interface is really written."""
        return self.translator.ui_text(key).locale

    def reference(self, id_: str) -> str:
        """Return a link inside a line, named like the page it leads to."""
        title = self.title(id_)
        return f"[{self.words(title)}]({self.address(id_)})"

    def after(self, remedy: str) -> list[tuple[str | None, list[Outcome]]]:
        """Return what comes next where a remedy did not help: (next remedy or None, the outcomes where so)."""
        found: dict[str | None, list[Outcome]] = {}
        for outcome in self.ways.outcomes_offering(remedy):
            index = outcome.ways.index(remedy)
            following = outcome.ways[index + 1] if index + 1 < len(outcome.ways) else None
            found.setdefault(following, []).append(outcome)
        return list(found.items())

    def cases(self, outcomes: Iterable[Outcome]) -> Text:
        """Return the line that names the outcomes for which something holds."""
        return self.ui("site.in-case", case=" / ".join(self.text(outcome.title).value for outcome in outcomes))

    def checked_on(self, *items: Status | Remedy) -> Text:
        """Return the line that says when the facts were checked, the oldest date counting."""
        line = self.translator.ui_text("common.reviewed")
        date = long_date(min(item.reviewed for item in items), line.locale)
        return self.ui("common.reviewed", date=date)

    def source_lines(self, item: Status | Remedy) -> list[str]:
        """Return host and date of each source, as plain text."""
        lines = []
        for id_ in item.sources:
            source = self.tree.sources[id_]
            where = urlsplit(source.url or "").hostname or source.title
            lines.append(where.removeprefix("www.") + (f" ({source.date})" if source.date else ""))
        language = self.language(self.tree.source_locale)
        return [f"-   *{self.words(self.own(line))}*{{: .ht-plain {language} }}" for line in dict.fromkeys(lines)]


def _base(locale: str) -> str:
    return locale.partition("-")[0]
