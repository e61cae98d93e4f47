"""A translation may hold no markup, link target or placeholder that its source lacks."""

import pytest

from tests.cases import HEAD, french, po
from tests.helpers import Edit, problems_of, write_tree

WAIT = ("outcome.wait-for-it.now", "Wait **{packing_time}**.")
LINK = ("remedy.wait.steps.look.text", "Then look [again](ref:status).")
PLAIN = ("question.paid.text", "Did you pay?")
DAY = 'msgctxt "ui.unit.day"\nmsgid "{count} day"\nmsgid_plural "{count} days"\n'

WRONG = {
    "a lost placeholder": (po(*WAIT, "Attendez **3 jours**."), "placeholders none instead of {packing_time}"),
    "a placeholder too many": (po(*PLAIN, "Payé {packing_time} ?"), "placeholders {packing_time} instead of none"),
    "a placeholder twice": (
        po(*WAIT, "**{packing_time}** {packing_time}."),
        "placeholders {packing_time}, {packing_time} instead of {packing_time}",
    ),
    "a translated placeholder": (po(*WAIT, "**{delai}**"), "placeholders {delai} instead of {packing_time}"),
    "a placeholder in capitals": (po(*WAIT, "**{Packing_Time}**"), "'{Packing_Time}' is not a placeholder"),
    "wide braces": (po(*WAIT, "**｛packing_time｝**"), "placeholders none instead of {packing_time}"),
    "attribute access": (po(*WAIT, "**{packing_time.__class__}**"), "'{packing_time.__class__}' is not a placeholder"),
    "another link target": (po(*LINK, "Regardez [encore](ref:paid)."), "the links differ from the source"),
    "a lost link": (po(*LINK, "Regardez encore."), "the links differ from the source"),
    "a link too many": (po(*PLAIN, "Payé ? [ici](ref:status)"), "the links differ from the source"),
    "a foreign link": (po(*PLAIN, "[ici](https://evil.example)"), "the host 'evil.example' is not allowed"),
    "a script link": (po(*PLAIN, "[ici](javascript:go())"), "a link may not go to 'javascript:go()'"),
    "lost bold": (po(*WAIT, "Attendez {packing_time}."), "the bold marks differ from the source"),
    "code too many": (po(*PLAIN, "`Payé` ?"), "the code marks differ from the source"),
    "HTML": (po(*PLAIN, "<b>Payé</b> ?"), "HTML is not allowed: <b>"),
    "a note in a comment": (po(*PLAIN, "Payé ? <!-- note -->"), "HTML is not allowed: <!-- note -->"),
    "a template": (po(*PLAIN, "{{ config }}"), "template code '{{ config }}' is not allowed"),
    "a line break": (po(*PLAIN, "Avez-vous\\npayé ?"), "the paragraphs differ from the source"),
    "a paragraph too many": (po(*PLAIN, "Avez-vous\\n\\npayé ?"), "the paragraphs differ from the source"),
    "blanks only": (po(*PLAIN, " \u00a0"), "the translation holds no visible character"),
    "hidden characters only": (po(*PLAIN, "\u200b\u200c"), "the translation holds no visible character"),
    "an unfinished text": (po(*PLAIN, "TODO"), "left-over marker 'TODO'"),
    "damage": (po(*PLAIN, "Pay\ufffd ?"), "damaged character U+FFFD REPLACEMENT CHARACTER"),
    "an override": (po(*PLAIN, "Pay\u202eé"), "direction control U+202E RIGHT-TO-LEFT OVERRIDE changes"),
    "a formula": (po(*PLAIN, "=Payé"), "the text starts like a spreadsheet formula"),
    "a plural form too few": (DAY + 'msgstr[0] "{count} jour"\n', "1 plural forms; fr has 2"),
    "a plural form with another number": (
        DAY + 'msgstr[0] "{count} jour"\nmsgstr[1] "{n} jours"\n',
        "placeholders {n} instead of {count}",
    ),
    "a list where a text belongs": (po(*PLAIN, "- Payé"), "a list is not allowed in this text"),
}
RIGHT = {
    "the plain translation": po(*PLAIN, "Avez-vous payé ?"),
    "a plural form without its number": DAY + 'msgstr[0] "un jour"\nmsgstr[1] "{count} jours"\n',
    "a translation that is missing": po(*PLAIN, ""),
    "an entry of yesterday": "#~ " + po(*PLAIN, "<b>Payé</b> ?").replace("\n", "\n#~ ", 2),
}


