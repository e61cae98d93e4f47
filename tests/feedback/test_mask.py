"""Personal data is masked, ordinary text is not; figures are printed."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helptree.feedback.mask import mask
from helptree.feedback.mask_numbers import is_iban, is_luhn

LINES = [
    line.split("\t")
    for line in (Path(__file__).parent / "pii.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
MARKED = re.compile("⟦(.*?)⟧")


def unmarked(text: str) -> str:
    return MARKED.sub(r"\1", text)


def test_recall_over_ten_languages_is_at_least_95_percent():
    marked = [(lang, text) for lang, text in LINES if "⟦" in text]
    spans = [(text, span) for _, text in marked for span in MARKED.findall(text)]
    # Found means: nothing is left of it but, say, the letters before a number.
    missed = [span for text, span in spans if shares_a_run(mask(unmarked(text)).text, span)]
    recall = 1 - len(missed) / len(spans)
    print(f"\nPersonal data: {len(spans)} pieces in {len({lang for lang, _ in marked})} languages, recall {recall:.1%}")
    assert recall >= 0.95, missed
    assert len({lang for lang, _ in marked}) >= 10


def shares_a_run(masked: str, span: str) -> bool:
    """Whether four or more digits, or a name of an address, of the span are still there."""
    runs = re.findall(r"\d{4,}|[^\W\d_]{3,}(?=.*@)", span) or re.findall(r"\d{2,}|\w{4,}", span)
    return any(run in masked for run in runs)


def test_ordinary_text_is_untouched_at_least_99_percent():
    ordinary = [text for _, text in LINES if "⟦" not in text]
    changed = [(text, mask(text).text) for text in ordinary if mask(text).text != text]
    untouched = 1 - len(changed) / len(ordinary)
    print(f"\nOrdinary text: {len(ordinary)} texts, untouched {untouched:.1%}")
    assert untouched >= 0.99, changed


def test_what_stands_around_personal_data_is_kept():
    kept = [MARKED.sub("", text).split() for _, text in LINES if "⟦" in text]
    masked = [re.sub(r"\[\w+\]", "", mask(unmarked(text)).text).split() for _, text in LINES if "⟦" in text]
    same = sum(k == m for k, m in zip(kept, masked, strict=True)) / len(kept)
    print(f"\nAround personal data: {same:.1%} of the texts are kept as they are")
    assert same >= 0.85


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to ann@example.com", "write to [email]"),
        ("DE89 3704 0044 0532 0130 00 please", "[iban] please"),
        ("4111 1111 1111 1111", "[card]"),
        ("call +44 20 7946 0958 now", "call [phone] now"),
        ("order 8190123456789012", "order [number]"),
        ("ann\u200b@exam\u200bple.com", "[email]"),
        ("0\u200b6 12 34 56 78", "[phone]"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner that Persian needs
    ],
)
def test_kind_is_told_in_place_of_it(text, expected):
    assert expected == mask(text).text


@given(st.text())
def test_masking_twice_changes_nothing_more(text):
    once = mask(text).text
    assert once == mask(once).text


words = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo"]), max_size=12)


@given(words, st.integers(10**14, 10**18), words)
def test_no_long_number_survives_whatever_stands_around_it(before, number, after):
    assert str(number) not in mask(f"{before} {number} {after}").text


@given(words, st.integers(4 * 10**14, 5 * 10**14 - 1), st.sampled_from(["", " ", "-", "\u00a0"]), words)
def test_cards_are_found_however_they_are_grouped(before, body, sign, after):
    check = next(digit for digit in range(10) if is_luhn(f"{body}{digit}"))
    groups = re.findall("....", f"{body}{check}")
    assert f"{before} [card] {after}" == mask(f"{before} {sign.join(groups)} {after}").text


@given(st.integers(0, 10**18 - 1), st.booleans())
def test_accounts_are_found_with_and_without_spaces(number, grouped):
    body = f"{number:018}"
    check = 98 - int(f"{body}131400") % 97
    iban = f"DE{check:02}{body}"
    assert is_iban(iban)
    written = " ".join(re.findall(".{1,4}", iban)) if grouped else iban
    assert "to [iban]" == mask(f"to {written}").text


@pytest.mark.parametrize(
    "hostile",
    ["a", "1 ", "a@", "a at ", "((", "DE89 ", "1.2.", "order ", "phone 1", "a.b@c.", "a (at) b dot ", "+", "1/2026 "],
)
def test_hostile_texts_cost_little(hostile):
    hostile = (hostile * 1000)[:1000]
    start = time.process_time()
    mask(hostile)
    assert time.process_time() - start < 0.5
