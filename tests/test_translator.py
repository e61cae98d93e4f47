"""One tree in one locale: fallback that says so, facts with their units, placeholders."""

import pytest

from helptree.catalogs import TranslationState as State
from helptree.locales import Language, fallback_chain, negotiate
from helptree.plural_forms import plural_rule
from helptree.translator import Text
from tests.cases import HEAD, french, po
from tests.helpers import Edit, open_tree

EN = 'en: {autonym: "English", plural_forms: "nplurals=2; plural=(n != 1);"}\n'
PL_RULE = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
AR_RULE = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"


def days(*forms: str) -> str:
    rows = "".join(f'msgstr[{index}] "{form}"\n' for index, form in enumerate(forms))
    return f'msgctxt "ui.unit.day"\nmsgid "{{count}} day"\nmsgid_plural "{{count}} days"\n{rows}'


def test_a_translated_text(tmp_path):
    project = open_tree(tmp_path, french(po("question.paid.text", "Did you pay?", "Avez-vous payé ?")))
    found = project.translator("fr").text(project.tree.questions["paid"].text)
    assert Text("Avez-vous payé ?", "fr", State.TRANSLATED) == found
    assert not found.is_fallback


def test_a_missing_text_falls_back_to_the_source_and_says_so(tmp_path):
    project = open_tree(tmp_path, french())
    found = project.translator("fr").text(project.tree.questions["paid"].text)
    assert Text("Did you pay?", "en", State.MISSING) == found
    assert found.is_fallback


def test_a_stale_text_falls_back_to_the_source_and_says_so(tmp_path):
    project = open_tree(tmp_path, french(po("question.paid.text", "Have you paid?", "Avez-vous payé ?")))
    found = project.translator("fr").text(project.tree.questions["paid"].text)
    assert Text("Did you pay?", "en", State.STALE) == found
    assert found.is_fallback


def test_the_source_language_is_no_fallback(tmp_path):
    project = open_tree(tmp_path, french())
    found = project.translator("en").text(project.tree.questions["paid"].text)
    assert Text("Did you pay?", "en", State.SOURCE) == found
    assert not found.is_fallback


def test_a_locale_falls_back_to_its_neighbour_before_the_source(tmp_path):
    changes = {
        "catalogs/languages.yaml": EN
        + 'fr: {autonym: "Français", plural_forms: "nplurals=2; plural=(n > 1);"}\n'
        + 'fr-CA: {autonym: "Français canadien", plural_forms: "nplurals=2; plural=(n > 1);", fallback: [fr]}\n',
        "catalogs/fr.po": HEAD + po("question.paid.text", "Did you pay?", "Avez-vous payé ?"),
        "catalogs/fr_CA.po": HEAD,
    }
    project = open_tree(tmp_path, changes)
    translator = project.translator("fr-CA")
    found = translator.text(project.tree.questions["paid"].text)
    assert ("Avez-vous payé ?", "fr", True) == (found.value, found.locale, found.is_fallback)
    assert "en" == translator.text(project.tree.title).locale


def test_a_locale_that_is_off_is_no_language_to_choose(tmp_path):
    languages = 'fr: {autonym: "Français", plural_forms: "nplurals=2; plural=(n > 1);", state: "off"}\n'
    assert ["en"] == list(open_tree(tmp_path, french(languages=languages)).languages)


def test_the_source_language_comes_first(tmp_path):
    languages = EN + 'ar: {autonym: "العربية", direction: rtl, plural_forms: "nplurals=1; plural=0;"}\n'
    project = open_tree(tmp_path, {"catalogs/languages.yaml": languages, "catalogs/ar.po": ""})
    assert ["en", "ar"] == list(project.languages)
    assert "rtl" == project.languages["ar"].direction


def test_a_fact_in_a_text_is_shown_with_its_unit(tmp_path):
    project = open_tree(tmp_path)
    found = project.translator("en").text(project.tree.outcomes["wait-for-it"].now)
    assert "Wait **1 to 3 days**." == found.value


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ('value: "1", unit: day', "1 day"),
        ('value: "2", unit: day', "2 days"),
        ('value: "48", from: "24", unit: hour', "24 to 48 hours"),
        ('value: "7", unit: business-day', "7 business days"),
        ('value: "40", unit: none', "40"),
        ('value: "0", unit: week', "0 weeks"),
    ],
)
def test_facts_in_english(tmp_path, fact, expected):
    changes = {"facts.yaml": f"packing_time: {{{fact}, as_of: 2026-10-01, reviewed: 2026-11-01, source: shop}}\n"}
    project = open_tree(tmp_path, changes)
    assert expected == project.translator("en").fact(project.tree.facts["packing_time"])


