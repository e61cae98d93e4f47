"""Ready replies: what an agent sends to a customer about an outcome or a remedy, in both their languages.

Made of texts that readers see anyway, nothing internal is in reach. Free of greetings: those are the agent's.
What the agent fills in stands in braces, such as {order_number}.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helptree.addresses import page_path
from helptree.model import Entry, Message, Outcome, Remedy
from helptree.placeholders import names_in
from helptree.render.plain import one_line, to_plain
from helptree.translator import Text, Translator

# What every reply leaves to be filled in; messages have gaps of their own.
ORDER, LINK = "order_number", "link"
Replied = Outcome | Remedy | Message


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One line. `key` is the same in all languages; `spaced`: a blank line comes before it."""

    key: str
    text: str
    locale: str
    is_fallback: bool = False
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply in one language."""

    id: str
    code: str
    title: str
    locale: str
    direction: str
    lines: tuple[ReplyLine, ...]

    @property
    def text(self) -> str:
        """The whole reply, ready to be pasted."""
        return "".join(("\n\n" if line.spaced else "\n") + line.text for line in self.lines).lstrip("\n")

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names that stand in braces, in order, without repetition."""
        return tuple(dict.fromkeys(names_in(self.text)))

    @property
    def is_complete(self) -> bool:
        """Say whether every line is in the language of the reply."""
        return not any(line.is_fallback for line in self.lines)


@dataclass(frozen=True, slots=True)
class ReplyPair:
    """The same reply in the customer's language and in the agent's, line by line."""

    customer: Reply
    agent: Reply

    @property
    def rows(self) -> tuple[tuple[ReplyLine, ReplyLine], ...]:
        """Lines side by side."""
        return tuple(zip(self.customer.lines, self.agent.lines, strict=True))


def reply_pair(customer: Translator, agent_locale: str, item: Replied, site_url: str = "") -> ReplyPair:
    """Return the reply about an outcome, a remedy or a message in two languages of a tree.

    `site_url` is where the help site stands; without it the reply keeps the gap {link}. Raises KeyError for a locale
    that the tree does not have.
    """
    return ReplyPair(make_reply(customer, item, site_url), make_reply(customer.into(agent_locale), item, site_url))


def make_reply(translator: Translator, item: Replied, site_url: str = "") -> Reply:
    """Return the reply in one language."""
    writer = _Writer(translator, site_url)
    lines = {Outcome: writer.outcome, Remedy: writer.remedy, Message: writer.message}[type(item)]
    language = translator.language
    code = "" if isinstance(item, Message) else item.code
    title = writer.plain(item.title).value
    return Reply(item.id, code, title, language.tag, language.direction, tuple(lines(item)))  # type: ignore[operator]


class _Writer:
    def __init__(self, translator: Translator, site_url: str) -> None:
        self.translator, self.site_url = translator, site_url

    def outcome(self, outcome: Outcome) -> Iterator[ReplyLine]:
        first, *others = (self.translator.tree.remedies[id_] for id_ in outcome.ways)
        yield self._order()
        yield self._line(outcome.summary)
        yield self._labelled("common.what-to-do", outcome.now)
        yield self._line(first.title)
        yield from self._steps(first)
        if others:
            yield self._ui("site.then-try")
        for number, remedy in enumerate(others, 1):
            yield self._line(remedy.title, before=f"{number}. ", spaced=False)
        yield from self._end(outcome)

    def remedy(self, remedy: Remedy) -> Iterator[ReplyLine]:
        yield self._order()
        yield self._line(remedy.title)
        yield self._labelled("common.applies", remedy.applies)
        yield from self._steps(remedy, spaced=True)
        if remedy.success:
            yield self._labelled("common.success", remedy.success)
        for warning in remedy.warnings:
            yield self._labelled("common.warnings", warning.text)
        yield from self._end(remedy)

    def message(self, message: Message) -> Iterator[ReplyLine]:
        """Yield a text that the customer sends; its gaps stay in braces."""
        text = self.translator.text(message.text)
        yield _line(message.text.key, text.value.strip(), text, self.translator.locale)

    def _steps(self, remedy: Remedy, spaced: bool = False) -> Iterator[ReplyLine]:
        for number, step in enumerate(remedy.steps, 1):
            yield self._line(step.text, before=f"{number}. ", spaced=spaced and number == 1)
        if remedy.deadline:
            yield self._labelled("common.deadline", remedy.deadline)

    def _end(self, item: Outcome | Remedy) -> Iterator[ReplyLine]:
        code = self.translator.ui_text("common.code")
        value = self._joined("common.code", item.code)
        yield _line("ui.common.code", value, code, self.translator.locale)
        address = f"{{{LINK}}}"
        if self.site_url:
            path = page_path(self.translator.tree, item.id)
            address = f"{self.site_url.rstrip('/')}/{self.translator.locale}/{path}"
        yield self._ui("wizard.link", after=f" {address}", spaced=False)

    def _order(self) -> ReplyLine:
        return self._ui("wizard.order", after=f" {{{ORDER}}}")

    def _ui(self, key: str, after: str = "", spaced: bool = True) -> ReplyLine:
        text = self.translator.ui_text(key)
        return _line(f"ui.{key}", text.value + after, text, self.translator.locale, spaced)

    def _joined(self, label: str, words: str) -> str:
        """Return `Deadline: ...` with the colon of the language."""
        return self.translator.ui("walk.labelled", label=self.translator.ui(label), words=words)

    def _labelled(self, label: str, entry: Entry) -> ReplyLine:
        text = self.plain(entry)
        return _line(entry.key, self._joined(label, text.value), text, self.translator.locale)

    def _line(self, entry: Entry, before: str = "", spaced: bool = True) -> ReplyLine:
        text = self.plain(entry)
        return _line(entry.key, before + text.value, text, self.translator.locale, spaced)

    def plain(self, entry: Entry) -> Text:
        """Return an entry without its Markdown, as one line."""
        text = self.translator.text(entry)
        return Text(one_line(to_plain(text.value)), text.locale, text.state)


def _line(key: str, value: str, text: Text, wanted: str, spaced: bool = True) -> ReplyLine:
    return ReplyLine(key, value, text.locale, text.locale != wanted, spaced)
