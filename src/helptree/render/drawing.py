"""Draws SVG by hand: text wrapped in any script, both directions, light and dark. Knows nothing of what is drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape

from helptree.cldr import direction_of
from helptree.render.plain import one_line

# Marks that may not begin a line.
_CLOSERS = frozenset("、。，．・：；！？）」』】〉》〕’”…ー々%)]}.,:;!?»")
# Scripts written without blanks: a line may end after any of their letters.
_UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u2e80", "\u9fff"),
    ("\uf900", "\uffef"),
)


def width_of(text: str) -> float:
    """Return roughly how wide a text is, in widths of an `m`; rather too wide than too narrow."""
    return sum(map(_char_width, text))


@cache
def _char_width(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in "iljtfrI.,:;'|! ’":
        return 0.36
    return 0.72 if char.isupper() or char in "mwMW@%—…" else 0.58


def wrap(text: str, width: float, lines: int = 6) -> list[str]:
    """Return a text in lines of at most `width`; what needs more than `lines` ends in an ellipsis."""
    return list(_wrap(text, width, lines))


@lru_cache(maxsize=10_000)  # a page shows many of the texts that other pages' pictures show
def _wrap(text: str, width: float, lines: int) -> list[str]:
    found = [""]
    for piece in _pieces(one_line(text), width):
        if found[-1] and width_of(found[-1] + piece.rstrip()) > width and piece[:1] not in _CLOSERS:
            found.append("")
        found[-1] += piece if found[-1] else piece.lstrip(" ")
    found = [line.rstrip(" ") for line in found]
    return found if len(found) <= lines else [*found[: lines - 1], found[lines - 1].rstrip(" .,;:") + "…"]


def _pieces(text: str, width: float) -> Iterator[str]:
    """Yield what may not be cut: words with the blank behind them, letters of scripts without blanks."""
    word, so_wide = "", 0.0
    for char in text:
        word += char
        so_wide += _char_width(char)
        if char == " " or _is_unspaced(char) or so_wide > width - 1:
            yield word
            word, so_wide = "", 0.0
    if word:
        yield word


@cache
def _is_unspaced(char: str) -> bool:
    return any(first <= char <= last for first, last in _UNSPACED)


class Drawing:
    """An SVG picture that grows downwards. Places count from the side where reading begins."""

    def __init__(self, width: int, locale: str, direction: str) -> None:
        self.width, self.height = width, 0
        self.locale = locale
        self._rtl = direction == "rtl"
        self._direction = direction
        self._parts: list[str] = []

    def _x(self, start: float, width: float = 0) -> str:
        return _number(self.width - start - width if self._rtl else start)

    def box(self, css: str, start: float, y: float, width: float, height: float, radius: float = 6) -> None:
        """Draw a rectangle."""
        self._parts.append(
            f'<rect class="{css}" x="{self._x(start, width)}" y="{_number(y)}" width="{_number(width)}" '
            f'height="{_number(height)}" rx="{_number(radius)}"/>'
        )

    def circle(self, css: str, start: float, y: float, radius: float) -> None:
        """Draw a circle around a point."""
        self._parts.append(f'<circle class="{css}" cx="{self._x(start)}" cy="{_number(y)}" r="{_number(radius)}"/>')

    def path(self, css: str, data: str, start: float, y: float, *, size: float = 20, mirrored: bool = False) -> None:
        """Draw a shape that was drawn on a square of `size`; `mirrored`: it points in the direction of reading."""
        flip = f" translate({_number(size)}) scale(-1 1)" if mirrored and self._rtl else ""
        place = f"translate({self._x(start, size)} {_number(y)}){flip}"
        self._parts.append(f'<path class="{css}" d="{data}" transform="{place}"/>')

    def text(self, css: str, start: float, y: float, words: str, locale: str, *, middle: bool = False) -> None:
        """Draw one line. A text in a language of the other direction still begins at the reader's side."""
        attributes = f'class="{css}" x="{self._x(start)}" y="{_number(y)}"'
        if middle:
            attributes += ' text-anchor="middle"'
        if locale != self.locale:
            direction = direction_of(locale)
            attributes += f' lang="{escape(locale)}" direction="{direction}"'
            attributes += ' text-anchor="end"' if direction != self._direction and not middle else ""
        self._parts.append(f"<text {attributes}>{escape(words, quote=False)}</text>")

    def raw(self, svg: str) -> None:
        """Add SVG that the caller has escaped."""
        self._parts.append(svg)

    def finish(self, title: str, description: str, style: str) -> str:
        """Return the whole picture with its text alternative."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="htp" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="img" lang="{escape(self.locale)}" '
            f'direction="{self._direction}"><title>{escape(title, quote=False)}</title>'
            f"<desc>{escape(description, quote=False)}</desc><style>{style}</style>{''.join(self._parts)}</svg>\n"
        )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
