"""Characters that do not belong in a text: controls, hidden and direction characters, mixed scripts.

Used for YAML scalars, PO entries and Markdown pages alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

_OVERRIDES = "\u202a\u202b\u202d\u202e\u202c"
_ISOLATES = "\u2066\u2067\u2068"
_POP_ISOLATE = "\u2069"
_JOINERS = "\u200c\u200d"
# Hidden characters with no use in a text. Soft hyphen, zero-width space and word joiner would break searching
# and comparing; tag characters and the byte order mark carry text that nobody sees.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff"
_PLANE_ENDS = "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
MAX_COMBINING = 4

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# One cheap search decides for nearly all texts that there is nothing to look at more closely: a set alone, where an
# alternative or a repetition would cost ten times as much.
_ODD = re.compile(
    f"[{_CONTROL}{_OVERRIDES}{_ISOLATES}{_POP_ISOLATE}{_JOINERS}{_INVISIBLE}{_PRIVATE}\ufffd{_MARKS}"
    "\U00010000-\U0010ffff]"
)
_SUSPICIOUS = re.compile(
    f"[{_CONTROL}{_PLANE_ENDS}{_OVERRIDES}{_ISOLATES}{_POP_ISOLATE}{_JOINERS}{_INVISIBLE}{_PRIVATE}\ufffd]"
    f"|[{_MARKS}]{{{MAX_COMBINING + 1},}}"
)
_RAW_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_WORD = re.compile(r"[^\W\d_]+")
# Alphabets with letters that look alike; others (kana, Han, Hangul, ...) are mixed rightly.
_CONFUSABLE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
# Where all of these but Latin stand, and more: a word of mixed scripts has a letter from here.
_BESIDE_LATIN = (
    "\u0370-\u058f\u13a0-\u13ff\u1c80-\u1cff\u1d00-\u1dff\u1f00-\u1fff\u2c00-\u2dff\ua640-\ua69f\uab30-\uabbf"
    "\ufb00-\ufb4f\U00010000-\U0010ffff"
)
_BEGUN = re.compile(rf"[{_BESIDE_LATIN}][^\W\d_]*")
_VISIBLE = re.compile(rf"[^\s{_INVISIBLE}{_JOINERS}{_OVERRIDES}{_ISOLATES}{_POP_ISOLATE}\u200e\u200f]")

Finding = tuple[int, str, dict[str, Any]]


def name_of(char: str) -> str:
    """Return `U+202E RIGHT-TO-LEFT OVERRIDE` for a character."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()


def is_blank(text: str) -> bool:
    """Say whether a text shows nothing to a reader."""
    return not _VISIBLE.search(text)


def raw_control(text: str) -> int | None:
    """Return the index of the first control character a YAML file may not hold, or None."""
    found = _RAW_CONTROL.search(text)
    return found.start() if found else None


def is_harmless(text: str) -> bool:
    """Say whether no part of a text, wherever it is cut, can have a bad character or a word of mixed scripts.

    Some texts that have none are not harmless: a joiner may be right here and wrong in a part of the text.
    """
    is_odd = _ODD.search(text) and _SUSPICIOUS.search(text)
    return not is_odd and (text.isascii() or not _may_be_mixed(text))


def _may_be_mixed(text: str) -> bool:
    """Say whether a text may have a word of mixed scripts; of most texts a few letters tell that it has none."""
    for found in _BEGUN.finditer(text):
        start = found.start()
        if (start and _WORD.match(text, start - 1)) or _is_mixed(found.group()):
            return True
    return False


def _is_mixed(word: str) -> bool:
    return not word.isascii() and len(_confusable_scripts(word)) > 1


def find_bad_characters(text: str, *, is_id: bool = False) -> Iterable[Finding]:
    """Return `(index, problem code, names)` for every fault; `is_id` words the script mix as that of an id."""
    if is_harmless(text):
        return ()
    return [*_find_hidden(text), *_find_mixed_scripts(text, "mixed-script-id" if is_id else "mixed-script-word")]


def _find_hidden(text: str) -> Iterator[Finding]:
    open_isolates: list[int] = []
    for match in _SUSPICIOUS.finditer(text):
        index, char = match.start(), match.group()[0]
        if len(match.group()) > 1:
            yield index, "combining-run", {"count": len(match.group())}
        elif char in _ISOLATES:
            open_isolates.append(index)
        elif char == _POP_ISOLATE and open_isolates:
            open_isolates.pop()
        elif char in _JOINERS and _joins(text, index):
            continue
        else:
            yield index, *_name_hidden(char)
    for index in open_isolates:
        yield index, "bidi-control", {"char": name_of(text[index]), "why": "is never closed"}


def _name_hidden(char: str) -> tuple[str, dict[str, Any]]:
    names: dict[str, Any] = {"char": name_of(char)}
    if char == "\ufffd":
        return "mojibake", names
    if char in _OVERRIDES or char == _POP_ISOLATE:
        return "bidi-control", names | {"why": "changes the order of the text"}
    category = unicodedata.category(char)
    if category == "Cc" or char in "\u2028\u2029" or (category == "Cn" and ord(char) & 0xFFFE == 0xFFFE):
        return "control-character", names
    if 0xFDD0 <= ord(char) <= 0xFDEF:
        return "control-character", names
    return "invisible-character", names


def _joins(text: str, index: int) -> bool:
    """A joiner is needed after letters of Arabic and Indic scripts and inside emoji, never after Latin."""
    before = text[index - 1] if index else " "
    return unicodedata.category(before) in {"Lo", "Mn", "Mc", "So", "Sk"} or before == "\ufe0f"


def _find_mixed_scripts(text: str, code: str) -> Iterator[Finding]:
    for match in _WORD.finditer(text):
        if _is_mixed(word := match.group()):
            yield match.start(), code, {"word": word, "scripts": ", ".join(sorted(_confusable_scripts(word)))}


@lru_cache(maxsize=50_000)
def _confusable_scripts(word: str) -> frozenset[str]:
    return frozenset(unicodedata.name(char, "?").split()[0] for char in word) & _CONFUSABLE