@pytest.mark.parametrize("what", WRONG)
def test_refused_where_the_entry_begins(what, tmp_path):
    entry, why = WRONG[what]
    errors = [line for line in problems_of(write_tree(tmp_path, french(entry))) if " error " in line]
    assert {"catalogs/fr.po:4:1"} == {line.split(": error")[0] for line in errors}
    assert why in "\n".join(errors)


@pytest.mark.parametrize("what", RIGHT)
def test_accepted(what, tmp_path):
    found = problems_of(write_tree(tmp_path, french(RIGHT[what])))
    assert [] == [line for line in found if " error " in line]


def test_a_translation_has_the_paragraphs_of_its_source(tmp_path):
    hint = {"questions/paid.yaml": Edit('"Look at your receipt."', '"Look.\\n\\nThere."')}
    entry = po("question.paid.hint", "Look.\\n\\nThere.", "Regardez là.")
    errors = [line for line in problems_of(write_tree(tmp_path, {**hint, **french(entry)})) if " error " in line]
    expected = "catalogs/fr.po:4:1: error whitespace-mismatch: the paragraphs differ from the source."
    assert [expected] == errors


def test_warnings_wait_until_errors_are_mended(tmp_path):
    renamed = {"questions/paid.yaml": Edit("next: wait-for-it", "next: wait-fr-it")}
    assert 1 == len(problems_of(write_tree(tmp_path, {**renamed, **french()})))


def test_placeholders_may_change_places(tmp_path):
    source = "Hello, where is my order {order_number}? I have waited {packing_time}."
    entry = po("message.where-is-it.text", source, "Depuis {packing_time} j'attends {order_number}.")
    assert [] == [line for line in problems_of(write_tree(tmp_path, french(entry))) if " error " in line]


def test_a_stale_translation_is_judged_by_the_english_it_was_made_from(tmp_path):
    entry = po("outcome.wait-for-it.now", "Wait.", "Attendez.")
    beside = ("missing-translation", "coverage-gate")
    told = problems_of(write_tree(tmp_path, french(entry)))
    found = [line for line in told if not any(code in line for code in beside)]
    expected = "catalogs/fr.po:4:1: warning stale-translation: fr: the English of outcome.wait-for-it.now has changed."
    assert [expected] == found


def test_every_text_that_is_not_translated_is_told_at_its_english(tmp_path):
    found = problems_of(write_tree(tmp_path, french(po(*PLAIN, "Avez-vous payé ?"))))
    assert not [line for line in found if "question.paid.text" in line]
    expected = "questions/paid.yaml:2:7: warning missing-translation: fr: question.paid.hint is not translated:"
    assert [f"{expected} 'Look at your receipt.'."] == [line for line in found if "paid.hint" in line]


def test_a_language_without_a_rule_for_plurals(tmp_path):
    languages = 'fr: {autonym: "Français", plural_forms: "two"}\n'
    expected = "catalogs/languages.yaml:2:41: error bad-value: plural_forms is 'two':"
    assert expected in "\n".join(problems_of(write_tree(tmp_path, french(languages=languages))))


def test_a_catalog_of_no_language(tmp_path):
    found = problems_of(write_tree(tmp_path, {"catalogs/french.po": HEAD}))
    assert ["catalogs/french.po:1:1: error unknown-locale: 'french' is not a language tag."] == found
