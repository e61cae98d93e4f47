"""The scripts that the staff site loads: texts and replies of one language each, and the tree to find positions in.

Scripts, not JSON: pages opened from a disk may not fetch, but may load scripts. One file a language, not one a page
and language: two are loaded, whatever the page, and the browser keeps them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from helptree.addresses import FOLDER_OF, resolve_refs
from helptree.model import Entry, Message, Outcome, Question, ReaderPage, Remedy, StaffTree, Status, Tree
from helptree.staff.replies import make_reply
from helptree.staff.sheets import OWN, Sheet, Sheets, title_of
from helptree.staff.words import labels
from helptree.translator import Text, Translator
from helptree.wizard.markup import block_html, inline_html
from helptree.wordings import own_wordings

GLOSSARY_PAGE = "reference/glossary.html"
# Texts of the interface that pages or scripts ask for, beside those that sheets name.
UI = ("common.on-screen", "common.on-screen-ours", "common.code", "site.glossary", "wizard.order", "wizard.link")
_NOWHERE = re.compile(r"\[([^\]]*)\]\(nowhere\)")
AddressOf = Callable[[str], str]


def staff_page(page: ReaderPage) -> str:
    """Return where a page stands below the staff site."""
    return f"{FOLDER_OF[type(page)]}/{page.id}.html"


def addresses(tree: Tree, up: str) -> AddressOf:
    """Return how links in texts find pages of the staff site; `up`: the way to its root, such as `../`."""

    def address(id_: str) -> str:
        name, hash_, anchor = id_.partition("#")
        if hash_:
            return f"{up}{GLOSSARY_PAGE}#{anchor}"
        page = tree.find(name)
        return up + staff_page(page) if page else "nowhere"

    return address


def to_html(text: Text, address: AddressOf) -> str:
    """Return a text as HTML, paragraphs with `<p>` around. Links to pages that are not here become words."""
    markdown = _NOWHERE.sub(r"\1", resolve_refs(text.value, address))
    return block_html(markdown).strip() if "\n\n" in markdown.strip() else inline_html(markdown.strip())


def entries_of(sheets: Sheets) -> Iterator[tuple[Entry, bool]]:
    """Yield every text of the tree that pages show, and whether its braces stay as they are."""
    for sheet in sheets.all():
        yield sheet.title, False
        for section in sheet.sections:
            yield from ((row.entry, row.is_message) for row in section.rows)
    for term in sheets.tree.terms.values():
        yield from ((term.term, False), (term.meaning, False))


def ui_keys(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Yield the keys of the interface that pages show."""
    for sheet in sheets:
        for section in sheet.sections:
            if not section.heading.startswith(OWN):
                yield section.heading
            yield from (row.label for row in section.rows if "." in row.label.rstrip("."))
    yield from UI


def texts_script(translator: Translator, sheets: Sheets) -> str:
    """Return the script with all texts of a language, and the words that its customers see on their screens."""
    address = addresses(sheets.tree, "../")
    texts: dict[str, Any] = {}
    for entry, _ in entries_of(sheets):
        if entry.key not in texts:
            text = translator.text(entry)
            texts[entry.key] = _shown(to_html(text, address), text, translator.locale)
    for key in dict.fromkeys(ui_keys(sheets.all())):
        words = translator.ui_text(key)
        texts[f"ui.{key}"] = _shown(inline_html(words.value), words, translator.locale)
    language = translator.language
    data = {
        "locale": language.tag,
        "name": language.autonym,
        "direction": language.direction,
        "labelled": translator.ui("walk.labelled"),
        "texts": texts,
        "wordings": {
            id_: found for id_, status in sheets.tree.statuses.items() if (found := _wordings(status, translator))
        },
    }
    return _call("addTexts", data)


def _shown(html: str, text: Text, wanted: str) -> str | list[str]:
    """Return what a cell shows; with the language that it is really in, where that is another one."""
    return html if text.locale == wanted else [html, text.locale]


def _wordings(status: Status, translator: Translator) -> list[list[Any]]:
    own = own_wordings(status, translator.locale)
    return [[each.text, int(each.attested), int(each.machine_translated)] for each in own]


def replies_script(translator: Translator, site_url: str = "") -> str:
    """Return the script with the ready replies of a language by id of outcome, remedy or message."""
    tree = translator.tree
    items: list[Outcome | Remedy | Message] = [
        *tree.outcomes.values(), *tree.remedies.values(), *tree.messages.values()
    ]  # fmt: skip
    replies = {}
    for item in items:
        reply = make_reply(translator, item, site_url)
        replies[item.id] = [[line.text, int(line.spaced), *([line.locale] * line.is_fallback)] for line in reply.lines]
    return _call("addReplies", {"locale": translator.locale, "replies": replies})


def tree_script(staff: StaffTree) -> str:
    """Return the script with what is needed to find positions. It holds internal notes."""
    tree = staff.public
    pages = [page for group in (tree.statuses, tree.questions, tree.outcomes, tree.remedies) for page in group.values()]
    data = {
        "root": tree.root,
        "words": labels(),
        "redirects": dict(tree.redirects),
        "ask": [note.text for note in staff.everywhere.ask],
        "escalation": [note.text for note in staff.everywhere.escalation],
        "pages": {page.id: _page(staff, page) for page in pages},
    }
    return _call("addTree", data)


def _page(staff: StaffTree, page: ReaderPage) -> dict[str, Any]:
    notes = staff.about(page)
    data: dict[str, Any] = {
        "kind": type(page).__name__.lower(),
        "code": page.code,
        "at": staff_page(page),
        "title": title_of(page).key,
        "ask": [note.text for note in notes.ask],
        "escalation": [note.text for note in notes.escalation],
    }
    if isinstance(page, Status):
        data |= {"next": page.leads_to, "api": notes.api or "", "meaning": page.meaning.key}
    elif isinstance(page, Question):
        data["options"] = {each.id: [each.next, each.label.key, each.status or ""] for each in page.options}
    elif isinstance(page, Outcome):
        data["ways"] = list(page.ways)
    return data


def vocabulary_script(vocabularies: Mapping[str, frozenset[str]]) -> str:
    """Return the words of each language, by which the script sees what language a query is in."""
    return _call("addWords", {tag: " ".join(sorted(words)) for tag, words in vocabularies.items()})


def _call(name: str, data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"helptreeStaff.{name}({text});\n"
