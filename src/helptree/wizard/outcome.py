"""An outcome as HTML: what is the case, what to do, and one of its remedies open."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

from babel.dates import format_date

from helptree.model import Entry, Outcome, Remedy, Step, Tree
from helptree.render.pictures import draw
from helptree.wizard.clock import clock_html
from helptree.wizard.handover import handover_html
from helptree.wizard.markup import tag
from helptree.wizard.messages import locale_of, messages_html
from helptree.wizard.place import Place
from helptree.wizard.words import Words


def outcome_html(tree: Tree, outcome: Outcome, place: Place, heading: str, words: Words) -> str:
    """Return the screen of an outcome; `heading`: the attributes of its first heading."""
    parts = [
        f"<h1{heading}>{words.inline(outcome.title)}</h1>",
        words.ui_html("what-it-means", "h2"),
        words.block(outcome.summary),
        tag("div", words.ui_html("what-to-do", "h2") + words.block(outcome.now), class_="ht-now"),
        words.ui_html("remedies", "h2"),
        _tried(tree, outcome, place.way, words),
        remedy_html(tree, outcome, place, words),
    ]
    return "".join(parts)


def _tried(tree: Tree, outcome: Outcome, way: int, words: Words) -> str:
    titles = "".join(tag("li", words.inline(tree.remedies[id_].title)) for id_ in outcome.ways[:way])
    return words.ui_html("wizard.tried", "p") + tag("ul", titles, class_="ht-tried") if titles else ""


def remedy_html(tree: Tree, outcome: Outcome, place: Place, words: Words) -> str:
    """Return one remedy with everything a reader needs for it."""
    way = place.way
    remedy = tree.remedies[outcome.ways[way]]
    number = words.ui_html("wizard.way-number", fill={"number": str(way + 1), "count": str(len(outcome.ways))})
    is_human = remedy.id == outcome.human_route
    kicker = f"{number} · {words.ui_html('human-route')}" if is_human else number
    parts = [
        tag("p", kicker, class_="ht-kicker"),
        tag("h3", words.inline(remedy.title), tabindex="-1", data_ht_way=remedy.id),
        words.block(remedy.applies),
        words.ui_html("steps", "h4"),
        words.ui_html("wizard.tick-hint", "p", class_="ht-small ht-screen"),
        tag("ol", "".join(_step(remedy, step, words) for step in remedy.steps), class_="ht-steps"),
        _picture(remedy, words),
        _deadline(tree, remedy, words),
        _warnings(remedy, words),
        _part("success", remedy.success, words),
        _part("cost", remedy.cost, words),
        messages_html(tree, remedy.messages, words),
        handover_html(tree, outcome, place, words) if is_human else "",
        words.ui_html("reviewed", "p", {"date": _date(remedy.reviewed, words.locale)}, class_="ht-small"),
    ]
    return tag("div", "".join(parts), class_="ht-remedy")


def _step(remedy: Remedy, step: Step, words: Words) -> str:
    """Return a step with a box to tick. The browser keeps the ticks for the tab; the server is not asked."""
    name = f"ht-step-{step.id}"
    box = tag("input", "", type="checkbox", data_ht_tick=f"{remedy.id}.{step.id}", aria_labelledby=name)
    text = words.block(step.text, id=name)
    return tag("li", tag("div", tag("label", box.removesuffix("</input>")) + text, class_="ht-step"))


def _picture(remedy: Remedy, words: Words) -> str:
    """Return the site's picture of a remedy, inside of the page: it is there also where no site is built."""
    drawn = draw(words.translator, remedy)
    source = "data:image/svg+xml;base64," + b64encode(drawn.svg.encode()).decode()
    size = {"width": str(drawn.width), "height": str(drawn.height)}
    image = tag("img", "", src=source, alt=drawn.alt, **size).removesuffix("</img>")
    return tag("div", image, class_="ht-picture")


def _deadline(tree: Tree, remedy: Remedy, words: Words) -> str:
    inner = words.ui_html("deadline", "h4") + words.block(remedy.deadline) if remedy.deadline else ""
    inner += clock_html(tree, remedy, words)
    return tag("div", inner, class_="ht-deadline") if inner else ""


def _part(key: str, entry: Entry | None, words: Words) -> str:
    return tag("div", words.ui_html(key, "h4") + words.block(entry)) if entry else ""


def _warnings(remedy: Remedy, words: Words) -> str:
    rows = "".join(tag("li", words.block(warning.text)) for warning in remedy.warnings)
    return tag("div", words.ui_html("warnings", "h4") + tag("ul", rows), class_="ht-warnings") if rows else ""


def _date(day: date, locale: str) -> str:
    known = locale_of(locale)
    return format_date(day, "long", known) if known else day.isoformat()
