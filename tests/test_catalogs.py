"""Catalogs: merged by key, stale by changed English, the same bytes the second time, and good for other tools."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helptree.catalogs import TranslationState, parse_po, read_catalog, states
from helptree.merging import make_template, merge
from helptree.problems import Location
from helptree.text_entry import TextEntry
from helptree.translation_files import merge_catalogs, write_template
from helptree.translation_report import stats_json, stats_text
from tests.cases import HEAD, french, po
from tests.helpers import ROOT, Edit, open_tree

TWO = "nplurals=2; plural=(n > 1);"
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


def entry(key: str, text: str, plural: str = "") -> TextEntry:
    return TextEntry(key, text, Location(f"{key}.yaml"), plural=plural)


def merged(old: str, *entries: TextEntry, plural_forms: str = TWO) -> polib.POFile:
    return merge(parse_po(old) if old else None, entries, plural_forms, "fr")


def only(catalog: polib.POFile) -> polib.POEntry:
    (found,) = catalog
    return found


def test_a_new_entry_is_untranslated():
    found = only(merged("", entry("a.b", "Yes")))
    assert ("a.b", "Yes", "", False) == (found.msgctxt, found.msgid, found.msgstr, found.fuzzy)


def test_a_translation_is_kept_by_its_key():
    found = only(merged(po("a.b", "Yes", "Oui"), entry("a.b", "Yes")))
    assert ("Oui", False) == (found.msgstr, found.fuzzy)


def test_changed_english_makes_a_translation_fuzzy_and_keeps_the_english_it_was_made_from():
    found = only(merged(po("a.b", "Yes", "Oui"), entry("a.b", "Yes, I did")))
    assert ("Yes, I did", "Oui", True, "Yes") == (found.msgid, found.msgstr, found.fuzzy, found.previous_msgid)


def test_english_that_changes_twice_is_still_told_as_it_was_translated():
    once = str(merged(po("a.b", "Yes", "Oui"), entry("a.b", "Yes, I did")))
    found = only(merged(once, entry("a.b", "Certainly")))
    assert ("Certainly", True, "Yes") == (found.msgid, found.fuzzy, found.previous_msgid)


def test_changed_white_space_changes_nothing():
    found = only(merged(po("a.b", "Yes I did", "Oui"), entry("a.b", "Yes\n I did")))
    assert ("Yes\n I did", "Oui", False) == (found.msgid, found.msgstr, found.fuzzy)


def test_a_similar_text_under_another_key_is_not_taken():
    found, gone = merged(po("a.b", "Yes", "Oui"), entry("a.c", "Yes"))
    assert ("a.b", True) == (gone.msgctxt, gone.obsolete)
    assert ("a.c", "") == (found.msgctxt, found.msgstr)


def test_the_translators_comment_is_kept():
    found = only(merged(f"{HEAD}# mind the gap\n" + po("a.b", "Yes", "Oui"), entry("a.b", "Yes")))
    assert "mind the gap" == found.tcomment


def test_a_fuzzy_mark_set_by_hand_is_kept():
    assert only(merged("#, fuzzy\n" + po("a.b", "Yes", "Oui"), entry("a.b", "Yes"))).fuzzy


def test_plural_forms_are_kept_and_filled_up_to_those_of_the_language():
    old = 'msgctxt "d"\nmsgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] "{count} dzień"\nmsgstr[1] "x"\n'
    found = only(merged(old, entry("d", "{count} day", "{count} days"), plural_forms=POLISH))
    assert {0: "{count} dzień", 1: "x", 2: ""} == found.msgstr_plural


def test_a_changed_plural_makes_a_translation_fuzzy():
    old = 'msgctxt "d"\nmsgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] "j"\nmsgstr[1] "js"\n'
    assert only(merged(old, entry("d", "{count} day", "{count} nights"))).fuzzy


def test_entries_come_in_the_order_of_the_tree():
    old = po("b", "B", "b") + "\n" + po("a", "A", "a")
    assert ["a", "b"] == [found.msgctxt for found in merged(old, entry("a", "A"), entry("b", "B"))]


texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip)


@given(st.dictionaries(texts, st.tuples(texts, texts), max_size=6), st.dictionaries(texts, texts, max_size=6))
def test_a_second_merge_gives_the_same_bytes(translated, today):
    old = merge(None, [entry(key, source) for key, (source, _) in translated.items()], TWO, "fr")
    for found in old:
        found.msgstr = translated[found.msgctxt][1]
    entries = [entry(key, text) for key, text in today.items()]
    once = str(merge(old, entries, TWO, "fr"))
    assert once == str(merge(parse_po(once), entries, TWO, "fr"))


@given(texts, texts, texts)
def test_what_is_written_is_read_again(key, source, translation):
    catalog = merge(None, [entry(key, source)], TWO, "fr")
    only(catalog).msgstr = translation
    found = read_catalog("fr", parse_po(str(catalog))).entries[key]
    assert (source, (translation,), False) == (found.source, found.forms, found.fuzzy)


@pytest.mark.parametrize(
    ("old", "today", "expected"),
    [
        (po("a", "Yes", "Oui"), "Yes", TranslationState.TRANSLATED),
        (po("a", "Yes", ""), "Yes", TranslationState.MISSING),
        (po("b", "Yes", "Oui"), "Yes", TranslationState.MISSING),
        (po("a", "Yes", "Oui"), "No", TranslationState.STALE),
        (po("a", "Yes I did", "Oui"), "Yes  I did", TranslationState.TRANSLATED),
        ("#, fuzzy\n" + po("a", "Yes", "Oui"), "Yes", TranslationState.STALE),
        ("#~ " + po("a", "Yes", "Oui").replace("\n", "\n#~ ", 2), "Yes", TranslationState.MISSING),
    ],
)
def test_the_state_of_an_entry(old, today, expected):
    catalog = read_catalog("fr", parse_po(old))
    assert [expected] == [state for _, state in states(catalog, [entry("a", today)])]


@pytest.mark.parametrize(
    ("text", "line"),
    [("msgid yes\n", 1), ('msgid "a"\nmsgstr "b" c\n', 2), ('msgid "a"\nmsgstr "b"c"\n', 2), ('\n\nfoo "a"\n', 3)],
)
def test_what_is_no_catalog_is_refused_with_its_line(text, line):
    with pytest.raises(ValueError, match=rf"\bline {line}\b"):
        parse_po(text)


def test_the_template_holds_no_date_so_that_it_never_changes_by_itself(tmp_path):
    template = str(make_template(open_tree(tmp_path).entries))
    assert "POT-Creation-Date" not in template
    assert 'msgctxt "question.paid.options.yes.label"\nmsgid "Yes"' in template


# --- on disk -------------------------------------------------------------------------------------------------


def test_merge_fills_an_empty_catalog_and_then_has_nothing_to_do(tmp_path):
    changes = dict(french())
    changes["catalogs/fr.po"] = ""
    project = open_tree(tmp_path, changes)
    assert [tmp_path / "catalogs" / "fr.po"] == list(merge_catalogs(project))
    assert [] == list(merge_catalogs(project))
    assert len(project.entries) == len(polib.pofile(str(tmp_path / "catalogs" / "fr.po")))


def test_a_renamed_option_moves_no_other_translation(tmp_path):
    old = french(po("question.paid.options.no.label", "No", "Non"), po("question.paid.options.yes.label", "Yes", "Oui"))
    project = open_tree(tmp_path, {**old, "questions/paid.yaml": Edit("hint:", "# a comment\nhint:")})
    list(merge_catalogs(project))
    catalog = {found.msgctxt: found.msgstr for found in polib.pofile(str(tmp_path / "catalogs" / "fr.po"))}
    assert ("Oui", "Non") == tuple(catalog[f"question.paid.options.{id_}.label"] for id_ in ("yes", "no"))


def test_nothing_half_written_is_left_when_writing_fails(tmp_path, monkeypatch):
    project = open_tree(tmp_path, french(po("question.paid.text", "Did you pay?", "Avez-vous payé ?")))
    before = (tmp_path / "catalogs" / "fr.po").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("helptree.translation_files.os.replace", fail)
    with pytest.raises(OSError, match="No space"):
        list(merge_catalogs(project))
    assert before == (tmp_path / "catalogs" / "fr.po").read_bytes()


def test_statistics(tmp_path):
    project = open_tree(
        tmp_path,
        french(po("question.paid.text", "Did you pay?", "Avez-vous payé ?"), po("tree.title", "Old help", "Aide")),
    )
    total = len(project.entries)
    english = {"entries": total, "translated": total, "reviewed": 0, "stale": 0, "missing": 0}
    row = {"entries": total, "translated": 1, "reviewed": 0, "stale": 1, "missing": total - 2}
    assert {"locales": {"en": english, "fr": row}} == json.loads(stats_json(project))
    assert f"1 of {total} translated, 0 of them reviewed, 1 stale, {total - 2} missing" in stats_text(project)


@pytest.mark.skipif(not shutil.which("msgfmt") and os.getuid() != 0, reason="gettext is not installed")
def test_gettext_accepts_what_is_written(tmp_path):
    changes = french(po("outcome.wait-for-it.now", "Wait **{packing_time}**.", "Attendez **{packing_time}**."))
    project = open_tree(tmp_path, changes)
    list(merge_catalogs(project))
    for path in (tmp_path / "catalogs" / "fr.po", write_template(project)):
        assert (0, "") == _msgfmt(path)


@pytest.mark.skipif(not shutil.which("msgfmt") and os.getuid() != 0, reason="gettext is not installed")
def test_gettext_accepts_the_shipped_catalogs():
    found = {path.name: _msgfmt(path) for path in (ROOT / "decision_tree" / "catalogs").glob("*.po")}
    assert dict.fromkeys(found, (0, "")) == found


def _msgfmt(path: Path) -> tuple[int, str]:
    done = subprocess.run(
        ["msgfmt", "--check-format", "-o", "/dev/null", path], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr
