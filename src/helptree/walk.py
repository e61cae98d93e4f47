"""The wizard in a terminal: the same tree, the same words, no browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from helptree.engine import Position, replay
from helptree.model import Entry, Message, Option, Outcome, Question, Remedy
from helptree.render.plain import to_plain
from helptree.translator import Translator
from helptree.wordings import attested_wordings

Read = Callable[[str], str]
Write = Callable[[str], None]


def walk(translator: Translator, answers: Mapping[str, str], read: Read, write: Write) -> Position:
    """Ask until an outcome is reached, and show it. `read` gets a prompt and returns a line.

    Raises EOFError or click.Abort, whatever `read` raises, when the reader leaves.
    """
    given = dict(answers)
    while True:
        position = replay(translator.tree, given)
        for dropped in position.dropped:
            write(translator.ui("walk.dropped", answer=f"{dropped.question}={dropped.option}") + "\n")
        given = position.answers
        if isinstance(position.node, Outcome):
            _show_outcome(translator, position.node, read, write)
            return position
        given = _ask(translator, position.node, given, read, write)


def _ask(translator: Translator, question: Question, given: dict[str, str], read: Read, write: Write) -> dict[str, str]:
    write("\n" + "\n".join(question_lines(translator, question)) + "\n")
    prompt = translator.ui("walk.prompt", count=str(len(question.options)))
    while True:
        reply = read(prompt).strip().casefold()
        if reply in ("b", "r"):
            return {} if reply == "r" else dict(list(given.items())[:-1])
        if reply.isascii() and reply.isdigit() and 1 <= int(reply) <= len(question.options):
            return {**given, question.id: question.options[int(reply) - 1].id}
        write(translator.ui("walk.not-understood", count=str(len(question.options))))


def question_lines(translator: Translator, question: Question) -> Iterator[str]:
    """Yield a question as numbered lines, grouped as on the site."""
    yield _words(translator, question.text)
    if question.hint:
        yield _words(translator, question.hint)
    titles = {group.id: group.title for group in question.groups}
    group: str | None = None
    for number, option in enumerate(question.options, 1):
        if option.group and option.group != group:
            group = option.group
            yield f"\n{_words(translator, titles[group])}"
        yield f"{number:3}. {_words(translator, option.label)}{_on_screen(translator, option)}"


def _on_screen(translator: Translator, option: Option) -> str:
    """Return the shop's own words for a status in the reader's language: they look for these."""
    status = translator.tree.statuses.get(option.status or "")
    words = attested_wordings(translator, status) if status else []
    return f"  [{' / '.join(words)}]" if words else ""


def _show_outcome(translator: Translator, outcome: Outcome, read: Read, write: Write) -> None:
    write("\n" + "\n\n".join(outcome_lines(translator, outcome)) + "\n")
    for index, id_ in enumerate(outcome.ways):
        is_last = index == len(outcome.ways) - 1
        heading = translator.ui("common.human-route") + "\n" if is_last else ""
        remedy = translator.tree.remedies[id_]
        write("\n" + heading + "\n".join(remedy_lines(translator, remedy)) + "\n")
        if is_last or read(translator.ui("walk.helped")).strip().casefold() != "n":
            return


def outcome_lines(translator: Translator, outcome: Outcome) -> Iterator[str]:
    """Yield an outcome as paragraphs, the title first."""
    yield _words(translator, outcome.title)
    yield _words(translator, outcome.summary)
    yield _labelled(translator, "what-to-do", _words(translator, outcome.now))
    yield _labelled(translator, "code", outcome.code)


def remedy_lines(translator: Translator, remedy: Remedy) -> Iterator[str]:
    """Yield a remedy as lines."""
    yield f"== {_words(translator, remedy.title)} =="
    yield _words(translator, remedy.applies)
    for number, step in enumerate(remedy.steps, 1):
        yield f"{number:3}. {_words(translator, step.text)}"
    for field in ("deadline", "cost", "success"):
        if entry := getattr(remedy, field):
            yield _labelled(translator, field, _words(translator, entry))
    for warning in remedy.warnings:
        yield f"  ! {_words(translator, warning.text)}"
    for id_ in remedy.messages:
        yield from _message_lines(translator, translator.tree.messages[id_])


def _message_lines(translator: Translator, message: Message) -> Iterator[str]:
    gaps = {p.id: f"[{translator.text(p.label).value}]" for p in message.placeholders}
    yield ""
    yield translator.ui("common.message-to", to=_words(translator, message.to))
    for line in translator.text(message.text, gaps).value.splitlines():
        yield f"    {line}"


def _labelled(translator: Translator, label: str, words: str) -> str:
    """Return `Deadline: ...` with the colon of the reader's language."""
    return translator.ui("walk.labelled", label=translator.ui(f"common.{label}"), words=words)


def _words(translator: Translator, entry: Entry) -> str:
    return to_plain(translator.text(entry).value)
