"""What numbers are: check digits of cards and accounts, and the ordinary ones (dates, amounts, sizes, versions)."""

from __future__ import annotations

import re
from itertools import pairwise

from helptree.feedback.mask_words import CURRENCIES

_IBAN_LENGTHS = {
    15: "NO", 16: "BE", 18: "DK FI FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU XK", 21: "CH CR HR LI LV",
    22: "BG BH DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
    29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
_LENGTH_OF = {country: length for length, countries in _IBAN_LENGTHS.items() for country in countries.split()}


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a payment card."""
    odd, even = digits[-1::-2], digits[-2::-2]
    return (sum(map(int, odd)) + sum(sum(divmod(2 * int(d), 10)) for d in even)) % 10 == 0


def is_iban(compact: str) -> bool:
    """Whether length and check digits are those of an account in its country."""
    if not (compact.isascii() and compact.isalnum()) or len(compact) != _LENGTH_OF.get(compact[:2]):
        return False
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def is_ordinary(text: str, start: int, end: int) -> bool:
    """Whether the digits from start to end are such as people write about orders without telling who they are."""
    found, before, after = (
        text[start:end].strip(),
        text[max(0, start - 12) : start].lower(),
        text[end : end + 9].lower(),
    )
    return _is_dates(found) or _is_amount(found, before, after) or _is_row(found) or _is_version(found, before)


_DAY, _MONTH, _YEAR = r"(?:3[01]|[012]?\d)", r"(?:1[012]|0?[1-9])", r"(?:19|20)\d\d"
_FULL_DATE = "|".join(
    form.format(sign)
    for sign in (r"\.", "-", "/")
    for form in (
        f"{_DAY}{{0}}{_MONTH}{{0}}{_YEAR}",
        f"{_MONTH}{{0}}{_DAY}{{0}}{_YEAR}",
        f"{_YEAR}{{0}}{_MONTH}{{0}}{_DAY}",
    )
)
_DATE = re.compile(_FULL_DATE)
_RANGE = re.compile(rf"(?:{_FULL_DATE})[-/](?:{_FULL_DATE})")
_DATE_PART = re.compile(rf"{_DAY}[./]{_MONTH}[./]?(?:\d\d)?|\d{{1,2}}|[0-2]?\d\.[0-5]\d|[-/]|{_YEAR}")


def _is_dates(found: str) -> bool:
    """Dates, hours and ranges of them: 2026-11-02 10 (:30), 01.02.2026 - 05.03.2026, 2024-2025-2026."""
    words = [word.strip("()") for word in found.split()]
    whole = [bool(_DATE.fullmatch(word) or _RANGE.fullmatch(word)) for word in words]
    if not any(whole):
        years = re.split(r"[ /-]+", found)
        return all(re.fullmatch(_YEAR, year) for year in years) or _are_short_dates(words)
    # The hour of "2026-11-02 10:30" is only known by what follows.
    return all(full or _DATE_PART.fullmatch(word) for full, word in zip(whole, words, strict=True))


def _are_short_dates(words: list[str]) -> bool:
    dates = [word for word in words if word not in ("-", "/")]
    return len(dates) <= 3 and all(re.fullmatch(rf"{_DAY}([./]){_MONTH}\1\d\d", word) for word in dates)


_CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_THEN_CURRENCY = re.compile(rf"(?:[.,]\d{{1,2}})? ?(?:{_CURRENCY})(?![a-z])")
_CURRENCY_THEN = re.compile(rf"(?:^|[^a-z])(?:{_CURRENCY})\.? ?$")
_GROUPED = re.compile(r"\d{1,3}([ .'])\d{3}(?:\1\d{3})*(?:\.\d{1,2})?")


def _is_amount(found: str, before: str, after: str) -> bool:
    """1 234 567 (,89 €), Rp 150.000.000: in groups of three or plain, beside a currency."""
    if not (_GROUPED.fullmatch(found) or re.fullmatch(r"[1-9]\d{0,9}(\.\d{1,2})?", found)):
        return False
    return bool(_THEN_CURRENCY.match(after) or _CURRENCY_THEN.search(before))


def _is_row(found: str) -> bool:
    """Sizes and counts at even steps: 36 37 38 39 40, 100-200-300-400."""
    numbers = [int(piece) for piece in re.findall(r"\d+", found)]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    return len(numbers) >= 4 and max(numbers) < 1000 and len(steps) == 1 and steps.pop() > 0


def _is_version(found: str, before: str) -> bool:
    """Version 10.0.19045.3803: dots only, after a word that says so."""
    is_dotted = re.fullmatch(r"\d{1,3}(?:\.\d{1,6}){2,4}", found)
    return bool(is_dotted and re.search(r"(?:v|ver\.?|versi\w*|верси\w|版本|windows|android|ios|app) ?$", before))
