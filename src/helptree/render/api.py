"""The static JSON API: one file a page and one for the whole tree, in each language, from the public tree alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from helptree.addresses import page_path
from helptree.model import Entry, Message, Option, Outcome, Question, ReaderPage, Remedy, Status, Step
from helptree.render.pictures import picture_path
from helptree.render.plain import to_plain
from helptree.translator import Text, Translator

_REF = re.compile(r"\]\(\s*ref:([a-z0-9-]+)")
VERSION = "v1"
Data = dict[str, Any]


def api_makers(translator: Translator) -> dict[str, Callable[[], bytes]]:
    """Return the path below the site of each file of a locale, and what makes its content."""
    writer, tree = _ApiWriter(translator), translator.tree
    folder = f"api/{VERSION}/{translator.locale}"
    found: dict[str, Callable[[], bytes]] = {f"{folder}/tree.json": lambda: to_json(writer.tree())}
    for group in (tree.statuses, tree.questions, tree.outcomes, tree.remedies):
        for item in group.values():
            found[f"{folder}/{file_of(item)}"] = partial(_item_json, writer, item)
    return found


def api_files(translator: Translator) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of each file of a locale."""
    for path, make in api_makers(translator).items():
        yield path, make()


def _item_json(writer: _ApiWriter, item: ReaderPage) -> bytes:
    return to_json(writer.item(item))


def kind_of(item: ReaderPage) -> str:
    """Return `status`, `question`, `outcome` or `remedy`."""
    return type(item).__name__.lower()


def file_of(item: ReaderPage) -> str:
    """Return the file of a page below its locale's folder."""
    return f"{kind_of(item)}/{item.id}.json"


def to_json(data: Data) -> bytes:
    """Return JSON as it is published: readable letters, no blanks. Tests hold every file against its schema."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
    return f"{text}\n".encode()


class _ApiWriter:
    """Turns content into plain data in one locale."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self._tree = translator.tree

    def _text(self, entry: Entry) -> Data:
        return self._plain(self._translator.text(entry))

    def _plain(self, text: Text) -> Data:
        paragraphs = (" ".join(part.split(None)) for part in re.split(r"\n\s*\n", to_plain(text.value)))
        return {"text": "\n\n".join(paragraphs), "locale": text.locale, "state": str(text.state)}

    def _optional(self, entry: Entry | None) -> Data | None:
        return self._text(entry) if entry else None

    def tree(self) -> Data:
        tree, language = self._tree, self._translator.language
        nodes: list[Question | Outcome] = [*tree.questions.values(), *tree.outcomes.values()]
        return {
            "$schema": "../schema/tree.json",
            "locale": language.tag,
            "direction": language.direction,
            **{name: self._text(getattr(tree, name)) for name in ("title", "description", "disclaimer")},
            "root": tree.root,
            "nodes": [self._node(node) for node in nodes],
            "statuses": [self._entry(status, status.label) for status in tree.statuses.values()],
            "remedies": [self._entry(remedy, remedy.title) for remedy in tree.remedies.values()],
        }

    def _entry(self, item: ReaderPage, title: Entry) -> Data:
        return {"id": item.id, "code": item.code, "title": self._text(title), "file": file_of(item)}

    def _node(self, node: Question | Outcome) -> Data:
        title = node.text if isinstance(node, Question) else node.title
        options = node.options if isinstance(node, Question) else ()
        entry = self._entry(node, title)
        return {**entry, "kind": kind_of(node), "options": [self._option(option) for option in options]}

    def _option(self, option: Option) -> Data:
        return {"id": option.id, "label": self._text(option.label), "next": option.next, "status": option.status}

    def item(self, item: ReaderPage) -> Data:
        language, kind = self._translator.language, kind_of(item)
        return {
            "$schema": f"../../schema/{kind}.json",
            "kind": kind,
            "id": item.id,
            "code": item.code,
            "locale": language.tag,
            "direction": language.direction,
            "page": f"{language.tag}/{page_path(self._tree, item.id)}",
            **getattr(self, f"_{kind}")(item),
        }

    def _status(self, status: Status) -> Data:
        return {
            **{name: self._text(getattr(status, name)) for name in ("label", "meaning", "who_acts")},
            "duration": self._optional(status.duration),
            "symptoms": [self._text(symptom) for symptom in status.symptoms],
            "wordings": [
                {"locale": w.locale, "text": w.text, "attested": w.attested, "machine_translated": w.machine_translated}
                for w in status.wordings
            ],
            "leads_to": status.leads_to,
            "may_become": list(status.may_become),
            **self._evidence(status),
        }

    def _evidence(self, item: Status | Remedy) -> Data:
        picture = f"{self._translator.locale}/{picture_path(item)}"
        return {"picture": picture, "sources": list(item.sources), "reviewed": item.reviewed}

    def _question(self, question: Question) -> Data:
        options = [self._option(option) for option in question.options]
        return {"text": self._text(question.text), "hint": self._optional(question.hint), "options": options}

    def _outcome(self, outcome: Outcome) -> Data:
        texts = {name: self._text(getattr(outcome, name)) for name in ("title", "summary", "now")}
        return {**texts, "remedies": list(outcome.ways)}

    def _remedy(self, remedy: Remedy) -> Data:
        return {
            **{name: self._text(getattr(remedy, name)) for name in ("title", "applies")},
            "steps": [self._step(step) for step in remedy.steps],
            **{name: self._optional(getattr(remedy, name)) for name in ("deadline", "cost", "success")},
            "warnings": [self._step(step) for step in remedy.warnings],
            "messages": [self._message(self._tree.messages[id_]) for id_ in remedy.messages],
            **self._evidence(remedy),
        }

    def _step(self, step: Step) -> Data:
        text = self._translator.text(step.text)
        refs = list(dict.fromkeys(_REF.findall(text.value)))
        return {"id": step.id, "text": self._plain(text), "refs": refs, "place": step.place}

    def _message(self, message: Message) -> Data:
        text = self._translator.text(message.text)
        return {
            "id": message.id,
            "title": self._text(message.title),
            "to": self._text(message.to),
            "text": {"text": text.value.strip(), "locale": text.locale, "state": str(text.state)},
            "gaps": {gap.id: self._text(gap.label) for gap in message.placeholders},
            "also_in": dict(message.also_in),
        }
