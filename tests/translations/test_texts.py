"""One translation beside its English: what is right is let through, what could mislead is found."""

import pytest

from helptree.checks.translation_hints import find_strange_shape
from helptree.checks.translation_texts import compare
from helptree.glossary import Glossary, read_glossary
from helptree.problems import Location
from helptree.text_entry import TextEntry

HERE = Location("catalogs/fr.po", 4)
GLOSSARY = read_glossary("term,rule,fr\nAliExpress,keep,\ndispute,translate,litige|contestation\n")


def errors(source: str, text: str, **options) -> list[str]:
    return [found.kind.code for found in compare(source, text, HERE, GLOSSARY, **options)]


RIGHT = [
    ("Pay 1,000.50 now.", "Payez 1 000,50 maintenant."),
    ("Pay 1,000 now.", "Bezahlen Sie 1.000 jetzt."),
    ("Wait {a}, then {b}.", "{b}, après {a}."),
    ("See [this](ref:a) and [that](ref:b).", "[Cela](ref:b) et [ceci](ref:a)."),
    ("Pay **now**.", "Payez **tout de suite**."),
    ("snake_case stays", "snake_case reste"),
    ("Ask AliExpress.", "AliExpress’e sorun; AliExpress'in."),
    ("The seller ships.", "Le vendeur (ou la vendeuse) expédie."),
    ("Write to a@example.com.", "Écrivez à a@example.com."),
]
WRONG = [
    ("Wait 15 days.", "Attendez 51 jours.", "number-mismatch"),
    ("Wait 15 days.", "Attendez quelques jours.", "number-mismatch"),
    ("Wait some days.", "Attendez 3 jours.", "number-mismatch"),
    ("Wait 15 days.", "Attendez ١٥ jours.", "foreign-digit"),
    ("Wait 15 days.", "Attendez １５ jours.", "foreign-digit"),
    ("Wait {a}.", "Attendez {a} {a}.", "placeholder-mismatch"),
    ("Wait.", "Attendez \u200f!", "bidi-control"),
    ("Wait.", "\u2067Attendez\u2069.", "bidi-control"),
    ("Pay now.", "Payez *tout de suite*.", "markup-mismatch"),
    ("Pay now.", "Payez ~~plus tard~~.", "markup-mismatch"),
    ("Pay now.", "Payez &lt;ici&gt;.", "markup-mismatch"),
    ("Pay now.", "Payez [ici](https://evil.example).", "markup-mismatch"),
    ("See [this](ref:a).", "Voyez [ceci](ref:b).", "markup-mismatch"),
    ("Pay now.", "Payez (maintenant.", "markup-mismatch"),
    ("Write to a@example.com.", "Écrivez à b@example.com.", "markup-mismatch"),
    ("Pay now.\n", "Payez maintenant.", "whitespace-mismatch"),
    ("Pay now.", "Payez  maintenant.", "whitespace-mismatch"),
    ("Pay now.", "« \u00a0Payez ».", "whitespace-mismatch"),
    ("Ask AliExpress.", "Demandez à Ali.", "protected-term"),
]


@pytest.mark.parametrize(("source", "text"), RIGHT)
def test_what_is_right_is_let_through(source, text):
    assert [] == errors(source, text)


@pytest.mark.parametrize(("source", "text", "code"), WRONG)
def test_what_could_mislead_is_found(source, text, code):
    assert code in errors(source, text)


def test_a_plural_form_may_say_its_number_in_words_but_never_another():
    assert [] == errors("{count} day", "un jour", is_plural=True)
    assert ["placeholder-mismatch"] == errors("{count} day", "{days} jour", is_plural=True)


def hints(source: str, text: str, locale: str = "fr") -> list[str]:
    entry = TextEntry("question.a.text", source, HERE)
    return [found.kind.code for found in find_strange_shape(entry, text, HERE, GLOSSARY, locale)]


@pytest.mark.parametrize(
    ("source", "text", "locale"),
    [
        ("Did you pay?", "Avez-vous payé\u00a0?", "fr"),
        ("Did you pay?", "هل دفعت؟", "ar"),
        ("Did you pay?", "Πληρώσατε;", "el"),
        ("Your money is safe.", "เงินของคุณปลอดภัย", "th"),
        ("Choose \"Pay\".", "Choisissez « Payer ».", "fr"),
        ("The seller has a limited time to send the parcel.", "卖家发货时间有限。", "zh-Hans"),
        ("AliExpress", "AliExpress", "fr"),
        ("Sources", "Sources", "fr"),
    ],
)  # fmt: skip
def test_habits_of_languages_are_not_suspected(source, text, locale):
    assert [] == hints(source, text, locale)


@pytest.mark.parametrize(
    ("source", "text", "code"),
    [
        ("Ask the seller first.", "Ask the seller first.", "unchanged-translation"),
        ("Ask the seller first.", "Demandez d’abord au vendeur", "end-punctuation"),
        ("Ask the seller first, then support, and keep the answer.", "Demandez.", "strange-length"),
        ("Ask.", "Demandez d’abord au vendeur, puis à l’assistance.", "strange-length"),
    ],
)
def test_a_strange_shape_is_suspected(source, text, code):
    assert [code] == hints(source, text)


@pytest.mark.parametrize("term", ["Open a dispute.", "Disputes take time.", "DISPUTE"])
def test_a_term_is_found_in_its_forms(term):
    assert ["dispute"] == [found.term for found in GLOSSARY.terms_in(term)]


def test_a_term_inside_a_longer_word_is_another_word():
    assert [] == [found.term for found in GLOSSARY.terms_in("Undisputed, disputed.")]
    assert () == Glossary().kept
