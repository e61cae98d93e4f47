"""A deadline that can be counted: asks for a moment, says until when. The browser counts, in its own time zone.

See assets/outcome.js. The moment stays in the browser, as all that readers fill in.
"""

from __future__ import annotations

from helptree.model import Remedy, Tree
from helptree.wizard.markup import tag
from helptree.wizard.messages import field_html
from helptree.wizard.words import Words

_BY_THE_CLOCK = ("minute", "hour")


def clock_html(tree: Tree, remedy: Remedy, words: Words) -> str:
    """Return the question and the place of its answer; nothing when the remedy's deadline cannot be counted."""
    clock = remedy.clock
    fact = tree.facts[clock.fact] if clock else None
    if not clock or not fact or fact.unit == "none":
        return ""
    is_exact = fact.unit in _BY_THE_CLOCK
    field = field_html(clock.since, words.plain(clock.ask).value, "datetime-local" if is_exact else "date")
    save = tag("button", words.ui_html("wizard.calendar"), type="button", class_="ht-button", data_ht_ics="", hidden="")
    notes = [words.ui_html("wizard.business-days", "p", class_="ht-small")] if fact.unit == "business-day" else []
    # What the browser fills in; {first}, {last} and {zone} are its own.
    texts = {
        "data_one": words.ui(f"wizard.{clock.then}-one"),
        "data_two": words.ui(f"wizard.{clock.then}-two"),
        "data_over": words.ui("wizard.time-over"),
        "data_zone": words.ui("wizard.zone") if is_exact else "",
        "data_title": f"{words.plain(remedy.title).value} – {words.plain(tree.title).value}",
    }
    values: dict[str, str | None] = {
        **texts,
        "data_ht_clock": clock.since,
        "data_remedy": remedy.id,
        "data_then": clock.then,
        "data_from": fact.from_ or fact.value,
        "data_to": fact.value,
        "data_unit": fact.unit,
        "data_page": words.guide_address(remedy.id),
    }
    answer = tag("p", "", role="status", data_ht_until="")
    intro = words.ui_html("wizard.clock-intro", "p", {"time": words.translator.fact(fact)}, class_="ht-small ht-screen")
    body = intro + tag("div", field, class_="ht-fields") + answer + "".join(notes) + tag("p", save)
    return tag("div", body, class_="ht-clock", **values)
