"""Turns a page of Markdown that the Writer wrote into HTML: its blocks; see quick_inline.py for what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helptree.render.quick_inline import LinkTo, NotQuick, attributes, inline_html

_HEADING = re.compile(r"(#{1,6}) (.+?) \{: ([^{}]*) \}")
_BOX = re.compile(r'(!!!|\?\?\?) ([a-z][a-z -]*) "([^"]*)"')
_FENCE = re.compile(r"(~{3,}) \{ \.([\w-]+) ([\w-]+)=([\w-]+) ([\w-]+)=([\w-]+) \}")
_ITEM = re.compile(r"(-   |\d{1,3}\. {1,2})(?=\S)")
_ATTRIBUTE_LINE = re.compile(r"\{: ([^{}]*) \}")
# What begins a block that the Writer never begins, or underlines a heading.
_FOREIGN = re.compile(r"[#>+=:|~\t -]|\* |(?:[*_] *){3,}$|\d+[.)]|!!!|\?\?\?|`{3}|\[[^\]]*\]:")
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class QuickPage:
    """A page's HTML, and the id of its first heading."""

    html: str
    first_heading: str


def quick_html(markdown: str, link_to: LinkTo) -> QuickPage | None:
    """Return a page as HTML; None when only Python-Markdown can read it. `link_to` may raise NotQuick, too."""
    reader = _Blocks(link_to)
    try:
        html = reader.read(markdown.strip("\n").split("\n"))
    except NotQuick:
        return None
    return QuickPage(html, reader.first_heading) if reader.first_heading else None


class _Blocks:
    """Reads blocks, each of which becomes one element."""

    def __init__(self, link_to: LinkTo) -> None:
        self.link_to = link_to
        self.first_heading = ""

    def read(self, lines: list[str]) -> str:
        """Return the HTML of lines that stand at one depth."""
        place, found = 0, []
        while place < len(lines):
            line = lines[place]
            if not line:
                place += 1
            elif heading := _HEADING.fullmatch(line):
                found.append(self._heading(heading))
                place = self._alone(lines, place + 1)
            elif fence := _FENCE.fullmatch(line):
                end = _find(lines, fence[1], place + 1)
                found.append(_fence(fence, lines[place + 1 : end]))
                place = self._alone(lines, end + 1)
            elif box := _BOX.fullmatch(line):
                end = _end_of_indented(lines, self._alone(lines, place + 1))
                found.append(self._box(box, [part.removeprefix(_INDENT) for part in lines[place + 1 : end]]))
                place = end
            elif _ITEM.match(line):
                end = _end_of_list(lines, place)
                found.append(self._list(lines[place:end]))
                place = end
            else:
                end = _end_of_block(lines, place)
                found.append(self._paragraph(lines[place:end]))
                place = end
        return "\n".join(found)

    @staticmethod
    def _alone(lines: list[str], place: int) -> int:
        """Make sure that a blank line follows."""
        if place < len(lines) and lines[place]:
            raise NotQuick(lines[place])
        return place

    def _inline(self, text: str) -> str:
        return inline_html(text, self.link_to)

    def _heading(self, found: re.Match[str]) -> str:
        listed = dict(re.findall(r"([#])([\w-]+)", found[3]))
        if "#" not in listed:
            raise NotQuick(found[0])
        self.first_heading = self.first_heading or listed["#"]
        tag = f"h{len(found[1])}"
        return f"<{tag}{attributes(found[3])}>{self._inline(found[2])}</{tag}>"

    def _box(self, found: re.Match[str], lines: list[str]) -> str:
        title, inside = self._inline(found[3]), self.read(lines)
        if not inside:
            raise NotQuick(found[0])
        if found[1] == "???":
            return f'<details class="{found[2]}">\n<summary>{title}</summary>\n{inside}\n</details>'
        title = f'<p class="admonition-title">{title}</p>'
        return f'<div class="admonition {found[2]}">\n{title}\n{inside}\n</div>'

    def _paragraph(self, lines: list[str]) -> str:
        return self._with_attributes("p", lines)

    def _with_attributes(self, tag: str, lines: list[str]) -> str:
        listed = _ATTRIBUTE_LINE.fullmatch(lines[-1]) if len(lines) > 1 else None
        words = lines[:-1] if listed else lines
        if any(_FOREIGN.match(line) for line in words):
            raise NotQuick(words[0])
        inside = self._inline("\n".join(words))
        return f"<{tag}{attributes(listed[1]) if listed else ''}>{inside}</{tag}>"

    def _list(self, lines: list[str]) -> str:
        items = list(_items(lines))
        tag = "ul" if lines[0].startswith("-") else "ol"
        numbers = [] if tag == "ul" else [int(line.split(".")[0]) for line in lines if line[:1].isdigit()]
        if any(line.startswith("-") != (tag == "ul") for line in lines if line[:1] not in ("", " ")):
            raise NotQuick(lines[0])
        if numbers and numbers[0] != 1:
            raise NotQuick(lines[0])
        inside = "\n".join(self._item(item, is_loose) for item, is_loose in items)
        return f"<{tag}>\n{inside}\n</{tag}>"

    def _item(self, lines: list[str], is_loose: bool) -> str:
        """Return an item: in paragraphs, or tight with perhaps a list below its words."""
        if is_loose:
            return f"<li>\n{self.read(lines)}\n</li>"
        words = [line for line in lines if not _ITEM.match(line.lstrip(" "))]
        if len(words) == len(lines):
            return self._with_attributes("li", lines)
        if words != lines[:1] or not _is_tight_list(lines[1:]):
            raise NotQuick(lines[0])
        return f"<li>{self._inline(words[0])}{self._list(lines[1:])}\n</li>"


