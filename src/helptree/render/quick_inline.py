"""Turns a line of the Markdown that the Writer writes into HTML, as Python-Markdown would, in a fiftieth of its time.

Whatever the Writer never writes is refused (NotQuick): then MkDocs itself makes the page. Tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LinkTo = Callable[[str], str]


class NotQuick(Exception):
    """This is not what the Writer writes: Python-Markdown has to read it."""


_TOKEN = re.compile(r"\*\*|\*|`+|!?\[|\]\(([^\s()<>\"'\\]*)\)|\]|[\\_<>&|~{}\x02\x03]|  \n")
_ATTRIBUTES = re.compile(r"\{: ([^{}\n]*) \}")
_ATTRIBUTE = re.compile(r"([.#])([\w-]+)|([\w-]+)=([\w-]+)")
_ENTITY = re.compile(r"&#\d+;")
_OWN_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|#", re.I)


def attributes(listed: str, **more: str) -> str:
    """Return what an attribute list (`.a #b c=d`) means, as HTML: sorted, as Python-Markdown does it."""
    found = dict(more)
    for part in listed.split(" "):
        match = _ATTRIBUTE.fullmatch(part)
        if not match:
            raise NotQuick(listed)
        if match[1] == ".":
            found["class"] = f"{found['class']} {match[2]}" if "class" in found else match[2]
        elif match[1]:
            found["id"] = match[2]
        else:
            found[match[3]] = match[4]
    return as_html(found)


def as_html(values: dict[str, str]) -> str:
    """Return attributes as HTML, each with a blank before it."""
    return "".join(f' {name}="{values[name]}"' for name in sorted(values))


def inline_html(text: str, link_to: LinkTo) -> str:
    """Return the HTML of words with marks. `link_to` gives the address of a link's target."""
    return _Inline(text, link_to).read()


class _Inline:
    """One pass over one text; elements under way stand on a stack."""

    def __init__(self, text: str, link_to: LinkTo) -> None:
        self.text, self.link_to = text, link_to
        self.place = 0
        # What has been opened: its mark and the HTML inside of it so far.
        self.open: list[tuple[str, list[str]]] = [("", [])]

    def read(self) -> str:
        text = self.text
        if text != text.strip():
            raise NotQuick(text)
        while token := _TOKEN.search(text, self.place):
            self._words(token.start())
            self._token(token)
        self._words(len(text))
        if len(self.open) > 1:
            raise NotQuick(text)
        return "".join(self.open[0][1])

    def _words(self, end: int) -> None:
        self.open[-1][1].append(self.text[self.place : end])
        self.place = end

    def _token(self, token: re.Match[str]) -> None:
        mark, self.place = token[0], token.end()
        if mark in ("**", "*"):
            self._emphasis(mark)
        elif mark[0] == "`":
            self._code(mark)
        elif mark in ("[", "!["):
            self.open.append((mark, []))
        elif mark[0] == "]" and token[1] is not None:
            self._link(token[1])
        elif mark == "&" and (entity := _ENTITY.match(self.text, token.start())):
            self.open[-1][1].append(entity[0])
            self.place = entity.end()
        else:
            raise NotQuick(self.text)

    def _emphasis(self, mark: str) -> None:
        start = self.place - len(mark)
        if self.open[-1][0] != mark:
            # Bold may begin with emphasis, whose own mark is looked at next.
            self._needs_word(self.place + (mark == "**" and self.text[self.place : self.place + 1] == "*"))
            if any(opened == mark for opened, _ in self.open):
                raise NotQuick(self.text)
            self.open.append((mark, []))
            return
        self._needs_word(start - 1)
        tag = "strong" if mark == "**" else "em"
        inside = "".join(self.open.pop()[1])
        if not inside:
            raise NotQuick(self.text)
        self._element(f"<{tag}", f">{inside}</{tag}>")

    def _needs_word(self, place: int) -> None:
        """A mark beside a blank or another mark of its kind means something else."""
        if self.text[place : place + 1] in ("", " ", "\n", "*", "\u00a0", "\u202f"):
            raise NotQuick(self.text)

    def _code(self, ticks: str) -> None:
        end = self.text.find(ticks, self.place)
        inside = self.text[self.place : end].strip()
        after = end + len(ticks)
        if end < 0 or not inside or "`" in (self.text[end - 1], self.text[after : after + 1]):
            raise NotQuick(self.text)
        self.place = after
        inside = inside.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        self._element("<code", f">{inside}</code>")

    def _link(self, target: str) -> None:
        mark, inside = self.open.pop() if len(self.open) > 1 else ("", [])
        if mark not in ("[", "![") or not target:
            raise NotQuick(self.text)
        address = target if _OWN_ADDRESS.match(target) else self.link_to(target)
        address, words = address.replace("&", "&amp;"), "".join(inside)
        if mark == "[":
            if any(opened == "[" for opened, _ in self.open):
                raise NotQuick(self.text)
            self._element("<a", f">{words}</a>", href=address)
        elif set(words) & set('<>&"') or not words:
            raise NotQuick(self.text)
        else:
            self._element("<img", " />", alt=words, src=address)

    def _element(self, start: str, rest: str, **values: str) -> None:
        """Add an element with the attributes that are listed behind it."""
        if listed := _ATTRIBUTES.match(self.text, self.place):
            self.place = listed.end()
            start += attributes(listed[1], **values)
        else:
            start += as_html(values)
        self.open[-1][1].append(start + rest)
