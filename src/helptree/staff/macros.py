"""Ready replies for help desks: in the fields that each desk's documented interface takes, as JSON and as CSV.

| desk | interface | fields it wants | fields it may have, that are filled |
|---|---|---|---|
| Zendesk | Create Macro, `POST /api/v2/macros` | title, actions [field comment_value] | description, active |
| Freshdesk | Create a Canned Response, `POST /api/v2/canned_responses` | title, content_html, folder_id, visibility | |
| Front | Create message template, `POST /message_templates` | name, body | subject, folder_id |

https://developer.zendesk.com/api-reference/ticketing/business-rules/macros/#create-macro
https://developer.zendesk.com/documentation/ticketing/reference-guides/actions-reference/
https://developers.freshdesk.com/api/#create_canned_response
https://dev.frontapp.com/reference/create-message-template

Freshdesk's folder is a number and can't be left out; visibility 0 is "all agents". Front's folder is text such as
`rsf_42`, and without it the template stands at the top. Variables of all three stand in double braces, so that gaps
such as {order_number} stay as they are.

None of them documents a file to upload: each object of the JSON is the body of one request, and the columns of the
CSV are the same fields. A cell that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from helptree.exchange.sheet import guard
from helptree.model import Message, Outcome, Remedy
from helptree.staff.replies import Replied, Reply, make_reply
from helptree.translator import Translator

_BOM = "\ufeff"  # tells Excel that the file is UTF-8
_KINDS: dict[type[Replied], str] = {Outcome: "Outcome", Remedy: "Remedy", Message: "Message"}


@dataclass(frozen=True, slots=True)
class Macro:
    """One reply in one language, under a name that sorts by language and kind."""

    kind: str
    reply: Reply

    @property
    def name(self) -> str:
        """What agents choose it by."""
        code = f" [{self.reply.code}]" if self.reply.code else ""
        return f"{self.reply.title}{code}"

    @property
    def about(self) -> str:
        """What it is, for who looks after the macros."""
        return f"{self.kind} {self.reply.id}, {self.reply.locale}"

    @property
    def html(self) -> str:
        """The reply as HTML, in its language and direction."""
        paragraphs = self.reply.text.split("\n\n")
        inner = "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs)
        return f'<div lang="{self.reply.locale}" dir="{self.reply.direction}">{inner}</div>'


def macros_of(translators: Iterable[Translator], site_url: str = "") -> Iterator[Macro]:
    """Yield the replies about all outcomes, remedies and messages, language by language."""
    for translator in translators:
        tree = translator.tree
        for group in (tree.outcomes, tree.remedies, tree.messages):
            for item in group.values():
                yield Macro(_KINDS[type(item)], make_reply(translator, item, site_url))


Row = dict[str, Any]


class FolderError(ValueError):
    """A folder that the desk would refuse. Its text says which it takes."""


def _zendesk(macro: Macro, folder: str | None) -> Row:
    # `::` makes folders in Zendesk's menu of macros.
    return {
        "title": f"{macro.reply.locale}::{macro.kind}::{macro.name.replace('::', ': ')}",
        "description": macro.about,
        "active": True,
        "actions": [{"field": "comment_value", "value": macro.reply.text}],
    }


def _freshdesk(macro: Macro, folder: str | None) -> Row:
    title = f"{macro.reply.locale} {macro.kind}: {macro.name}"
    return {"title": title, "content_html": macro.html, "folder_id": int(folder or ""), "visibility": 0}


def _front(macro: Macro, folder: str | None) -> Row:
    name = f"{macro.reply.locale} {macro.kind}: {macro.name}"
    return {"name": name, "subject": macro.reply.title, "body": macro.html} | ({"folder_id": folder} if folder else {})


DESKS: dict[str, Callable[[Macro, str | None], Row]] = {
    "zendesk": _zendesk,
    "freshdesk": _freshdesk,
    "front": _front,
}


def _rows(desk: str, macros: Iterable[Macro], folder: str | None) -> list[Row]:
    if desk == "freshdesk" and not (folder and folder.isascii() and folder.isdigit()):
        raise FolderError("Freshdesk takes no reply without a folder: --folder NUMBER, as its API numbers folders")
    if desk == "zendesk" and folder:
        raise FolderError("Zendesk's macros have no folder: its menu is made of their titles, leave out --folder")
    return [DESKS[desk](macro, folder) for macro in macros]


def to_json(desk: str, macros: Iterable[Macro], folder: str | None = None) -> str:
    """Return a list of request bodies. Raises FolderError."""
    rows = _rows(desk, macros, folder)
    bodies = [{"macro": row} for row in rows] if desk == "zendesk" else rows
    return json.dumps(bodies, ensure_ascii=False, indent=1) + "\n"


def to_csv(desk: str, macros: Iterable[Macro], folder: str | None = None) -> str:
    """Return the same fields as a table. Raises FolderError."""
    rows = [_flat(row) for row in _rows(desk, macros, folder)]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guard(value) for name, value in row.items()} for row in rows)
    return _BOM + out.getvalue()


def _flat(row: Row) -> dict[str, str]:
    """Return a row of text: a macro's actions become columns of their own, named like their fields."""
    flat = {name: value for name, value in row.items() if name != "actions"}
    flat |= {action["field"]: action["value"] for action in row.get("actions", [])}
    return {name: _cell(value) for name, value in flat.items()}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def to_markdown(macros: Iterable[Macro]) -> str:
    """Return the replies to read or to copy, each in a block that shows it as it is."""
    lines = ["# Ready replies", ""]
    for macro in macros:
        fence = "~" * max(3, _longest_run(macro.reply.text, "~") + 1)
        lines += [
            f"## {macro.reply.locale} · {macro.kind}: {macro.name}",
            "",
            f"{fence}text",
            macro.reply.text,
            fence,
            "",
        ]
    return "\n".join(lines)


def _longest_run(text: str, char: str) -> int:
    longest = run = 0
    for each in text:
        run = run + 1 if each == char else 0
        longest = max(longest, run)
    return longest
