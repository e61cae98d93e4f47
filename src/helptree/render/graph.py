"""The whole tree as a picture: Mermaid source, and SVG drawn without any other program.

In the SVG an answer is a row of its question's box, and its line begins there: with many answers this stays
readable where labels on crossing lines would not.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from helptree.engine import topological_order
from helptree.model import Outcome, Question
from helptree.render.plain import to_plain
from helptree.translator import Translator

_WIDTH, _GAP_X, _GAP_Y, _LINE, _PAD, _CHARS = 300, 130, 24, 18, 10, 38
_STYLE = """
  svg { background: #fff }
  text { font: 14px system-ui, sans-serif; fill: #1a1a1a }
  .question { fill: #eef3fb; stroke: #2f5d9e }
  .outcome { fill: #edf7ee; stroke: #2e7d32 }
  .line { fill: none; stroke: #6b7280; stroke-width: 1.2 }
  .title { font-weight: 600 }
  a:focus-visible rect { stroke-width: 4 }
  @media (prefers-color-scheme: dark) {
    svg { background: #1e2129 }
    text { fill: #f3f4f6 } .question { fill: #1e2a3d; stroke: #8ab4f8 }
    .outcome { fill: #1b2f1e; stroke: #81c995 } .line { stroke: #9aa0a6 }
  }
"""


def to_mermaid(translator: Translator) -> str:
    """Return the tree as a Mermaid flowchart with the answers on the edges."""
    lines = ["flowchart LR"]  # ids get a prefix: Mermaid takes `end` and others for its own words
    for id_ in topological_order(translator.tree):
        node = translator.tree.node(id_)
        if isinstance(node, Question):
            lines.append(f'  n-{id_}["{_quoted(translator, node)}"]')
            for option in node.options:
                label = _mermaid_text(to_plain(translator.text(option.label).value))
                lines.append(f'  n-{id_} -- "{label}" --> n-{option.next}')
        else:
            lines.append(f'  n-{id_}(["{_quoted(translator, node)}"])')
    return "\n".join(lines) + "\n"


def _quoted(translator: Translator, node: Question | Outcome) -> str:
    return _mermaid_text(_title(translator, node))


def _mermaid_text(text: str) -> str:
    return escape(text, quote=False).replace('"', "#quot;")


def _title(translator: Translator, node: Question | Outcome) -> str:
    entry = node.text if isinstance(node, Question) else node.title
    return to_plain(translator.text(entry).value)


@dataclass(slots=True)
class _Box:
    """A node as it is drawn. `rows`: the answers' lines; places in pixels."""

    node: Question | Outcome
    title: list[str]
    rows: list[list[str]]
    x: int = 0
    y: int = 0

    @property
    def height(self) -> int:
        return 2 * _PAD + _LINE * len(self.title) + sum(self.row_height(row) for row in self.rows)

    @staticmethod
    def row_height(row: list[str]) -> int:
        return _LINE * len(row) + 8

    def row_y(self, index: int) -> int:
        """Return where the line of an answer begins."""
        above = sum(self.row_height(row) for row in self.rows[:index])
        return self.y + _PAD + _LINE * len(self.title) + above + self.row_height(self.rows[index]) // 2 + 4


def to_svg(translator: Translator, address_of: Callable[[str], str] | None = None) -> str:
    """Return the tree as an SVG picture, in the direction of reading, with a text alternative.

    With `address_of` each box is a link to the page of its node.
    """
    boxes = {id_: _box(translator, id_) for id_ in topological_order(translator.tree)}
    width, height = _place(translator, boxes)
    title = escape(translator.text(translator.tree.title).value)
    is_rtl = translator.language.direction == "rtl"
    if is_rtl:
        for box in boxes.values():
            box.x = width - box.x - _WIDTH
    # Links inside of an image would be out of reach: with links it is a document of its own.
    role = "" if address_of else 'role="img" '
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" {role}lang="{translator.locale}" direction="{translator.language.direction}">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        *_lines(boxes, is_rtl),
        *(part for box in boxes.values() for part in _linked(box, is_rtl, address_of)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _box(translator: Translator, id_: str) -> _Box:
    node = translator.tree.node(id_)
    options = node.options if isinstance(node, Question) else ()
    rows = [_wrap(to_plain(translator.text(option.label).value)) for option in options]
    return _Box(node, _wrap(_title(translator, node), _CHARS - 3), rows)


def _wrap(text: str, chars: int = _CHARS) -> list[str]:
    wide = sum(1 for char in text if char > "\u2e80") > len(text) // 3  # scripts with square letters
    return textwrap.wrap(text, chars // 2 if wide else chars) or [""]


def _place(translator: Translator, boxes: dict[str, _Box]) -> tuple[int, int]:
    """Put each node right of all that lead to it, near the height of its first parent's answer."""
    depth = dict.fromkeys(boxes, 0)
    wish: dict[str, int] = {}
    for id_, box in boxes.items():
        for option in box.node.options if isinstance(box.node, Question) else ():
            depth[option.next] = max(depth[option.next], depth[id_] + 1)
    bottom = 0
    for level in range(max(depth.values()) + 1):
        y = _GAP_Y
        for box in sorted((boxes[i] for i in boxes if depth[i] == level), key=lambda b: wish.get(b.node.id, 0)):
            box.x, box.y = _GAP_Y + level * (_WIDTH + _GAP_X), y
            y += box.height + _GAP_Y
            for index, option in enumerate(box.node.options if isinstance(box.node, Question) else ()):
                wish.setdefault(option.next, box.row_y(index))
        bottom = max(bottom, y)
    return 2 * _GAP_Y + (max(depth.values()) + 1) * (_WIDTH + _GAP_X) - _GAP_X, bottom


def _lines(boxes: dict[str, _Box], is_rtl: bool) -> Iterator[str]:
    for box in boxes.values():
        for index, option in enumerate(box.node.options if isinstance(box.node, Question) else ()):
            end = boxes[option.next]
            x1, x2 = (box.x, end.x + _WIDTH) if is_rtl else (box.x + _WIDTH, end.x)
            y1, y2 = box.row_y(index), end.y + _PAD + _LINE // 2
            bend = (x1 + x2) // 2
            yield f'<path class="line" d="M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}"/>'


def _linked(box: _Box, is_rtl: bool, address_of: Callable[[str], str] | None) -> Iterator[str]:
    if address_of:
        yield f'<a href="{escape(address_of(box.node.id))}">'
    yield from _draw(box, is_rtl)
    if address_of:
        yield "</a>"


def _draw(box: _Box, is_rtl: bool) -> Iterator[str]:
    start = box.x + _WIDTH - _PAD if is_rtl else box.x + _PAD
    kind = "question" if isinstance(box.node, Question) else "outcome"
    yield f'<rect class="{kind}" x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="8"/>'
    y = box.y + _PAD - 4
    for line in box.title:
        y += _LINE
        yield _text(start, y, line, "title")
    for row in box.rows:
        yield f'<path class="line" d="M{box.x} {y + 8}h{_WIDTH}"/>'
        y += 8
        for line in row:
            y += _LINE
            yield _text(start, y, line, "row")


def _text(x: int, y: int, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'
