"""Pictures of our own drawing of an order page: the status line to look for, the places and buttons of a guide.

One picture a status and a remedy, in the reader's language and direction. Numbers are those of the steps. It stands
on its own paper, so it can be read wherever it is shown: as <img> of the site, or inside a page of the wizard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helptree.model import Remedy, Status, Step, Tree
from helptree.render.drawing import Drawing, width_of, wrap
from helptree.render.signs import SIGNS, STYLE
from helptree.render.ways import ways_of
from helptree.render.writer import plain
from helptree.translator import Text, Translator
from helptree.wordings import attested_wordings

WIDTH = 340
_PAD = 14
_INNER = WIDTH - 2 * _PAD
# Words between the quotation marks of any language: the name of a button, when they are short.
_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"|”([^”]+)”")
_LONGEST_BUTTON = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to look (`place`) or words to press (no place), with the numbers of the steps that speak of it."""

    numbers: tuple[int, ...]
    words: Text
    place: str | None

    @property
    def shown_numbers(self) -> str:
        """The numbers as they stand in the picture."""
        return ", ".join(map(str, self.numbers))


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG picture, its size, and the same in words."""

    svg: str
    width: int
    height: int
    alt: str


def draw(translator: Translator, item: Status | Remedy) -> Picture:
    """Return the picture of a status or a remedy."""
    return _draw_status(translator, item) if isinstance(item, Status) else _draw_remedy(translator, item)


def picture_path(item: Status | Remedy) -> str:
    """Return where the picture's file stands below its locale."""
    return f"pictures/{item.id}.svg"


def picture_svg(translator: Translator, item: Status | Remedy) -> str:
    """Return only the SVG, for a page of the wizard; its text alternative is inside."""
    return draw(translator, item).svg


def status_words(translator: Translator, status: Status) -> tuple[Text, bool]:
    """Return what the picture shows on the status line, and whether those are the shop's own words."""
    if seen := attested_wordings(translator, status):
        label = translator.text(status.label)
        return Text(seen[0], translator.locale, label.state), True
    label = translator.text(status.label)
    return Text(plain(label.value), label.locale, label.state), False


def quoted_words(text: str) -> list[str]:
    """Return the short words between quotation marks in a text: what may stand on a button."""
    words = (next(filter(None, found.groups())).strip(" \u00a0\u202f") for found in _QUOTED.finditer(plain(text)))
    return list(dict.fromkeys(each for each in words if each and len(each) <= _LONGEST_BUTTON))


def marks_of(translator: Translator, remedy: Remedy) -> list[Mark]:
    """Return what a guide's picture points at, in the order of the steps; what comes again is joined."""
    found: dict[tuple[str, bool], Mark] = {}
    for number, step in enumerate(remedy.steps, start=1):
        for words, place in _marks_of_step(translator, step):
            key = (words.value, place is None)
            before = found[key].numbers if key in found else ()
            found[key] = Mark((*before, number), words, place)
    return list(found.values())


def _marks_of_step(translator: Translator, step: Step) -> Iterator[tuple[Text, str | None]]:
    if step.place:
        yield translator.ui_text(f"site.place-{step.place}"), step.place
    if step.has_buttons:
        text = translator.text(step.text)
        for words in quoted_words(text.value):
            yield Text(words, text.locale, text.state), None


def _only_status(tree: Tree, remedy: Remedy) -> Status | None:
    """Return the status from which alone a remedy is reached, if there is one."""
    path = ways_of(tree).unique_path(remedy.id) or ()
    for answer in path:
        option = tree.questions[answer.question].option(answer.option)
        if option and option.status:
            return tree.statuses[option.status]
    return None


def _draw_status(translator: Translator, status: Status) -> Picture:
    words, is_attested = status_words(translator, status)
    drawing = Drawing(WIDTH, translator.locale, translator.language.direction)
    y = _header(drawing, translator, "site.picture-order")
    y = _status_line(drawing, translator, y, words, is_attested, is_wanted=True)
    y = _goods(drawing, y)
    for start in (_PAD, WIDTH / 2 + 4):
        drawing.box("soft", start, y, _INNER / 2 - 4, 30, 15)
    _footer(drawing, translator, y + 42)
    key = "site.picture-status" if is_attested else "site.picture-status-ours"
    return _finish(drawing, translator, translator.ui(key, words=words.value))


