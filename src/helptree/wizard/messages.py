"""Messages to send: fields to fill in, the text in the reader's language and in the recipient's, one press to copy.

The fields belong to the browser alone: assets/outcome.js puts what is typed into the texts and keeps it for the tab.
None of it is sent to the server or written into the address.
"""

from __future__ import annotations

import re
from html import escape

from babel import Locale, UnknownLocaleError

from helptree.model import Message, Tree
from helptree.wizard.markup import tag
from helptree.wizard.words import Words

_GAP = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# A placeholder whose id ends so is a day: its field has a calendar, and it is written as each language does.
DAY = "_date"


def messages_html(tree: Tree, ids: tuple[str, ...], words: Words) -> str:
    """Return all messages of a remedy; several are closed, so that a reader opens the one that fits."""
    if not ids:
        return ""
    messages = [tree.messages[id_] for id_ in ids]
    shown = [_closed(message, words) if len(ids) > 1 else _open(message, words) for message in messages]
    return tag("div", words.ui_html("messages", "h4") + "".join(shown), class_="ht-message")


def _open(message: Message, words: Words) -> str:
    return tag("p", words.inline(message.title, "strong")) + _message(message, words)


def _closed(message: Message, words: Words) -> str:
    return tag("details", tag("summary", words.inline(message.title)) + _message(message, words))


def fields_html(labels: dict[str, str], words: Words) -> str:
    """Return fields to fill in, by id; a value typed once is in every text that has the same gap."""
    fields = "".join(field_html(id_, label, "date" if id_.endswith(DAY) else "text") for id_, label in labels.items())
    hint = words.ui_html("wizard.message-gaps", "p", class_="ht-small ht-screen")
    return hint + tag("div", fields, class_="ht-fields") if fields else ""


def field_html(id_: str, label: str, kind: str) -> str:
    """Return a field whose value stays in the browser."""
    field = tag("input", "", type=kind, data_ht_fill=id_, autocomplete="off", maxlength="200", dir="auto")
    return tag("label", f"{tag('span', escape(label))}{field.removesuffix('</input>')}")


def _message(message: Message, words: Words) -> str:
    gaps = {gap.id: words.plain(gap.label).value for gap in message.placeholders}
    text, language = words.filled(message.text, {})
    to = words.ui_html("message-to", fill={"to": words.plain(message.to).value})
    parts = [
        tag("p", to),
        fields_html(gaps, words),
        copy_html(f"{message.id}-own", _with_gaps(text, gaps), words.ui_html("wizard.copy"), words, language),
        *(_in_their_language(message, tag_, gaps, words) for tag_ in _recipients(message, words)),
    ]
    return "".join(parts)


def _recipients(message: Message, words: Words) -> tuple[str, ...]:
    """Return the other languages to offer: the recipient's, and the source's, which a support agent may know best."""
    others = dict.fromkeys((words.tree.source_locale, *message.other_languages(words.locale)))
    return tuple(tag_ for tag_ in others if tag_ != words.locale)


def _in_their_language(message: Message, locale: str, gaps: dict[str, str], words: Words) -> str:
    """Return a message as the recipient reads it, under the name of that language in the reader's."""
    name = language_name(locale, words.locale)
    known = locale_of(locale)
    language: dict[str, str | None] = {"lang": locale, "dir": known.text_direction if known else "auto"}
    own = message.also_in.get(locale, message.text.text)
    text = _with_gaps(words.translator.fill(own, {}, locale), gaps)
    label = words.ui_html("wizard.copy-in", fill={"language": name})
    heading = tag("p", escape(name), class_="ht-small")
    return heading + copy_html(f"{message.id}-{locale}", text, label, words, language)


def _with_gaps(text: str, gaps: dict[str, str]) -> str:
    """Return a text as HTML whose gaps can be filled; an empty one shows its label in brackets."""

    def gap(match: re.Match[str]) -> str:
        id_ = match[1]
        return gap_html(id_, gaps[id_]) if id_ in gaps else match[0]

    return _GAP.sub(gap, escape(text))


def gap_html(id_: str, label: str) -> str:
    """Return a gap: assets/outcome.js puts what was typed in its place."""
    shown = f"[{label}]"
    return tag("bdi", escape(shown), data_ht_gap=id_, data_ht_empty=shown)


def copy_html(id_: str, text: str, label: str, words: Words, language: dict[str, str | None]) -> str:
    """Return a text with a button that copies it and says so; `text` and `label` are HTML."""
    quote = tag("blockquote", text, id=f"ht-copy-{id_}", **language)
    button = tag("button", label, type="button", data_ht_copy=f"ht-copy-{id_}", class_="ht-button")
    told = {"data_ht_done": words.ui("wizard.copied"), "data_ht_failed": words.ui("wizard.not-copied")}
    return quote + tag("p", button + tag("span", "", role="status", **told), class_="ht-press")


def locale_of(name: str) -> Locale | None:
    """Return what is known of a language, None for one unheard of."""
    try:
        return Locale.parse(name, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def language_name(locale: str, reader: str) -> str:
    """Return the name of a language in the reader's."""
    known = locale_of(locale)
    name = known.get_display_name(locale_of(reader) or known) if known else None
    return name or locale
