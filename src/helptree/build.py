"""Clean content -> frozen model. Expects content without errors; staff fields go to the notes alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from helptree import model, shapes
from helptree.codes import short_code
from helptree.content import Content, Item
from helptree.entries import key_of
from helptree.locales import Language, make_language
from helptree.model import Entry

T = TypeVar("T")


def build(content: Content) -> model.StaffTree:
    """Return the model of the content. `.public` is the projection that readers see."""
    assert content.tree
    assert isinstance(content.tree.shape, shapes.TreeFile)
    interval = float(content.tree.shape.review_interval_days)
    return model.StaffTree(_build_tree(content), _frozen(_notes(content)), interval)


def build_journeys(content: Content) -> tuple[model.Journey, ...]:
    """Return the authors' examples."""
    found = []
    for item in content.of("journey").values():
        assert isinstance(item.shape, shapes.JourneyFile)
        shape = item.shape
        found.append(model.Journey(item.id, shape.about, _frozen(shape.answers), shape.expect))
    return tuple(found)


def build_languages(content: Content) -> dict[str, Language]:
    """Return all languages, those included that are off; the source locale first."""
    return {tag: build_language(tag, row) for tag, row in language_rows(content).items()}


def language_rows(content: Content) -> dict[str, shapes.LanguageFile]:
    """Return the rows of languages.yaml, the source locale first, whether or not it has one; it is never off."""
    assert content.tree
    assert isinstance(content.tree.shape, shapes.TreeFile)
    rows = {content.tree.shape.source_locale: shapes.LanguageFile()}
    for tag, item in content.of("language").items():
        assert isinstance(item.shape, shapes.LanguageFile)
        rows[tag] = item.shape
    source = content.tree.shape.source_locale
    rows[source] = rows[source].model_copy(update={"state": "published"})
    return rows


def build_language(tag: str, row: shapes.LanguageFile) -> Language:
    """Return the language of a row."""
    return make_language(tag, row.autonym, row.direction, row.plural_forms, tuple(row.fallback), row.state)


def _frozen(items: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(items))


def _entry(item: Item, text: str, *steps: str) -> Entry:
    return Entry(key_of(item, *steps), text)


def _optional(item: Item, text: str | None, *steps: str) -> Entry | None:
    return None if text is None else _entry(item, text, *steps)


def _build_tree(content: Content) -> model.Tree:
    item = content.tree
    assert item
    assert isinstance(item.shape, shapes.TreeFile)
    shape = item.shape
    return model.Tree(
        title=_entry(item, shape.title, "title"),
        description=_entry(item, shape.description, "description"),
        disclaimer=_entry(item, shape.disclaimer, "disclaimer"),
        root=shape.root,
        source_locale=shape.source_locale,
        allowed_hosts=tuple(shape.allowed_hosts),
        statuses=_frozen({id_: _status(i) for id_, i in content.of("status").items()}),
        questions=_frozen({id_: _question(content, i) for id_, i in content.of("question").items()}),
        outcomes=_frozen({id_: _outcome(i) for id_, i in content.of("outcome").items()}),
        remedies=_frozen({id_: _remedy(i) for id_, i in content.of("remedy").items()}),
        messages=_frozen({id_: _message(i, shape.source_locale) for id_, i in content.of("message").items()}),
        facts=_frozen({id_: _fact(i) for id_, i in content.of("fact").items()}),
        terms=_frozen({id_: _term(i) for id_, i in content.of("term").items()}),
        sources=_frozen({id_: _source(i) for id_, i in content.of("source").items()}),
        pages=_frozen(_pages(content, shape.source_locale)),
        redirects=_frozen({key: target for key, (target, _) in content.redirects.items()}),
        synonyms=tuple(_frozen(_by_locale(i)) for i in content.of("synonym").values()),
        other_topics=tuple(_other_topic(content, i) for i in content.of("other-topic").values()),
        sayings=_frozen({id_: _frozen(_sayings(content, "statuses", id_)) for id_ in content.of("status")}),
        screen=_frozen(dict(_screens(content))),
    )


