"""The note for a colleague or the next level: what is the case, what was answered and tried, what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from helptree.model import Entry, StaffNote
from helptree.render.plain import one_line, to_plain
from helptree.staff.position import AgentView
from helptree.staff.replies import ORDER
from helptree.staff.words import label
from helptree.translator import Translator
from helptree.wizard.place import LANG, query_of


def handover_note(view: AgentView, agent: Translator, customer_locale: str | None = None) -> str:
    """Return the note as plain text, texts of the tree in the agent's language, notes as they are written.

    It holds internal words: it is for colleagues, never for the customer.
    """
    return "\n".join(_lines(view, agent, customer_locale or view.locale))


def _lines(view: AgentView, agent: Translator, customer_locale: str | None) -> Iterator[str]:
    def words(entry: Entry) -> str:
        return one_line(to_plain(agent.text(entry).value))

    page = view.outcome or view.page
    title = getattr(page, "title", None) or getattr(page, "text", None) or getattr(page, "label")  # noqa: B009
    yield f"{label('case')}: {words(title)} ({page.code})"
    yield f"{agent.ui('wizard.order')} {{{ORDER}}}"
    if customer_locale:
        yield f"{label('customer')}: {customer_locale}"
    if status := view.status:
        api = view.staff.about(status).api
        yield f"{label('status')}: {words(status.label)}" + (f" ({api})" if api else "")
    if view.is_told:
        answers = [f"{words(question.text)} {words(option.label)}" for question, option in view.answers]
        yield from _list("answers", answers)
        yield from _list("tried", [f"{words(remedy.title)} ({remedy.code})" for remedy in view.tried])
    yield from _list("next", [f"{words(remedy.title)} ({remedy.code})" for remedy in view.next_ways[:1]])
    if question := view.question:
        yield f"{label('ask-next')}: {words(question.text)}"
    yield from _list("open", _texts(view.ask), mark="[ ]")
    yield from _list("escalation", _texts(view.escalation))
    yield f"{label('link')}: /?" + urlencode({**query_of(view.place), LANG: customer_locale or agent.locale})


def _texts(notes: Iterable[StaffNote]) -> list[str]:
    return [one_line(note.text) for note in notes]


def _list(name: str, lines: list[str], mark: str = "-") -> Iterator[str]:
    if lines:
        yield f"{label(name)}:"
        yield from (f"{mark} {line}" for line in lines)