def _is_tight_list(lines: list[str]) -> bool:
    return all(_ITEM.match(line.lstrip(" ")) for line in lines)


def _find(lines: list[str], wanted: str, place: int) -> int:
    try:
        return lines.index(wanted, place)
    except ValueError:
        raise NotQuick(wanted) from None


def _end_of_block(lines: list[str], place: int) -> int:
    while place < len(lines) and lines[place]:
        place += 1
    return place


def _end_of_indented(lines: list[str], place: int) -> int:
    """Return where lines that are blank or indented end."""
    while place < len(lines) and (not lines[place] or lines[place].startswith(_INDENT)):
        place += 1
    return place


def _end_of_list(lines: list[str], place: int) -> int:
    """Return where a list ends: at a block that is neither an item nor indented."""
    while place < len(lines) and (not lines[place] or lines[place].startswith(_INDENT) or _ITEM.match(lines[place])):
        place += 1
    if place < len(lines) and lines[place - 1]:
        raise NotQuick(lines[place])  # a line that goes on with the item's words
    return place


def _items(lines: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Yield the lines of each item, without its mark and indent, and whether it is loose.

    A blank line makes the items on both sides of it loose, and no other.
    """
    starts = [place for place, line in enumerate(lines) if _ITEM.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        part = lines[start:end]
        mark = _ITEM.match(part[0])
        assert mark
        item = [part[0][mark.end() :], *(line.removeprefix(_INDENT) for line in part[1:])]
        is_followed = item[-1] == "" and end < len(lines)
        while item and not item[-1]:
            item.pop()
        is_after_blank = start > 0 and not lines[start - 1]
        yield item, is_after_blank or is_followed or "" in item


def _fence(found: re.Match[str], lines: list[str]) -> str:
    text = "\n".join(lines)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(char, entity)
    # In the order they are written in: this block does not pass the serializer.
    values = f'class="language-{found[2]}" {found[3]}="{found[4]}" {found[5]}="{found[6]}"'
    return f"<pre><code {values}>{text}\n</code></pre>"