def _status(item: Item) -> model.Status:
    shape = item.shape
    assert isinstance(shape, shapes.StatusFile)
    return model.Status(
        id=item.id,
        code=short_code(item.id),
        label=_entry(item, shape.label, "label"),
        meaning=_entry(item, shape.meaning, "meaning"),
        who_acts=_entry(item, shape.who_acts, "who_acts"),
        duration=_optional(item, shape.duration, "duration"),
        symptoms=tuple(_entry(item, symptom.text, "symptoms", symptom.id, "text") for symptom in shape.symptoms),
        leads_to=shape.leads_to,
        may_become=tuple(shape.may_become),
        wordings=tuple(
            model.Wording(
                locale, w.text, w.attested == "yes", w.machine_translated == "yes", w.on_screen == "yes", w.source
            )
            for locale, wordings in shape.wordings.items()
            for w in wordings
        ),
        sources=tuple(shape.sources),
        reviewed=date.fromisoformat(shape.reviewed),
    )


def _question(content: Content, item: Item) -> model.Question:
    shape = item.shape
    assert isinstance(shape, shapes.QuestionFile)
    groups = (model.Group(group.id, _entry(item, group.title, "groups", group.id, "title")) for group in shape.groups)
    options = [_option(content, item, option) for option in shape.options]
    # All surfaces show options below the headings of their groups, so they are numbered in that order.
    order = {group.id: index for index, group in enumerate(shape.groups)}
    options.sort(key=lambda option: order.get(option.group or "", 0))
    return model.Question(
        id=item.id,
        code=short_code(item.id),
        text=_entry(item, shape.text, "text"),
        hint=_optional(item, shape.hint, "hint"),
        groups=tuple(groups),
        options=tuple(options),
    )


def _option(content: Content, item: Item, option: shapes.OptionFile) -> model.Option:
    if option.status is None:
        assert option.id and option.label and option.next  # noqa: PT018 - one shape, one fact
        label = _entry(item, option.label, "options", option.id, "label")
        return model.Option(option.id, label, option.next, None, option.group)
    status = content.of("status")[option.status]
    assert isinstance(status.shape, shapes.StatusFile)
    label = _entry(status, status.shape.label, "label")
    return model.Option(option.status, label, status.shape.leads_to, option.status, option.group)


def _outcome(item: Item) -> model.Outcome:
    shape = item.shape
    assert isinstance(shape, shapes.OutcomeFile)
    assert shape.human_route
    return model.Outcome(
        id=item.id,
        code=short_code(item.id),
        title=_entry(item, shape.title, "title"),
        summary=_entry(item, shape.summary, "summary"),
        now=_entry(item, shape.now, "now"),
        remedies=tuple(shape.remedies),
        human_route=shape.human_route,
    )


def _steps(item: Item, field: str, steps: Iterable[shapes.StepFile]) -> tuple[model.Step, ...]:
    return tuple(model.Step(step.id, _entry(item, step.text, field, step.id, "text")) for step in steps)


def _clock(item: Item, shape: shapes.ClockFile | None) -> model.Clock | None:
    return model.Clock(shape.fact, shape.since, _entry(item, shape.ask, "clock", "ask"), shape.then) if shape else None


def _instructions(item: Item, steps: Sequence[shapes.InstructionFile]) -> tuple[model.Step, ...]:
    return tuple(
        replace(step, place=shape.place, has_buttons=shape.buttons == "yes")
        for step, shape in zip(_steps(item, "steps", steps), steps, strict=True)
    )


def _remedy(item: Item) -> model.Remedy:
    shape = item.shape
    assert isinstance(shape, shapes.RemedyFile)
    return model.Remedy(
        id=item.id,
        code=short_code(item.id),
        title=_entry(item, shape.title, "title"),
        applies=_entry(item, shape.applies, "applies"),
        steps=_instructions(item, shape.steps),
        deadline=_optional(item, shape.deadline, "deadline"),
        clock=_clock(item, shape.clock),
        cost=_optional(item, shape.cost, "cost"),
        success=_optional(item, shape.success, "success"),
        warnings=_steps(item, "warnings", shape.warnings),
        messages=tuple(shape.messages),
        sources=tuple(shape.sources),
        reviewed=date.fromisoformat(shape.reviewed),
    )