@pytest.mark.parametrize(
    ("number", "expected"),
    [("1", "1 dzień"), ("2", "2 dni"), ("5", "5 dnie"), ("12", "12 dnie"), ("22", "22 dni"), ("0", "0 dnie")],
)
def test_facts_in_polish_take_the_form_of_their_number(tmp_path, number, expected):
    changes = {
        "catalogs/languages.yaml": EN + f'pl: {{autonym: "Polski", plural_forms: "{PL_RULE}"}}\n',
        "catalogs/pl.po": HEAD + days("{count} dzień", "{count} dni", "{count} dnie"),
        "facts.yaml": Edit('value: "3", from: "1"', f'value: "{number}"'),
    }
    project = open_tree(tmp_path, changes)
    assert expected == project.translator("pl").fact(project.tree.facts["packing_time"])


@pytest.mark.parametrize(
    ("number", "expected"),
    [("0", "صفر"), ("1", "يوم"), ("2", "يومان"), ("3", "3 أيام"), ("11", "11 يوما"), ("100", "100 يوم")],
)
def test_facts_in_arabic_may_write_one_and_two_as_words(tmp_path, number, expected):
    forms = days("صفر", "يوم", "يومان", "{count} أيام", "{count} يوما", "{count} يوم")
    changes = {
        "catalogs/languages.yaml": EN + f'ar: {{autonym: "العربية", direction: rtl, plural_forms: "{AR_RULE}"}}\n',
        "catalogs/ar.po": HEAD + forms,
        "facts.yaml": Edit('value: "3", from: "1"', f'value: "{number}"'),
    }
    project = open_tree(tmp_path, changes)
    assert expected == project.translator("ar").fact(project.tree.facts["packing_time"])


def test_a_fact_in_a_text_that_fell_back_speaks_the_language_of_that_text(tmp_path):
    project = open_tree(tmp_path, french(days("{count} jour", "{count} jours")))
    found = project.translator("fr").text(project.tree.outcomes["wait-for-it"].now)
    assert "Wait **1 to 3 days**." == found.value


def test_a_fact_in_a_translated_text_speaks_its_language(tmp_path):
    project = open_tree(
        tmp_path,
        french(
            days("{count} jour", "{count} jours"),
            po("ui.unit.range", "{from} to {to}", "{from} à {to}"),
            po("outcome.wait-for-it.now", "Wait **{packing_time}**.", "Attendez **{packing_time}**."),
        ),
    )
    found = project.translator("fr").text(project.tree.outcomes["wait-for-it"].now)
    assert "Attendez **1 à 3 jours**." == found.value


def test_what_the_sender_fills_in_stays_a_gap_until_it_is_given(tmp_path):
    project = open_tree(tmp_path)
    text, translator = project.tree.messages["where-is-it"].text, project.translator("en")
    expected = "Hello, where is my order {order_number}? I have waited 1 to 3 days."
    assert expected == translator.text(text).value
    assert expected.replace("{order_number}", "77") == translator.text(text, {"order_number": "77"}).value


def test_a_value_is_not_looked_at_for_gaps_again(tmp_path):
    project = open_tree(tmp_path)
    given = {"order_number": "{packing_time}"}
    found = project.translator("en").text(project.tree.messages["where-is-it"].text, given).value
    assert "my order {packing_time}?" in found


def test_the_words_of_the_interface(tmp_path):
    translator = open_tree(tmp_path, french(po("ui.common.back", "Back", "Retour"))).translator("fr")
    assert ("Retour", "Start again") == (translator.ui("common.back"), translator.ui("common.start-again"))
    assert (State.TRANSLATED, State.MISSING) == (
        translator.ui_text("common.back").state,
        translator.ui_text("common.start-again").state,
    )
    with pytest.raises(KeyError):
        translator.ui("common.no-such-words")


@pytest.mark.parametrize("header", ["", "nplurals=2", "nplurals=2; plural=n >", "nplurals=2; plural=__import__('os');"])
def test_a_broken_plural_rule_is_refused(header):
    with pytest.raises(ValueError, match=r".+"):
        plural_rule(header)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["fr"], "fr"),
        (["FR-ca"], "fr"),
        (["pt"], "pt-BR"),
        (["pt_BR"], "pt-BR"),
        (["zh-TW"], "zh-Hant"),
        (["zh-CN", "fr"], "fr"),
        (["xx", "iw"], "he"),
        (["xx", ""], None),
        ([], None),
    ],
)
def test_the_first_wanted_language_that_is_there(wanted, expected):
    assert expected == negotiate(wanted, ["en", "fr", "pt-BR", "zh-Hant", "he"])


def test_the_fallback_chain_names_nothing_twice():
    assert ("fr-CA", "fr", "en") == fallback_chain(Language("fr-CA", "x", fallback=("fr", "en")), "en")
