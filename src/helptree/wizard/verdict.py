"""What a reader says about a screen: it helped or did not, a comment, "this page is wrong". Thanks when it is kept."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from helptree.feedback import MAX_TEXT, Kind, Receipt, Refusal, mask
from helptree.model import Outcome, Tree
from helptree.wizard.markup import tag
from helptree.wizard.place import Place
from helptree.wizard.session import visit
from helptree.wizard.steps import mark_of, other_locale, press, step
from helptree.wizard.words import Words


def draw_verdict(tree: Tree, place: Place, outcome: Outcome, words: Words) -> None:
    """Draw "that helped" and "that did not help", and what the reader said so far."""
    helped = visit().receipt(Kind.HELPED, outcome.id)
    if helped:
        st.html(_news("helped", _answer(helped, words, "wizard.helped-thanks")))
    else:
        with st.container(gap="xsmall"):
            press(f"**{words.ui_label('wizard.helped')}**", place, "helped", partial(_helped, outcome.id, words.locale))
            _not_helped(tree, place, outcome, words)
    if helped or _ways_refused(outcome):
        _form(Kind.COMMENT, place, outcome.id, words)


def _helped(node: str, locale: str) -> None:
    visit().send(Kind.HELPED, locale, node)


def _not_helped(tree: Tree, place: Place, outcome: Outcome, words: Words) -> None:
    """Draw the way on; after the human route there is none, and no promise of one."""
    if place.way + 1 == len(outcome.ways):
        return
    there = Place(place.locale, place.position, place.way + 1)
    title = words.plain(tree.remedies[outcome.ways[place.way + 1]].title)
    following = words.ui_label("wizard.next", title=title.value)
    label = f"**{words.ui_label('not-helped')}**  \n{following}"
    act = partial(_refuse, outcome.id, outcome.ways[place.way], words.locale)
    step(label, place, there, "not_helped", other_locale(title, words), act=act)


def _refuse(node: str, way: str, locale: str) -> None:
    visit().send(Kind.NOT_HELPED, locale, node, about=way)


def _ways_refused(outcome: Outcome) -> list[str]:
    return [way for way in outcome.ways if visit().receipt(Kind.NOT_HELPED, outcome.id, way)]


def draw_report(place: Place, node: str, words: Words) -> None:
    """Draw the way to say that a page is wrong. Closed until it is wanted; opening it asks the server nothing."""
    with st.expander(words.ui_label("wizard.report"), key=f"report_{mark_of(place)}"):
        _form(Kind.WRONG_PAGE, place, node, words)


def _form(kind: Kind, place: Place, node: str, words: Words) -> None:
    """Draw a field for a text, or what became of it."""
    receipt = visit().receipt(kind, node)
    if receipt and receipt.thanks:
        st.html(_news(kind, _thanks(kind, node, receipt, words)))
        return
    with st.form(f"{kind}_{mark_of(place)}", border=False, enter_to_submit=False):
        # no escapes: a field is also named by its label as it stands
        label = words.ui("wizard.comment" if kind is Kind.COMMENT else "wizard.what-is-wrong")
        text = st.text_area(label, key=f"{kind}_text_{node}", height=100, max_chars=MAX_TEXT)
        st.html(words.ui_html("wizard.no-personal-data", "p", {"count": str(MAX_TEXT)}, class_="ht-small"))
        is_sent = st.form_submit_button(words.ui_label("wizard.send"))
    if is_sent:
        visit().send(kind, words.locale, node, text)
        st.rerun()
    if receipt:
        st.html(_news(kind, _answer(receipt, words, "wizard.thanks")))


def _answer(receipt: Receipt, words: Words, thanks: str) -> str:
    """Return thanks only for what is on a disk; else a kind word and the reason."""
    return words.ui_html(thanks if receipt.thanks else f"wizard.{_reason(receipt)}", "p")


def _reason(receipt: Receipt) -> str:
    told = {Refusal.TOO_LONG: "too-long", Refusal.EMPTY: "empty", Refusal.TOO_OFTEN: "too-often"}
    return told.get(receipt.reason or Refusal.UNAVAILABLE, "not-kept")


def _thanks(kind: Kind, node: str, receipt: Receipt, words: Words) -> str:
    """Return the thanks, the text as it is kept, and the number by which it can be erased."""
    parts = [words.ui_html("wizard.thanks", "p")]
    if kept := mask(visit().text_sent(kind, node)).text.strip():
        key = "wizard.kept-masked" if receipt.masked else "wizard.kept-as"
        parts += [words.ui_html(key, "p"), tag("blockquote", escape(kept), dir="auto", class_="ht-kept")]
    number = tag("strong", escape(receipt.id), class_="ht-code", translate="no", dir="ltr")
    parts.append(tag("p", f"{words.ui_html('wizard.receipt')} {number}", class_="ht-small"))
    return "".join(parts)


def _news(token: str, inner: str) -> str:
    """Return a part that gets the focus when it is new: the button that was pressed may be gone."""
    return tag("div", inner, class_="ht-notice", tabindex="-1", data_ht_news=token)
