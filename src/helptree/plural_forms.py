"""gettext's `Plural-Forms` by language, in the order that GNU gettext and Weblate use.

Not made from Babel: its formula for Arabic gives the same classes of numbers in another order, so that texts
written in an editor would come out for the wrong numbers.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from functools import cache

ONE_OTHER = "nplurals=2; plural=(n != 1);"
_ZERO_ONE_OTHER = "nplurals=2; plural=(n > 1);"
_NONE = "nplurals=1; plural=0;"
_SLAVIC = "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"

# By language, or by language and region where they differ.
PLURAL_FORMS = {
    **dict.fromkeys(("en", "de", "es", "it", "nl", "tr", "pt", "sv", "da", "nb", "fi", "el", "hu"), ONE_OTHER),
    **dict.fromkeys(("fr", "pt-BR"), _ZERO_ONE_OTHER),
    **dict.fromkeys(("ko", "ja", "zh", "id", "vi", "th", "ms"), _NONE),
    "pl": f"nplurals=3; plural=(n==1 ? 0 : {_SLAVIC});",
    **dict.fromkeys(("ru", "uk"), f"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {_SLAVIC});"),
    "cs": "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);",
    "he": "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
_HEADER = re.compile(r"\s*nplurals\s*=\s*(\d)\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*")
# Numbers enough to meet every form of every rule above.
SAMPLES = range(0, 131)


def default_plural_forms(tag: str) -> str | None:
    """Return the rule of a language tag, or None when the table does not hold its language."""
    return PLURAL_FORMS.get(tag) or PLURAL_FORMS.get(tag.split("-")[0])


@cache
def plural_rule(plural_forms: str) -> tuple[int, Callable[[int], int]]:
    """Return the number of plural forms and the function n -> form. Raises ValueError for a broken header."""
    match = _HEADER.fullmatch(plural_forms)
    if not match:
        raise ValueError("write it as gettext does: nplurals=2; plural=(n != 1);")
    # The standard library's own reader of plural expressions; it has no other public name.
    return int(match[1]), gettext.c2py(match[2])


@cache
def examples(plural_forms: str) -> tuple[str, ...]:
    """Return for each form the first numbers that take it: `("1", "2, 3, 4, 22", "0, 5, 6, 7")`."""
    count, rule = plural_rule(plural_forms)
    numbers: list[list[str]] = [[] for _ in range(count)]
    for number in SAMPLES:
        if len(numbers[rule(number)]) < 4:
            numbers[rule(number)].append(str(number))
    return tuple(", ".join(found) for found in numbers)


@cache
def same_rule(one: str, other: str) -> bool:
    """Say whether two headers give every number the same form. Raises ValueError for a broken one."""
    (count, rule), (other_count, other_rule) = plural_rule(one), plural_rule(other)
    return count == other_count and all(rule(n) == other_rule(n) for n in SAMPLES)
