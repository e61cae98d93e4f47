"""Languages: what a row may leave out, plural rules, fallback chains."""

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from helptree.catalogs import Catalog, Translation
from helptree.cldr import plain_direction
from helptree.locales import LOCALE, LanguageState, fallback_chain, is_pseudo, make_language
from helptree.model import Entry
from helptree.plural_forms import PLURAL_FORMS, default_plural_forms, examples, plural_rule, same_rule
from helptree.project import open_project
from helptree.translator import Translator
from tests.helpers import ROOT, problems_of, write_tree
from tests.translations.helpers import WAVES, open_tree


@pytest.mark.parametrize(
    ("tag", "autonym", "direction"),
    [("de", "Deutsch", "ltr"), ("pt-BR", "Português (Brasil)", "ltr"), ("ar", "العربية", "rtl"), ("he", "עברית", "rtl"),
     ("zh-Hans", "中文 (简体)", "ltr"), ("en-XA", "English", "ltr"), ("ar-XB", "العربية", "rtl"), ("qq", "qq", "ltr")],
)  # fmt: skip
def test_name_and_direction_are_known_from_the_tag(tag, autonym, direction):
    found = make_language(tag)
    assert (autonym, direction) == (found.autonym, found.direction)


def test_directions_that_babel_is_not_asked_for_are_those_of_cldr():
    tags = [tag.replace("_", "-") for tag in locale_identifiers()]
    known = {tag: found for tag in tags if (found := plain_direction(tag))}
    assert {tag: Locale.parse(tag, sep="-").text_direction for tag in known} == known
    assert {"ltr", "rtl"} == set(known.values())
    # Written in more than one way.
    assert (None, None) == (plain_direction("uz-Arab"), plain_direction("pa"))


def test_names_in_our_own_list_are_those_of_cldr():
    languages = open_project(ROOT / "decision_tree").all_languages
    expected = {tag: make_language(tag) for tag in languages}
    assert {tag: (each.autonym, each.direction) for tag, each in expected.items()} == {
        tag: (each.autonym, each.direction) for tag, each in languages.items()
    }


def test_a_row_may_be_empty(tmp_path):
    folder = write_tree(tmp_path / "tree", {"catalogs/languages.yaml": "ar: {}\n", "catalogs/ar.po": ""})
    found = open_tree(folder).languages["ar"]
    assert ("العربية", "rtl", 6, LanguageState.PUBLISHED) == (
        found.autonym, found.direction, plural_rule(found.plural_forms)[0], found.state
    )  # fmt: skip


def test_what_a_row_says_goes_before_what_is_known():
    found = make_language("de", "Dütsch", "rtl", "nplurals=1; plural=0;", ("nl",), "beta")
    assert ("Dütsch", "rtl", "nplurals=1; plural=0;") == (found.autonym, found.direction, found.plural_forms)
    assert (("nl",), True) == (found.fallback, found.is_beta)


@pytest.mark.parametrize(("state", "is_shown"), [("off", False), ("beta", True), ("published", True)])
def test_a_language_that_is_off_is_shown_to_nobody_but_translated(tmp_path, state, is_shown):
    rows = {"catalogs/languages.yaml": f"de: {{state: {state}}}\n", "catalogs/de.po": ""}
    project = open_tree(write_tree(tmp_path / "tree", rows))
    assert (is_shown, True) == ("de" in project.languages, "de" in project.all_languages)
    assert state == project.all_languages["de"].state


@pytest.mark.parametrize("tag", WAVES)
def test_every_planned_language_has_the_plural_classes_of_cldr(tag):
    count, rule = plural_rule(default_plural_forms(tag))
    cldr = Locale.parse(tag, sep="-").plural_form
    pairs = {(rule(n), cldr(n)) for n in range(201)}
    # One form, one class: `other` of CLDR may be split or joined with nothing else.
    assert len(pairs) == len({form for form, _ in pairs}) == len({name for _, name in pairs}) == count


def test_arabic_forms_are_in_the_order_of_gettext_and_weblate():
    _, rule = plural_rule(PLURAL_FORMS["ar"])
    assert [0, 1, 2, 3, 4, 5] == [rule(n) for n in (0, 1, 2, 5, 11, 100)]
    assert ("0", "1", "2", "3, 4, 5, 6", "11, 12, 13, 14", "100, 101, 102") == examples(PLURAL_FORMS["ar"])


def test_a_header_with_arabic_forms_in_another_order_is_refused(tmp_path):
    forms = PLURAL_FORMS["ar"].replace("? 3 :", "? 9 :").replace("? 4 : 5", "? 3 : 5").replace("? 9 :", "? 4 :")
    assert not same_rule(forms, PLURAL_FORMS["ar"])
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: {forms}\\n"\n'
    found = problems_of(write_tree(tmp_path / "tree", {"catalogs/languages.yaml": "ar: {}\n", "catalogs/ar.po": head}))
    assert [line for line in found if "plural-forms" in line] != []


def test_a_language_without_a_known_plural_rule_must_give_one(tmp_path):
    found = problems_of(write_tree(tmp_path / "tree", {"catalogs/languages.yaml": "ga: {state: off}\n"}))
    assert ["catalogs/languages.yaml:1:5: error missing-key: the language 'ga' has no 'plural_forms'."] == [
        line.split(" Add")[0] for line in found
    ]


def test_a_fallback_must_be_a_language_of_the_tree(tmp_path):
    rows = "de: {state: off}\nnl: {state: off, fallback: [dee]}\n"
    found = problems_of(write_tree(tmp_path / "tree", {"catalogs/languages.yaml": rows}))
    assert "error unknown-target: fallback names 'dee'" in found[0]


@pytest.mark.parametrize(
    ("tag", "fallback", "chain"),
    [("fr", (), ("fr", "en")), ("es-MX", (), ("es-MX", "es", "en")),
     ("zh-Hant-HK", (), ("zh-Hant-HK", "zh-Hant", "zh", "en")),
     ("ca", ("es", "fr"), ("ca", "es", "fr", "en")), ("en", (), ("en",)), ("en-XA", (), ("en-XA", "en"))],
)  # fmt: skip
def test_an_entry_is_looked_for_in_the_language_its_fallbacks_its_parents_and_the_source(tag, fallback, chain):
    assert chain == fallback_chain(make_language(tag, fallback=fallback), "en")


def test_a_text_of_a_fallback_is_told_as_one(tmp_path):
    tree = open_tree(write_tree(tmp_path / "tree")).tree
    catalogs = {"es": Catalog("es", {"tree.title": Translation("Parcel help", ("Ayuda",), False, 1)})}
    languages = {tag: make_language(tag, fallback=("es",) if tag == "ca" else ()) for tag in ("en", "es", "ca")}
    text = Translator(tree, languages, catalogs, "ca").text(Entry("tree.title", "Parcel help"))
    assert ("Ayuda", "es", True) == (text.value, text.locale, text.is_fallback)


@pytest.mark.parametrize(("tag", "expected"), [("en-XA", True), ("ar-XB", True), ("en", False), ("pt-BR", False)])
def test_invented_languages_are_known_by_their_region(tag, expected):
    assert (expected, True) == (is_pseudo(tag), bool(LOCALE.match(tag)))
