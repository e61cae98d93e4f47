"""Draws one screen. Decides nothing: the place says what is shown, the words say how."""

from __future__ import annotations

from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from helptree.engine import Answer
from helptree.locales import Language
from helptree.model import Option, Outcome, Question, Tree
from helptree.project import Project
from helptree.wizard import place as places
from helptree.wizard.finder_box import draw_finder, tell_rejected
from helptree.wizard.markup import attributes, plain_label, tag
from helptree.wizard.outcome import outcome_html
from helptree.wizard.place import Place
from helptree.wizard.session import visit
from helptree.wizard.steps import mark_of, other_locale, step
from helptree.wizard.verdict import draw_report, draw_verdict
from helptree.wizard.words import Words
from helptree.wordings import attested_wordings

_FEW_LANGUAGES = 2


def show(project: Project, place: Place, words: Words) -> None:
    """Draw the screen of a place."""
    tree = project.tree
    question = places.question_at(tree, place)
    node = question or _outcome(place)
    visit().see(node.id, place.locale, is_outcome=question is None)
    title = words.plain(question.text if question else _outcome(place).title)
    st.set_page_config(page_title=f"{title.value} – {words.plain(tree.title).value}", layout="centered")
    _top(tree, place, words)
    notices = st.container()  # filled last: only then is known what had to fall back
    if question:
        _question(project, place, question, words)
    else:
        outcome = _outcome(place)
        st.html(outcome_html(tree, outcome, place, _heading(place, outcome.id, words), words))
        draw_verdict(tree, place, outcome, words)
    _answers_so_far(tree, place, words)
    draw_report(place, node.id, words)
    st.html(_footer(tree, place, question, words))
    _notices(tree, place, words, notices)


def _outcome(place: Place) -> Outcome:
    assert isinstance(place.position.node, Outcome)
    return place.position.node


# --- top -----------------------------------------------------------------------------------------------------


def _top(tree: Tree, place: Place, words: Words) -> None:
    title = words.inline(tree.title, "p", class_="ht-site")
    st.html(tag("div", title + _language_selector(place, words), class_="ht-top"))
    back = places.previous(tree, place)
    if back:
        arrow = "→" if words.language.direction == "rtl" else "←"
        step(f"{arrow} {words.ui_label('back')}", place, back, "back", is_quiet=True)


def _language_selector(place: Place, words: Words) -> str:
    """Return links to this place in the other languages; wizard.js follows them without loading anew.

    Streamlit's selectbox does not open by a tap on its words, and cannot say in which language a name is.
    """
    others = [language for tag, language in words.languages.items() if tag != words.locale]
    links = [_language_link(place, language) for language in others]
    if len(links) <= _FEW_LANGUAGES:
        return tag("nav", " ".join(links), aria_label=words.ui("language")) if links else ""
    name = words.language.autonym
    summary = tag("summary", escape(name), aria_label=f"{words.ui('language')}: {name}")
    items = "".join(tag("li", link) for link in links)
    return tag("details", summary + tag("ul", items), class_="ht-languages")


def _language_link(place: Place, language: Language) -> str:
    href = "/?" + urlencode({**places.query_of(place), places.LANG: language.tag})
    name = escape(language.autonym)
    return tag("a", name, href=href, hreflang=language.tag, lang=language.tag, dir=language.direction, data_ht_go="")


def _notices(tree: Tree, place: Place, words: Words, where: DeltaGenerator) -> None:
    parts = []
    if place.has_unknown:
        parts.append(words.ui_html("wizard.unknown-address", "p"))
    if place.left_out:
        rows = "".join(tag("li", _answer_html(tree, answer, words)) for answer in place.left_out)
        parts.append(words.ui_html("wizard.left-out", "p") + tag("ul", rows))
    if place.changing:
        parts.append(words.ui_html("wizard.changing", "p"))
    if visit().by_code == mark_of(place) and place.position.path:
        parts.append(words.ui_html("wizard.by-code", "p"))
    if words.fallbacks:
        parts.append(words.ui_html("fallback-notice", "p", {"language": _names(words)}))
    if parts:
        where.html(tag("div", "".join(parts), class_="ht-notice"))


def _names(words: Words) -> str:
    """Return the languages that some of the screen is in for want of a translation."""
    known = words.languages
    return ", ".join(sorted(known[tag].autonym if tag in known else tag for tag in words.fallbacks))


def _answer_html(tree: Tree, answer: Answer, words: Words) -> str:
    question, option = _find(tree, answer)
    return words.inline(question.text) + " " + words.inline(option.label, "strong")


