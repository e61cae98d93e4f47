"""An outcome as HTML: what is the case, what to do, and one of its remedies open."""

from __future__ import annotations

from datetime import date
from html import escape

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from helptree.model import Entry, Outcome, Remedy, Tree
from helptree.wizard.markup import tag
from helptree.wizard.words import Words


def outcome_html(tree: Tree, outcome: Outcome, way: int, heading: str, words: Words) -> str:
    """Return the screen of an outcome; `heading`: the attributes of its first heading."""
    parts = [
        f"<h1{heading}>{words.inline(outcome.title)}</h1>",
        words.ui_html("what-it-means", "h2"),
        words.block(outcome.summary),
        tag("div", words.ui_html("what-to-do", "h2") + words.block(outcome.now), class_="ht-now"),
        words.ui_html("remedies", "h2"),
        _tried(tree, outcome, way, words),
        remedy_html(tree, outcome, way, words),
    ]
    return "".join(parts)


def _tried(tree: Tree, outcome: Outcome, way: int, words: Words) -> str:
    titles = "".join(tag("li", words.inline(tree.remedies[id_].title)) for id_ in outcome.ways[:way])
    return words.ui_html("wizard.tried", "p") + tag("ul", titles, class_="ht-tried") if titles else ""


def remedy_html(tree: Tree, outcome: Outcome, way: int, words: Words) -> str:
    """Return one remedy with everything a reader needs for it."""
    remedy = tree.remedies[outcome.ways[way]]
    number = words.ui_html("wizard.way-number", fill={"number": str(way + 1), "count": str(len(outcome.ways))})
    is_human = remedy.id == outcome.human_route
    kicker = f"{number} · {words.ui_html('human-route')}" if is_human else number
    parts = [
        tag("p", kicker, class_="ht-kicker"),
        tag("h3", words.inline(remedy.title), tabindex="-1", data_ht_way=remedy.id),
        words.block(remedy.applies),
        words.ui_html("steps", "h4"),
        tag("ol", "".join(words.block(step.text).join(("<li>", "</li>")) for step in remedy.steps)),
        _part("deadline", remedy.deadline, words, "ht-deadline"),
        _warnings(remedy, words),
        _part("success", remedy.success, words),
        _part("cost", remedy.cost, words),
        *(_message(tree, id_, words) for id_ in remedy.messages),
        words.ui_html("reviewed", "p", {"date": _date(remedy.reviewed, words.locale)}, class_="ht-small"),
    ]
    return tag("div", "".join(parts), class_="ht-remedy")


def _part(key: str, entry: Entry | None, words: Words, class_: str | None = None) -> str:
    return tag("div", words.ui_html(key, "h4") + words.block(entry), class_=class_) if entry else ""


def _warnings(remedy: Remedy, words: Words) -> str:
    rows = "".join(tag("li", words.block(warning.text)) for warning in remedy.warnings)
    return tag("div", words.ui_html("warnings", "h4") + tag("ul", rows), class_="ht-warnings") if rows else ""


def _message(tree: Tree, id_: str, words: Words) -> str:
    message = tree.messages[id_]
    gaps = {gap.id: f"[{words.plain(gap.label).value}]" for gap in message.placeholders}
    text, language = words.filled(message.text, gaps)
    to = words.ui_html("message-to", fill={"to": words.plain(message.to).value})
    parts = [
        words.ui_html("messages", "h4"),
        tag("p", words.inline(message.title, "strong") + "<br>" + to),
        tag("blockquote", escape(text), **language),
        *(_in_their_language(locale, text, gaps, words) for locale, text in message.also_in.items()),
        words.ui_html("wizard.message-gaps", "p", class_="ht-small") if gaps else "",
    ]
    return tag("div", "".join(parts), class_="ht-message")


def _in_their_language(locale: str, text: str, gaps: dict[str, str], words: Words) -> str:
    """Return a message as the recipient reads it, under the name of that language in the reader's."""
    for gap, value in gaps.items():
        text = text.replace(f"{{{gap}}}", value)
    known = _locale(locale)
    name = known.get_display_name(_locale(words.locale) or known) if known else None
    direction = known.text_direction if known else "auto"
    text_html = tag("blockquote", escape(text), lang=locale, dir=direction)
    return tag("p", escape(name or locale), class_="ht-small") + text_html


def _locale(tag_: str) -> Locale | None:
    try:
        return Locale.parse(tag_, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _date(day: date, locale: str) -> str:
    known = _locale(locale)
    return format_date(day, "long", known) if known else day.isoformat()
