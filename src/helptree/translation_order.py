"""The order in which a translator reads: as a reader walks, from the first question on, with notes on each text.

A text is easier to translate beside the question that leads to it than in the order of file names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from helptree.model import Entry, Fact, Group, Message, Option, Outcome, Question, Remedy, Status, Tree
from helptree.placeholders import names_in
from helptree.text_entry import TextEntry

# Longer limits are met by no text that is written for people.
_TOLD_LENGTH = 1_000
_Noted = tuple[Entry, str]
_Page = Status | Question | Outcome | Remedy | Message
_FIELDS = {
    "meaning": "What the status {title} means.",
    "who_acts": "Who has to act while the status is {title}.",
    "duration": "How long the status {title} lasts.",
    "summary": "What is the case, below the title {title}.",
    "now": "What to do first, below the title {title}.",
    "applies": "When the remedy {title} helps.",
    "deadline": "Deadline of the remedy {title}.",
    "cost": "What the remedy {title} costs.",
    "success": "How to see that the remedy {title} worked.",
}
_INTERFACE = {
    "common": "Interface: site, wizard and terminal.",
    "unit": "A number with its unit, as in “48 to 72 hours”; every fact is shown with it.",
    "walk": "Interface: the wizard in a terminal.",
}


def noted_entries(entries: Iterable[TextEntry], tree: Tree, show: Callable[[Fact], str]) -> tuple[TextEntry, ...]:
    """Return all entries in reading order with notes for translators. `show`: a fact -> `48 to 72 hours`."""
    by_key, notes = {entry.key: entry for entry in entries}, dict[str, str]()
    for found, note in walk_texts(tree):
        if found.key in by_key:
            notes.setdefault(found.key, note)
    rest = {key: _INTERFACE.get(key.split(".")[1], f"Interface: {key.split('.')[1]}.") if key.startswith("ui.") else ""
            for key in by_key if key not in notes}  # fmt: skip
    gaps = _message_gaps(tree)
    return tuple(
        replace(by_key[key], notes=tuple(_notes(by_key[key], note, tree, show, gaps)))
        for key, note in (notes | rest).items()
    )


def _notes(
    entry: TextEntry, note: str, tree: Tree, show: Callable[[Fact], str], gaps: dict[tuple[str, str], str]
) -> Iterator[str]:
    if note:
        yield note
    if entry.max_length <= _TOLD_LENGTH:
        yield f"At most {entry.max_length} characters{', one line' if entry.is_line else ''}."
    for name in dict.fromkeys(names_in(entry.text + entry.plural)):
        if label := gaps.get((entry.key, name)):
            yield f"{{{name}}}: a gap that the sender fills in: {label}"
        elif name in tree.facts:
            yield f"{{{name}}}: a fact with its unit, today “{show(tree.facts[name])}”"
        else:
            yield f"{{{name}}}: {'the number' if name == 'count' else 'filled in when it is shown'}"


def _message_gaps(tree: Tree) -> dict[tuple[str, str], str]:
    return {(m.text.key, p.id): p.label.text for m in tree.messages.values() for p in m.placeholders}


def walk_texts(tree: Tree) -> Iterator[_Noted]:
    """Yield every text of the tree at the first place where a reader meets it, and what no path shows at the end."""
    yield tree.title, "Title of the help center, on every page."
    yield tree.description, "Home page; search engines show it too."
    yield tree.disclaimer, "Foot of every page."
    for page, reached in _walk_pages(tree):
        yield from _texts_of(tree, page, reached)
    groups: tuple[Mapping[str, _Page], ...] = (
        tree.statuses,
        tree.questions,
        tree.outcomes,
        tree.remedies,
        tree.messages,
    )
    for group in groups:
        for page in group.values():
            yield from _texts_of(tree, page, "")
    for term in tree.terms.values():
        yield term.term, "Glossary: a word."
        yield term.meaning, f"Glossary: what {_quote(term.term)} means."


def _walk_pages(tree: Tree) -> Iterator[tuple[_Page, str]]:
    """Yield pages depth first, each once, with how a reader came there. Trees may be deep, hence no recursion."""
    stack: list[tuple[_Page, str]] = [(tree.questions[tree.root], "The first question.")]
    seen = set[str]()
    while stack:
        page, reached = stack.pop()
        if page.id in seen:
            continue
        seen.add(page.id)
        yield page, reached
        stack += reversed(list(_after(tree, page)))


def _after(tree: Tree, page: _Page) -> Iterator[tuple[_Page, str]]:
    if isinstance(page, Question):
        for option in page.options:
            reached = f"Reached by the answer {_quote(option.label)} to {_quote(page.text)}."
            if option.status:
                yield tree.statuses[option.status], reached
            yield tree.node(option.next), reached
    elif isinstance(page, Outcome):
        for id_ in page.ways:
            yield tree.remedies[id_], f"Offered by the outcome {_quote(page.title)}."
    elif isinstance(page, Remedy):
        for id_ in page.messages:
            yield tree.messages[id_], f"A text to send; part of the remedy {_quote(page.title)}."


def _texts_of(tree: Tree, page: _Page, reached: str) -> Iterator[_Noted]:
    if isinstance(page, Question):
        yield from _question_texts(page, reached)
    elif isinstance(page, Message):
        yield page.title, _join("Title of a text to send.", reached)
        yield page.to, f"To whom the text {_quote(page.title)} goes."
        yield page.text, f"The text {_quote(page.title)}, as it is sent."
        for gap in page.placeholders:
            yield gap.label, f"What to fill in for {{{gap.id}}} in the text {_quote(page.title)}."
    else:
        yield from _guide_texts(page, reached)


def _question_texts(question: Question, reached: str) -> Iterator[_Noted]:
    yield question.text, _join("A question, in the wizard and on the site.", reached)
    if question.hint:
        yield question.hint, f"Hint below the question {_quote(question.text)}."
    groups: dict[str, Group] = {group.id: group for group in question.groups}
    for number, option in enumerate(question.options, 1):
        if group := groups.pop(option.group or "", None):
            yield group.title, f"Heading over answers to {_quote(question.text)}."
        yield option.label, _option_note(question, option, number)


def _option_note(question: Question, option: Option, number: int) -> str:
    answer = f"Answer {number} of {len(question.options)} to {_quote(question.text)}."
    return _join(answer, "A status, and the title of its page." if option.status else "")


def _guide_texts(page: Status | Outcome | Remedy, reached: str) -> Iterator[_Noted]:
    title = page.label if isinstance(page, Status) else page.title
    kind = type(page).__name__.lower()
    yield title, _join(f"Title of {'an' if kind == 'outcome' else 'a'} {kind}.", reached)
    parts = _parts(page, _quote(title))
    for field, note in _FIELDS.items():
        if entry := getattr(page, field, None):
            yield entry, note.format(title=_quote(title))
        if field == "applies":
            yield from parts
    yield from parts


def _parts(page: Status | Outcome | Remedy, title: str) -> Iterator[_Noted]:
    if isinstance(page, Remedy):
        for number, step in enumerate(page.steps, 1):
            yield step.text, f"Step {number} of {len(page.steps)} of the remedy {title}."
        for warning in page.warnings:
            yield warning.text, f"Warning of the remedy {title}."
    elif isinstance(page, Status):
        for symptom in page.symptoms:
            yield symptom, f"How a reader may describe the status {title}; the search looks for it."


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _quote(entry: Entry, limit: int = 70) -> str:
    text = " ".join(entry.text.split())
    return f"“{text if len(text) <= limit else text[: limit - 1] + '…'}”"
