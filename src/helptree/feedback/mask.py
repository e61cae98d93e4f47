"""Masks personal data before anything is written, logged or queued: e-mail, phone, card, IBAN, long numbers.

Patterns run over a twin of the text, letter for letter as long, in which every digit is 0-9 and every sign is plain,
so that Arabic, Indian and full-width digits are found too. Nine or more digits are masked unless they are known to
be ordinary (dates, amounts, sizes): a help center has no need of long numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from helptree.feedback.mask_numbers import is_iban, is_luhn, is_ordinary
from helptree.feedback.mask_words import ORDER_WORDS, PHONE_WORDS

_SIGNS = {**dict.fromkeys("‐‑–—−－﹣", "-"), **dict.fromkeys("\u00a0\u202f\u2007\u2009\u3000", " ")}
_SIGNS |= {
    "＠": "@",
    "﹫": "@",
    "．": ".",
    "٫": ".",
    "。": ".",
    "＋": "+",
    "（": "(",
    "）": ")",
    "／": "/",
    "＇": "'",
    "’": "'",
}
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff\u00ad"
_JOINERS = "\u200c\u200d"

_Judge = Callable[[str, re.Match[str]], str | None]


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as it may be kept, and the kinds of what was taken out of it."""

    text: str
    kinds: tuple[str, ...] = ()


def mask(text: str) -> Masked:
    """Replace personal data by its kind in brackets, such as [email]. Masking twice changes nothing."""
    kinds: list[str] = []
    # Invisible letters would hide a number from every pattern; joiners are part of Persian and Indian words.
    text = _HIDING.sub("", text)
    for pattern, judge in _RULES:
        twin = "".join(map(_plain, text))
        pieces, end = [], 0
        for match in pattern.finditer(twin):
            if kind := judge(twin, match):
                start, stop = match.span("it")
                pieces += [text[end:start], f"[{kind}]"]
                end = stop
                kinds.append(kind)
        text = "".join([*pieces, text[end:]])
    return Masked(text, tuple(kinds))


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _SIGNS:
        return _SIGNS[letter]
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    simple = unicodedata.normalize("NFKC", letter)
    return simple if len(simple) == 1 else letter


def _judge_email(twin: str, match: re.Match[str]) -> str | None:
    return "email"


def _judge_iban(twin: str, match: re.Match[str]) -> str | None:
    return "iban" if is_iban(re.sub(r"[ -]", "", match["it"]).upper()) else None


def _judge_named(kind: str, least: int) -> _Judge:
    """A number beside a word that says what it is: fewer digits are enough."""

    def judge(twin: str, match: re.Match[str]) -> str | None:
        enough = sum(map(str.isdigit, match["it"])) >= least
        return kind if enough and not is_ordinary(twin, *match.span("it")) else None

    return judge


def _judge_digits(twin: str, match: re.Match[str]) -> str | None:
    found, digits = match["it"], re.sub(r"\D", "", match["it"])
    abroad = found.lstrip("( ").startswith(("+", "00"))
    if len(digits) < (8 if abroad else 9) or is_ordinary(twin, *match.span("it")):
        return None
    if abroad:
        return "phone"
    if 13 <= len(digits) <= 19 and is_luhn(digits):
        return "card"
    return "phone" if len(digits) <= 12 and (digits != found or digits[0] == "0") else "number"


_HIDING = re.compile(rf"[{_INVISIBLE}]|(?<=[0-9A-Za-z@.+-])[{_JOINERS}]+|[{_JOINERS}]+(?=[0-9A-Za-z@.+-])")
# Words run into numbers and addresses without a space in Chinese, Japanese, Korean and Thai.
_SPACED = r"(?![\u0e00-\u0eff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff])"
_LOCAL = rf"(?:{_SPACED}[\w.+%'-]){{1,64}}"
_DOMAIN = rf"(?:{_SPACED}[\w-]){{1,63}}"
_AT, _DOT = r"(?:at|arroba|собака|ät|chiocciola|małpa)", r"(?:dot|punkt|punto|ponto|point|kropka|точка|тчк)"
_OPEN, _CLOSE = r"[(\[{<]", r"[)\]}>]"
_HIDDEN_DOT = rf"(?:\.| ?{_OPEN} ?{_DOT} ?{_CLOSE} ?| {_DOT} )"
_EMAILS = (
    rf"{_LOCAL} ?@ ?{_DOMAIN}(?:\.{_DOMAIN}){{1,5}}",
    rf"{_LOCAL} ?{_OPEN} ?(?:{_AT}|@|a) ?{_CLOSE} ?{_DOMAIN}(?:{_HIDDEN_DOT}{_DOMAIN}){{1,5}}",
    rf"{_LOCAL} {_AT} {_DOMAIN}(?: {_DOT} {_DOMAIN}){{1,5}}",
)
_IBAN = r"[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?:[ -][A-Z0-9]{4}){2,7}(?:[ -][A-Z0-9]{1,3})?)"
_GAP = r"[^\d\n\[+(]{0,16}?[ :#.№-]?"
# No \b: it sees no boundary between a digit and a Chinese or Cyrillic letter.
_EDGES = r"(?<![0-9A-Za-z])(?P<it>{})(?![0-9A-Za-z])"


def _after(words: tuple[str, ...], number: str) -> re.Pattern[str]:
    # Short words are also the beginnings of others: "wa" (WhatsApp) of "was".
    whole = (re.escape(word) + (r"(?![a-z])" if word.isascii() and len(word) <= 4 else "") for word in words)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(whole)}){_GAP}(?P<it>{number})(?![0-9])", re.I)


_RULES: tuple[tuple[re.Pattern[str], _Judge], ...] = (
    *((re.compile(rf"(?P<it>{email})", re.I), _judge_email) for email in _EMAILS),
    (re.compile(_EDGES.format(_IBAN), re.I), _judge_iban),
    (re.compile(_EDGES.format(r"[A-Z]{2} ?\d{9} ?[A-Z]{2}"), re.I), lambda twin, match: "number"),
    (re.compile(r"(?<!\d)(?P<it>(?:\(?\+ ?)?\(?\d(?:[ ./()-]{0,3}\d){7,28})(?!\d)"), _judge_digits),
    (_after(ORDER_WORDS, r"(?<![a-z])[A-Z]{0,4}-?\d[\d-]{4,28}"), _judge_named("number", 6)),
    (_after(PHONE_WORDS, r"[+(]{0,2}\d(?:[ ./()-]{0,2}\d){5,14}"), _judge_named("phone", 6)),
)
