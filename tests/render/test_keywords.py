"""Keywords of pages: the words of like meaning for the words of a title, in the title's language."""

from helptree.catalogs import TranslationState
from helptree.render.keywords import MOST, keywords_of
from helptree.translator import Text

GROUPS = (
    {"en": ("dispute", "complaint", "claim"), "pl": ("spór", "sporu", "reklamacja")},
    {"en": ("cancel", "cancelled", "undo"), "pl": ("anulować", "odwołać")},
)


def title(text, locale):
    return Text(text, locale, TranslationState.TRANSLATED)


def test_words_of_like_meaning_and_bent_ones_are_added():
    assert "complaint claim" == keywords_of(title("Dispute in progress", "en"), GROUPS)
    assert "spór reklamacja" == keywords_of(title("Masz sporu dość", "pl"), GROUPS)


def test_an_inflected_title_finds_its_group():
    assert "cancel undo" == keywords_of(title("Cancelled by you", "en"), GROUPS)


def test_a_language_or_a_word_without_synonyms_has_none():
    assert "" == keywords_of(title("Streitfall", "de"), GROUPS)
    assert "" == keywords_of(title("Parcel", "en"), GROUPS)


def test_there_are_not_too_many():
    many = ({"en": tuple(f"dispute{letter}" for letter in "abcdefghijklmnopqrstuvwxyz") * 3 + ("dispute",)},)
    assert len(keywords_of(title("Dispute", "en"), many).split()) <= MOST
