"""What changed since another state of the tree: a manifest of every text, note and link, and the difference of two.

A manifest is plain JSON, `key -> words`, public and internal. Every staff build leaves its own as `manifest.json`; a
folder of content, also one out of a repository's history, gives one as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from helptree.model import StaffNotes, StaffTree
from helptree.text_entry import TextEntry

VERSION = 1
Manifest = Mapping[str, str]


class ManifestError(Exception):
    """This is no manifest of ours. The message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `before` is '' for what is new, `after` for what is gone."""

    key: str
    before: str
    after: str

    @property
    def page(self) -> str:
        """The id of the page or piece of content it belongs to."""
        return self.key.split(".")[1] if "." in self.key else self.key


def manifest_of(staff: StaffTree, entries: Iterable[TextEntry]) -> dict[str, str]:
    """Return the manifest of a tree: its own texts in the source language, internal notes, links, numbers."""
    found = {entry.key: entry.text for entry in entries if not entry.key.startswith("ui.")}
    for name, notes in staff.notes.items():
        found.update((f"{name}.staff.{key}", text) for key, text in _of_notes(notes))
    found.update(_links(staff))
    return found


def _of_notes(notes: StaffNotes) -> Iterator[tuple[str, str]]:
    for field in ("api", "confidence"):
        if value := getattr(notes, field):
            yield field, value
    for field in ("ask", "escalation", "conflicts", "notes"):
        yield from ((f"{field}.{note.id}", note.text) for note in getattr(notes, field))
    for reason in notes.reasons:
        yield f"reasons.{reason.code}", f"{reason.meaning} ({reason.who})" if reason.who else reason.meaning
    if cost := notes.bears_cost:
        yield "bears_cost", f"{cost.who}: {cost.text}"
    yield from ((f"wording_notes.{words}", note) for words, note in notes.wording_notes.items())


def _links(staff: StaffTree) -> Iterator[tuple[str, str]]:
    tree = staff.public
    for status in tree.statuses.values():
        yield f"status.{status.id}.leads_to", status.leads_to
        words = (f"{each.locale} {each.text!r}{'' if each.attested else ' (ours)'}" for each in status.wordings)
        yield f"status.{status.id}.wordings", "; ".join(words)
    for question in tree.questions.values():
        yield f"question.{question.id}.options", ", ".join(f"{each.id} -> {each.next}" for each in question.options)
    for outcome in tree.outcomes.values():
        yield f"outcome.{outcome.id}.remedies", ", ".join(outcome.ways)
    for fact in tree.facts.values():
        numbers = f"{fact.from_} to {fact.value}" if fact.from_ else fact.value
        yield f"fact.{fact.id}.value", f"{numbers} {fact.unit} as of {fact.as_of}"


def to_json(manifest: Manifest) -> str:
    """Return a manifest as a file."""
    return (
        json.dumps({"version": VERSION, "texts": dict(sorted(manifest.items()))}, ensure_ascii=False, indent=0) + "\n"
    )


def from_json(text: str) -> Manifest:
    """Return the manifest in a file. Raises ManifestError for anything else."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ManifestError(f"not a manifest of a staff build: {error}") from None
    texts = data.get("texts") if isinstance(data, dict) else None
    if not isinstance(texts, dict) or not all(isinstance(value, str) for value in texts.values()):
        raise ManifestError("not a manifest of a staff build: it has no texts")
    if data.get("version") != VERSION:
        raise ManifestError(f"a manifest of version {data.get('version')!r}; this program reads version {VERSION}")
    return texts


def compare(before: Manifest, after: Manifest) -> list[Change]:
    """Return every difference, by key."""
    keys = sorted({*before, *after})
    changes = (Change(key, before.get(key, ""), after.get(key, "")) for key in keys)
    return [change for change in changes if change.before != change.after]