def _message(item: Item, source_locale: str) -> model.Message:
    shape = item.shape
    assert isinstance(shape, shapes.MessageFile)
    placeholders = (
        model.Placeholder(p.id, _entry(item, p.label, "placeholders", p.id, "label")) for p in shape.placeholders
    )
    return model.Message(
        id=item.id,
        title=_entry(item, shape.title, "title"),
        to=_entry(item, shape.to, "to"),
        text=_entry(item, shape.text, "text"),
        placeholders=tuple(placeholders),
        also_in=_frozen({source_locale: shape.text, **shape.also_in} if shape.also_in else {}),
    )


def _fact(item: Item) -> model.Fact:
    shape = item.shape
    assert isinstance(shape, shapes.FactFile)
    as_of, reviewed = date.fromisoformat(shape.as_of), date.fromisoformat(shape.reviewed)
    return model.Fact(item.id, shape.value, shape.from_, shape.unit, as_of, reviewed, shape.source)


def _term(item: Item) -> model.Term:
    shape = item.shape
    assert isinstance(shape, shapes.TermFile)
    return model.Term(item.id, _entry(item, shape.term, "term"), _entry(item, shape.meaning, "meaning"))


def _by_locale(item: Item) -> dict[str, tuple[str, ...]]:
    assert isinstance(item.shape, shapes.WordsFile)
    return {locale: tuple(words.split()) for locale, words in item.shape.words.items()}


def _sayings(content: Content, field: str, id_: str) -> dict[str, str]:
    """Return what readers say of a status or another topic, by language."""
    rows = {language: getattr(item.shape, field) for language, item in content.of("sayings").items()}
    return {language: said[id_] for language, said in rows.items() if id_ in said}


def _other_topic(content: Content, item: Item) -> model.OtherTopic:
    assert isinstance(item.shape, shapes.OtherTopicFile)
    said = _sayings(content, "other_topics", item.id)
    return model.OtherTopic(_frozen(_by_locale(item)), _frozen(said), item.shape.about == "life")


def _screens(content: Content) -> Iterator[tuple[str, str]]:
    for language, item in content.of("sayings").items():
        assert isinstance(item.shape, shapes.SayingsFile)
        if item.shape.screen:
            yield language, item.shape.screen


def _source(item: Item) -> model.Source:
    shape = item.shape
    assert isinstance(shape, shapes.SourceFile)
    return model.Source(item.id, shape.title, shape.kind, shape.url, shape.date)


def _pages(content: Content, source_locale: str) -> dict[str, model.Page]:
    texts: dict[str, dict[str, str]] = {}
    for page in content.pages:
        id_, _, locale = page.stem.partition(".")
        texts.setdefault(id_, {})[locale or source_locale] = page.text
    return {id_: model.Page(id_, _frozen(found)) for id_, found in texts.items() if source_locale in found}


def _notes(content: Content) -> dict[str, model.StaffNotes]:
    notes = {}
    for item in content.everything():
        staff: shapes.Staff | None = getattr(item.shape, "staff", None)
        wording_notes = {
            f"{locale}: {wording.text}": wording.note
            for locale, wordings in getattr(item.shape, "wordings", {}).items()
            for wording in wordings
            if wording.note
        }
        if staff or wording_notes:
            notes[f"{item.kind}.{item.id}"] = replace(_staff_notes(staff), wording_notes=_frozen(wording_notes))
    return notes


def _staff_notes(staff: shapes.Staff | None) -> model.StaffNotes:
    if not staff:
        return model.NO_NOTES
    cost = staff.bears_cost
    return model.StaffNotes(
        api=staff.api,
        notes=_internal(staff.notes),
        reasons=tuple(model.ReasonCode(each.code, each.meaning, each.who) for each in staff.reasons),
        bears_cost=model.CostBearer(cost.who, cost.text) if cost else None,
        ask=_internal(staff.ask),
        escalation=_internal(staff.escalation),
        confidence=staff.confidence,
        conflicts=_internal(staff.conflicts),
    )


def _internal(notes: Iterable[shapes.StaffNote]) -> tuple[model.StaffNote, ...]:
    return tuple(model.StaffNote(note.id, note.text) for note in notes)
