"""Judges JSON-LD by the rules that schema.org and Google's documents of structured data state for our types.

No network: the rules stand here. For each type: properties that must be there, those that may, and what each holds.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

Check = Callable[[Any], Iterator[str]]


def text(value: Any) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{value!r} is no text"
    elif any(mark in value for mark in ("](", "**", "<", "{")):
        yield f"{value!r} holds markup"


def url(value: Any) -> Iterator[str]:
    if not isinstance(value, str) or urlsplit(value).scheme != "https":
        yield f"{value!r} is no whole address"


def number(value: Any) -> Iterator[str]:
    if not isinstance(value, int) or value < 0:
        yield f"{value!r} is no number"


def day(value: Any) -> Iterator[str]:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        yield f"{value!r} is no date"


def one(type_: str) -> Check:
    def check(value: Any) -> Iterator[str]:
        if not isinstance(value, dict) or value.get("@type") != type_:
            yield f"{value!r} is no {type_}"
        else:
            yield from problems_of_node(value)

    return check


def many(type_: str, least: int = 1) -> Check:
    def check(value: Any) -> Iterator[str]:
        if not isinstance(value, list) or len(value) < least:
            yield f"{value!r} is no list of {least} or more"
            return
        for member in value:
            yield from one(type_)(member)

    return check


def in_order(type_: str, least: int) -> Check:
    def check(value: Any) -> Iterator[str]:
        yield from many(type_, least)(value)
        positions = [member.get("position") for member in value]
        if positions != list(range(1, len(value) + 1)):
            yield f"positions are {positions}"

    return check


# type -> (required, optional)
RULES: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "QAPage": ({"mainEntity": one("Question")}, {"inLanguage": text}),
    "FAQPage": ({"mainEntity": many("Question")}, {"inLanguage": text, "lastReviewed": day}),
    "WebPage": ({"name": text}, {"description": text, "inLanguage": text, "lastReviewed": day}),
    "HowTo": (
        {"name": text, "step": in_order("HowToStep", 1)},
        {"description": text, "image": url, "inLanguage": text},
    ),
    "HowToStep": ({"text": text, "position": number}, {"name": text, "url": url}),
    "BreadcrumbList": ({"itemListElement": in_order("ListItem", 2)}, {}),
    "ListItem": ({"position": number, "name": text}, {"item": url}),
    "Answer": ({"text": text}, {"url": url}),
    "Question": (
        {"name": text},
        {"answerCount": number, "acceptedAnswer": one("Answer"), "suggestedAnswer": many("Answer")},
    ),
}


def problems_of_node(node: dict[str, Any]) -> Iterator[str]:
    type_ = node.get("@type", "")
    if type_ not in RULES:
        yield f"{type_!r} is no type that we know"
        return
    required, optional = RULES[type_]
    yield from (f"{type_} lacks {name}" for name in required if name not in node)
    for name, value in node.items():
        check = (required | optional).get(name)
        if check:
            yield from (f"{type_}.{name}: {found}" for found in check(value))
        elif name != "@type":
            yield f"{type_} has no {name}"
    yield from _problems_between(node)


def _problems_between(node: dict[str, Any]) -> Iterator[str]:
    """What holds between properties."""
    if node["@type"] == "QAPage" and isinstance(node.get("mainEntity"), dict):
        question = node["mainEntity"]
        accepted = [question["acceptedAnswer"]] if "acceptedAnswer" in question else []
        answers = accepted + question.get("suggestedAnswer", [])
        if not answers or question.get("answerCount") != len(answers):
            yield f"QAPage: answerCount is {question.get('answerCount')} of {len(answers)}"
    if node["@type"] == "FAQPage":
        yield from ("FAQPage: a question lacks acceptedAnswer" for q in node["mainEntity"] if "acceptedAnswer" not in q)
    if node["@type"] == "BreadcrumbList":
        yield from ("BreadcrumbList: an address is missing" for p in node["itemListElement"][:-1] if "item" not in p)


def problems_of(document: dict[str, Any]) -> list[str]:
    """Return what is wrong with a JSON-LD document."""
    found = [] if document.get("@context") == "https://schema.org" else ["the context is not schema.org"]
    for node in document.get("@graph", []):
        found += problems_of_node(node)
    return found
