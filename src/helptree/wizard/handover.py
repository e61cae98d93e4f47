"""The hand-over text: position, code, answers and what was tried, to paste into the shop's support chat."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import urlencode

from helptree.model import Outcome, Tree
from helptree.wizard import place as places
from helptree.wizard.markup import tag
from helptree.wizard.messages import copy_html, fields_html, gap_html, language_name
from helptree.wizard.place import Place
from helptree.wizard.words import Words

# The name of the field; messages of this tree use the same, so a number typed once is in both.
ORDER = "order_number"
_STAFF_LOCALE = "en"


def handover_html(tree: Tree, outcome: Outcome, place: Place, words: Words) -> str:
    """Return the text in the reader's language and in English, each with a button to copy it."""
    staff = words.in_language(_STAFF_LOCALE)
    parts = [words.ui_html("wizard.handover", "h4"), words.ui_html("wizard.handover-why", "p", class_="ht-small")]
    parts.append(fields_html({ORDER: words.ui("wizard.order-number")}, words))
    parts.append(_copy(tree, outcome, place, words, words, words.ui_html("wizard.copy")))
    if staff and staff.locale != words.locale:
        name = language_name(staff.locale, words.locale)
        label = words.ui_html("wizard.copy-in", fill={"language": name})
        parts += [tag("p", escape(name), class_="ht-small"), _copy(tree, outcome, place, staff, words, label)]
    return tag("div", "".join(parts), class_="ht-message")


def _copy(tree: Tree, outcome: Outcome, place: Place, inside: Words, words: Words, label: str) -> str:
    text = "\n".join(handover_lines(tree, outcome, place, inside))
    language: dict[str, str | None] = {"lang": inside.locale, "dir": inside.language.direction}
    return copy_html(f"handover-{inside.locale}", text, label, words, language if inside is not words else {})


def handover_lines(tree: Tree, outcome: Outcome, place: Place, words: Words) -> Iterator[str]:
    """Yield the text as lines of HTML."""
    yield escape(words.ui("wizard.handover-hello", title=words.plain(tree.title).value))
    yield f"{escape(words.ui('wizard.order'))} {gap_html(ORDER, words.ui('wizard.order-number'))}"
    yield f"{escape(words.ui('wizard.my-case'))} {escape(words.plain(outcome.title).value)}"
    yield f"{escape(words.ui('code'))}: {outcome.code}"
    if place.position.path:
        yield escape(words.ui("wizard.my-answers"))
    for answer in place.position.path:
        question = tree.questions[answer.question]
        option = question.option(answer.option)
        assert option
        yield escape(f"- {words.plain(question.text).value} {words.plain(option.label).value}")
    tried = outcome.ways[: place.way]
    if tried:
        yield escape(words.ui("wizard.i-tried"))
    for id_ in tried:
        yield escape(f"- {words.plain(tree.remedies[id_].title).value} ({tree.remedies[id_].code})")
    link = "/?" + urlencode({**places.query_of(place), places.LANG: words.locale})
    yield f"{escape(words.ui('wizard.link'))} {tag('bdi', escape(link), data_ht_link='', dir='ltr')}"
