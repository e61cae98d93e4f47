"""Words as the finder compares them: look-alikes, accents, misread letters and endings of lines made equal.

Written twice: here and in docs/assets/finder.js, line by line. A shared test compares the two on every query.
Everything is folded the same way in the index and in the query, so a fold may be coarse as long as it is the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARACTERS = 20_000
MAX_TOKENS = 600

# Letters of other alphabets that look like Latin ones, letters that NFKD leaves whole, and i/l, which scanners mix up.
_FOLDS = {
    "а": "a", "в": "b", "е": "e", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c",
    "т": "t", "у": "y", "х": "x", "ѕ": "s", "ԁ": "d", "ӏ": "i",
    "α": "a", "β": "b", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x",
    "γ": "y", "ς": "σ", "ı": "i", "l": "i", "ł": "i", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
    "œ": "oe", "ə": "e", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ـ": "", "’": "'", "ʼ": "'",
}  # fmt: skip
_FOLD_TABLE = str.maketrans(_FOLDS)
_DIGITS_TABLE = str.maketrans("0134568", "oieasgb")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile("[0-9]+")
# What ends a segment of a pasted screen: lines, cells, sentence marks. Not the comma, nor the apostrophe.
_BREAK = re.compile(r"[\n\r\t.!?;:|•·…/()\[\]{}<>«»“”\"*#=。！？；：、，【】（）「」؟؛]| {2,}| [-–—] ")
_ARABIC = re.compile("[\u0621-\u06d3]")
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "ال", "لل")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
# Scripts written without spaces: Thai to Khmer, kana, Han.
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+)")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or one or two characters of a script without spaces; `segment` counts breaks before it."""

    text: str
    position: int
    segment: int


def fold(text: str) -> str:
    """Return a text in the form in which it is compared."""
    text = unicodedata.normalize("NFKD", text[:MAX_CHARACTERS])
    if not text.isascii():
        # Beyond U+FFFF the two languages count characters differently, and no wording needs those.
        text = "".join(char for char in text if char <= "\uffff" and unicodedata.category(char)[0] != "M")
    return text.lower().translate(_FOLD_TABLE)


def tokenize(text: str) -> list[Token]:
    """Return the words of a text; bare numbers are none, and a digit inside a word is a misread letter."""
    tokens: list[Token] = []
    position = 0
    for segment, part in enumerate(_BREAK.split(fold(text))):
        for match in _WORD.finditer(part):
            for run in _UNSPACED.split(match[0]):
                if _UNSPACED.fullmatch(run):
                    position = _add_characters(run, position, segment, tokens)
                elif word := _as_word(run):
                    tokens.append(Token(word, position, segment))
                    position += 1
            if len(tokens) >= MAX_TOKENS:
                return tokens
    return tokens


def count_numbers(text: str) -> int:
    """Return how many numbers a text holds: a pasted screen is full of them, a sentence is not."""
    return len(_NUMBER.findall(fold(text)))


def is_unspaced(text: str) -> bool:
    """Say whether a token is of a script without spaces."""
    return _UNSPACED.match(text) is not None


def _add_characters(run: str, position: int, segment: int, tokens: list[Token]) -> int:
    for index, char in enumerate(run):
        tokens.append(Token(char, position, segment))
        if index + 1 < len(run):
            tokens.append(Token(run[index : index + 2], position, segment))
        position += 1
    return position


def _as_word(run: str) -> str:
    digits = sum(1 for char in run if char.isdecimal())
    if digits * 2 >= len(run):
        return ""
    if digits:
        run = run.translate(_DIGITS_TABLE)
    run = run.replace("rn", "m").replace("vv", "w")
    return _without_affixes(run) if _ARABIC.match(run) else run


def _without_affixes(word: str) -> str:
    """Return an Arabic word without what is written onto it: "and", article and preposition before, endings after.

    The light stemmer light10 of Larkey, Ballesteros and Connell (2002), which beats finding the root.
    """
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) >= len(prefix) + 2:
            word = word[len(prefix) :]
            break
    for suffix in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word[: -len(suffix)]
    return word
