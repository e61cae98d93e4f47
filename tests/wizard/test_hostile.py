"""Addresses made to hurt: always a page, nothing in the log, nothing of it shown."""

import logging
import random
import string
from html import escape
from pathlib import Path

import pytest

from helptree.project import open_project
from tests.walkers import WizardWalker

MINIMAL = Path(__file__).parents[1] / "trees" / "minimal"
KNOWN = ["lang", "status", "paid", "remedy", "change", "embed", "page", "", "_stcore", "__proto__"]
WORDS = ["en", "packing", "yes", "wait", "status", "none-of-these"]
HOSTILE = [
    *("\x00", "../../etc/passwd", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)"),
    *(
        "' OR 1=1 --",
        "{{7*7}}",
        "${x}",
        "%00%0a",
        "\ud7ff\u202e",
        "q" * 5000,
        "[]",
        "ref:x",
        "-1",
        "😀",
        "{order_number}",
    ),
    *(":material/home:", "**b**", "$x$", "[a](https://evil.example)", "&lt;b&gt;", "\r\nSet-Cookie: a=b"),
]
TITLES = ("Which status do you see?", "Did you pay?", "Your parcel is being packed", "Let us look at it together")


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.stress)])
def test_every_hostile_address_gets_a_page(count: int, caplog: pytest.LogCaptureFixture):
    """Random, but the same each time; keys and values from what could hurt."""
    walker = WizardWalker(open_project(MINIMAL), "en")
    choice = random.Random(5).choice
    junk = ["".join(choice(string.printable) for _ in range(12)) for _ in range(40)]
    values = [*WORDS, "", *HOSTILE, *junk]
    with caplog.at_level(logging.WARNING):
        for _ in range(count):
            keys = {choice(KNOWN + junk + HOSTILE) for _ in range(choice([1, 2, 5]))}
            query = {key: choice([*values, ["a", "b"], []]) for key in keys}
            walker.open(query)
            assert walker.title in TITLES
            assert _shown(walker, query) == []
    assert [record.getMessage() for record in caplog.records if "ScriptRunContext" not in record.getMessage()] == []
    print(f"{count} hostile addresses: a page each, nothing in the log, nothing shown")


def _shown(walker: WizardWalker, query: dict[str, object]) -> list[str]:
    """Return what the screen shows of a query that only a query holds, as it is or escaped."""
    screen = walker.html + "".join(button.label for button in walker.app.button)
    parts = {str(part) for pair in query.items() for part in pair}
    long = [part for part in parts if len(part) > 7 and part not in (*WORDS, *KNOWN)]
    return [part for part in long if part in screen or escape(part) in screen]