def _find(tree: Tree, answer: Answer) -> tuple[Question, Option]:
    question = tree.questions[answer.question]
    option = question.option(answer.option)
    assert option
    return question, option


# --- a question ----------------------------------------------------------------------------------------------


def _heading(place: Place, node: str, words: Words) -> str:
    """Return the attributes of the first heading: wizard.js sets the page's language and the focus by them.

    It also says what to show while there is no connection. That is no part of the screen, so no fallback is told.
    """
    on_page = Place(place.locale, place.position, changing=place.changing)
    away = words.translator.ui_text("wizard.away")
    return attributes(
        id="ht-heading",
        tabindex="-1",
        data_ht_step=mark_of(on_page),
        data_ht_lang=words.locale,
        data_ht_dir=words.language.direction,
        data_ht_away=away.value,
        data_ht_away_lang=away.locale,
        data_ht_page=words.guide_address(node),
        data_ht_site=words.ui("wizard.site-page"),
    )


def _question(project: Project, place: Place, question: Question, words: Words) -> None:
    tree = project.tree
    heading = f"<h1{_heading(place, question.id, words)}>{words.inline(question.text)}</h1>"
    st.html(heading + (words.block(question.hint, class_="ht-hint") if question.hint else ""))
    found = draw_finder(project, place, question, words) if question.id == tree.root else frozenset()
    headings = {group.id: group for group in question.groups}
    shown: str | None = None
    with st.container(gap="xsmall"):
        for option in question.options:
            if option.group and option.group != shown:
                st.html(words.inline(headings[option.group].title, "h2"))
            shown = option.group
            _option(tree, place, question, option, found, words)


def _option(tree: Tree, place: Place, question: Question, option: Option, found: frozenset[str], words: Words) -> None:
    label = words.plain(option.label)
    is_bold = any(other.status for other in question.options)
    lines = [f"**{plain_label(label.value)}**" if is_bold else plain_label(label.value)]
    if option.status:
        lines += _wordings(tree, option.status, words)
    if place.changing and place.answers.get(question.id) == option.id:
        lines.append(f"*{words.ui_label('wizard.your-answer')}*")
    there = places.answered(tree, place, question, option.id)
    act = partial(tell_rejected, words.locale) if found and option.status not in found else None
    label_text = "  \n".join(filter(None, lines))
    step(label_text, place, there, f"option_{option.id}", other_locale(label, words), act=act)


def _wordings(tree: Tree, status: str, words: Words) -> list[str]:
    """Return what the shop is known to show for a status in this language."""
    known = {text.casefold(): text for text in attested_wordings(words.translator, tree.statuses[status])}
    return [" · ".join(plain_label(words.ui("wizard.wording", text=text)) for text in known.values())]


# --- bottom --------------------------------------------------------------------------------------------------


def _answers_so_far(tree: Tree, place: Place, words: Words) -> None:
    if not place.position.path:
        return
    with st.container(gap="xsmall"):
        st.html(words.ui_html("answers", "h2"))
        _answers(tree, place, words)
        act = partial(visit().leave, place.locale)
        step(words.ui_label("start-again"), place, places.start(tree, place), "start_again", act=act)


def _answers(tree: Tree, place: Place, words: Words) -> None:
    for answer in place.position.path:
        question, option = _find(tree, answer)
        asked, said = words.plain(question.text), words.plain(option.label)
        there = Place(place.locale, place.position, changing=question.id)
        label = f"{plain_label(asked.value)}  \n**{plain_label(said.value)}** · {words.ui_label('change')}"
        step(label, place, there, f"change_{question.id}", other_locale(said, words))


def _footer(tree: Tree, place: Place, question: Question | None, words: Words) -> str:
    node = question or _outcome(place)
    code = tag("strong", node.code, class_="ht-code", translate="no")
    site = tag("a", words.ui_html("wizard.site-page"), href=words.guide_address(node.id))
    parts = [
        tag("p", f"{words.ui_html('code')} {code}<br>{words.ui_html('code-hint', 'small')}"),
        tag("p", site),
        tag("p", tag("button", words.ui_html("wizard.print"), type="button", class_="ht-button", data_ht_print="")),
        words.inline(tree.disclaimer, "p"),
    ]
    if "about" in tree.pages:
        parts.append(tag("p", tag("a", words.ui_html("wizard.about"), href=words.guide_address("about"))))
    return tag("div", "".join(parts), class_="ht-footer")