def _draw_remedy(translator: Translator, remedy: Remedy) -> Picture:
    drawing = Drawing(WIDTH, translator.locale, translator.language.direction)
    marks = marks_of(translator, remedy)
    y = _header(drawing, translator, "site.picture-way" if marks else "site.picture-order")
    if status := _only_status(translator.tree, remedy):
        y = _status_line(drawing, translator, y, *status_words(translator, status), is_wanted=False)
    y = _goods(drawing, y)
    badge = max([26.0, *(width_of(mark.shown_numbers) * 13 + 12 for mark in marks)])
    for mark in marks:
        y = _mark(drawing, y, mark, badge)
    _footer(drawing, translator, y + 4)
    listed = "; ".join(f"{mark.shown_numbers}: {_told(translator, mark)}" for mark in marks)
    told = translator.ui("site.picture-remedy", marks=listed) if listed else translator.ui("site.picture-order")
    return _finish(drawing, translator, told)


def _told(translator: Translator, mark: Mark) -> str:
    return mark.words.value if mark.place else translator.ui("site.quote", text=mark.words.value)


def _finish(drawing: Drawing, translator: Translator, told: str) -> Picture:
    svg = drawing.finish(translator.ui("site.picture-note"), told, STYLE)
    return Picture(svg, drawing.width, drawing.height, told)


def _header(drawing: Drawing, translator: Translator, key: str) -> int:
    """Draw the paper and what stands at the top of it; return where to go on."""
    drawing.raw('<rect class="paper" x=".5" y=".5" width="99.7%" height="99.7%" rx="10"/>')
    drawing.path("stroke", "M13 4 7 10l6 6", _PAD - 4, 12, mirrored=True)
    title = translator.ui_text(key)
    drawing.text("b", _PAD + 22, 27, _short(title.value, 15), title.locale)
    drawing.path("stroke thin", f"M0 0h{WIDTH}", 0, 42, size=WIDTH)
    return 54


def _short(text: str, size: int) -> str:
    return wrap(text, (_INNER - 24) / size, 1)[0]


def _status_line(
    drawing: Drawing, translator: Translator, y: int, words: Text, is_attested: bool, *, is_wanted: bool
) -> int:
    """Draw the status line; `is_wanted`: it is what the reader shall look for."""
    size = 18
    lines = wrap(words.value, (_INNER - 24) / size, 5)
    label = translator.ui_text("site.picture-look") if is_wanted else None
    note = None if is_attested else translator.ui_text("site.picture-ours")
    height = 22 + 24 * len(lines) + (18 if note else 0) + (20 if label else 0) - 6
    drawing.box("look" if is_wanted else "soft", _PAD, y, _INNER, height, 8)
    line_y = y + 8
    if label:
        drawing.path("eye", SIGNS["look"], _PAD + 10, line_y - 1)
        drawing.text("s a", _PAD + 36, line_y + 14, _short(label.value, 12), label.locale)
        line_y += 22
    for line in lines:
        drawing.text("h", _PAD + 12, line_y + 18, line, words.locale)
        line_y += 24
    if note:
        drawing.text("s", _PAD + 12, line_y + 12, _short(note.value, 12), note.locale)
    return y + height + 12


def _goods(drawing: Drawing, y: int) -> int:
    """Draw the thing that was ordered, without words."""
    drawing.box("soft", _PAD, y, 46, 46)
    drawing.path("stroke faint", "M2 6l8-4 8 4v9l-8 4-8-4zM2 6l8 4 8-4M10 10v9", _PAD + 13, y + 13)
    for width, down in ((180, 4), (130, 19), (56, 34)):
        drawing.box("soft", _PAD + 58, y + down, width, 8, 4)
    return y + 60


def _mark(drawing: Drawing, y: int, mark: Mark, badge: float) -> int:
    """Draw one numbered row, `badge` wide for the number; return where the next begins."""
    start = _PAD + badge + 10
    size, sign = (15, 30) if mark.place else (15, 0)
    room = WIDTH - _PAD - start
    lines = wrap(mark.words.value, (room - 28 - sign) / size, 4)
    height = 14 + 20 * len(lines)
    drawing.box("place" if mark.place else "press", start, y, room, height, 6 if mark.place else height / 2)
    if mark.place:
        drawing.path("stroke", SIGNS[mark.place], start + 10, y + height / 2 - 10)
    for index, line in enumerate(lines):
        place = (start + 14 + sign, False) if mark.place else (start + room / 2, True)
        drawing.text(
            "t" if mark.place else "b", place[0], y + 22 + 20 * index, line, mark.words.locale, middle=place[1]
        )
    drawing.box("badge", _PAD, y + height / 2 - 12, badge, 24, 12)
    drawing.text("n", _PAD + badge / 2, y + height / 2 + 5, mark.shown_numbers, drawing.locale, middle=True)
    return y + height + 10


def _footer(drawing: Drawing, translator: Translator, y: int) -> None:
    note = translator.ui_text("site.picture-note")
    for index, line in enumerate(wrap(note.value, _INNER / 12, 2)):
        drawing.text("s", _PAD, y + 10 + 15 * index, line, note.locale)
        drawing.height = round(y + 22 + 15 * index)
