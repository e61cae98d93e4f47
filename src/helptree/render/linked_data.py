"""What a page says, as schema.org data for search engines and other machines (JSON-LD).

A question is a QAPage whose suggested answers are the options, a status a FAQPage, a remedy a HowTo, an outcome a
WebPage; each with the path to it. Addresses begin with `~/`, the locale's root, until `resolve` knows the site's own.
"""

from __future__ import annotations

from typing import Any

from helptree.model import Entry, Outcome, Question, ReaderPage, Remedy, Status
from helptree.render.pictures import picture_path
from helptree.render.plain import one_line, to_plain
from helptree.render.view import View

Data = dict[str, Any]


def linked_data(view: View, item: ReaderPage) -> list[Data]:
    """Return the data of a page: what it is, then the path to it."""
    return [_page(view, item), *_crumbs(view, item)]


def _page(view: View, item: ReaderPage) -> Data:
    match item:
        case Question():
            found = _question_page(view, item)
        case Status():
            found = _status_page(view, item)
        case Outcome():
            found = {"@type": "WebPage", "name": _plain(view, item.title), "description": _plain(view, item.summary)}
            found["lastReviewed"] = min(remedy.reviewed for remedy in view.remedies(item)).isoformat()
        case Remedy():
            found = _guide(view, item)
    return {**found, "inLanguage": view.translator.locale}


def _plain(view: View, entry: Entry) -> str:
    return one_line(to_plain(view.text(entry).value))


def _question(name: str, answer: str) -> Data:
    return {"@type": "Question", "name": name, "acceptedAnswer": {"@type": "Answer", "text": answer}}


def _question_page(view: View, item: Question) -> Data:
    answers = [{"@type": "Answer", "text": _plain(view, option.label)} for option in item.options]
    question = {"@type": "Question", "name": _plain(view, item.text), "answerCount": len(answers)}
    return {"@type": "QAPage", "mainEntity": {**question, "suggestedAnswer": answers}}


def _status_page(view: View, item: Status) -> Data:
    asked = view.translator.ui("site.ask-meaning", status=_plain(view, item.label))
    questions = [_question(asked, _plain(view, item.meaning))]
    questions.append(_question(view.ui("common.who-acts").value, _plain(view, item.who_acts)))
    if item.duration:
        questions.append(_question(view.ui("common.duration").value, _plain(view, item.duration)))
    return {"@type": "FAQPage", "mainEntity": questions, "lastReviewed": item.reviewed.isoformat()}


def _guide(view: View, item: Remedy) -> Data:
    steps = [
        {"@type": "HowToStep", "position": number, "text": _plain(view, step.text)}
        for number, step in enumerate(item.steps, start=1)
    ]
    about = {"name": _plain(view, item.title), "description": _plain(view, item.applies)}
    return {"@type": "HowTo", **about, "image": f"~/{picture_path(item)}", "step": steps}


def _crumbs(view: View, item: ReaderPage) -> list[Data]:
    """Return the path as a list; a home page has none. The page itself comes last, without an address."""
    crumbs = [(one_line(to_plain(text.value)), f"~/{address}") for text, address in view.crumbs(item.id)]
    if not crumbs:
        return []
    places: list[Data] = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(crumbs, start=1)
    ]
    last = {"@type": "ListItem", "position": len(places) + 1, "name": one_line(to_plain(view.title(item.id).value))}
    return [{"@type": "BreadcrumbList", "itemListElement": [*places, last]}]
