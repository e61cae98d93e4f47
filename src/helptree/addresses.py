"""Where things stand: the site's addresses and the wizard's, the same in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from helptree.engine import Answer
from helptree.model import Outcome, Question, Remedy, Status, Tree

FOLDER_OF = {Status: "statuses", Question: "questions", Outcome: "outcomes", Remedy: "remedies"}
GLOSSARY, MAP, SOURCES, TRANSLATION = "glossary", "map", "sources", "translation"
_REF = re.compile(r"\]\(\s*(ref|term):([a-z0-9-]+)\s*\)")


def page_path(tree: Tree, id_: str) -> str:
    """Return a page's path below its locale, without a leading slash; the root question is the home page: ''.

    `glossary`, `map`, `sources` and `translation` are pages made from the whole tree; `glossary#<term>` is a place on
    one of them.

    Raises KeyError for an id that has no page.
    """
    if id_ == tree.root:
        return ""
    name, hash_, anchor = id_.partition("#")
    if name in (GLOSSARY, MAP, SOURCES, TRANSLATION):
        return f"{name}/{hash_}{anchor}"
    if page := tree.find(id_):
        return f"{FOLDER_OF[type(page)]}/{id_}/"
    return f"{tree.pages[id_].id}/"


def wizard_query(locale: str, answers: Iterable[Answer]) -> str:
    """Return the query string that restores a position: `?lang=fr&status=...`."""
    return "?" + urlencode([("lang", locale), *((answer.question, answer.option) for answer in answers)])


def resolve_refs(markdown: str, address_of: Callable[[str], str]) -> str:
    """Replace `ref:<id>` and `term:<id>` in Markdown links by real addresses.

    `address_of` is given the id of a page; a term's id comes as `glossary#<id>`.
    """

    def address(match: re.Match[str]) -> str:
        scheme, id_ = match.groups()
        return f"]({address_of(id_ if scheme == 'ref' else f'{GLOSSARY}#{id_}')})"

    return _REF.sub(address, markdown)
