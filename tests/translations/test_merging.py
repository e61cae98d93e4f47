"""Merging by key: nothing a translator wrote is lost, and changed English is marked exactly once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helptree.catalogs import TranslationState, parse_po, read_catalog
from helptree.merging import make_template
from helptree.problems import Location
from helptree.text_entry import TextEntry
from tests.helpers import Edit
from tests.translations.helpers import change_files, edit_po, entry_of, french_tree, merged, open_tree, run

HINT = "question.paid.hint"
HERE = Location("questions/paid.yaml")
TEXTS = {HINT: "Regardez votre reçu."}


def entry(text: str, key: str = "question.a.text", plural: str = "") -> TextEntry:
    return TextEntry(key, text, HERE, plural=plural)


def translated(text: str, translation: str, key: str = "question.a.text"):
    po = merged(None, [entry(text, key)])
    po[0].msgstr = translation
    return po


def reword(folder, old: str, new: str) -> None:
    change_files(folder, {"questions/paid.yaml": Edit(old, new)})


def test_changed_english_keeps_the_translation_as_fuzzy_with_the_english_it_was_made_from(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    reword(folder, "Look at your receipt.", "Now search every drawer for a slip of paper.")
    run("merge", folder)
    found = entry_of(folder, HINT)
    assert ("Regardez votre reçu.", True, "Look at your receipt.") == (found.msgstr, found.fuzzy, found.previous_msgid)
    assert found.msgid == "Now search every drawer for a slip of paper."


def test_english_changed_twice_keeps_the_older_english():
    once = merged(translated("One.", "Un."), [entry("Two.")])
    twice = merged(once, [entry("Three.")])
    assert ("Three.", "One.", True) == (twice[0].msgid, twice[0].previous_msgid, twice[0].fuzzy)


def test_english_that_comes_back_clears_the_mark():
    back = merged(merged(translated("One.", "Un."), [entry("Two.")]), [entry("One.")])
    assert (False, None, "Un.") == (back[0].fuzzy, back[0].previous_msgid, back[0].msgstr)


def test_a_translators_own_mark_stays():
    po = translated("One.", "Un.")
    po[0].flags.insert(0, "fuzzy")
    again = merged(parse_po(str(merged(po, [entry("One.")]))), [entry("One.")])
    assert (True, None) == (again[0].fuzzy, again[0].previous_msgid)


def test_white_space_alone_changes_nothing(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    reword(folder, '"Look at your receipt."', '"Look  at your\\n receipt."')
    before = [p for p in open_tree(folder).problems if p.kind.code == "stale-translation"]
    run("merge", folder)
    assert ([], False) == (before, entry_of(folder, HINT).fuzzy)


def test_a_new_paragraph_is_more_than_white_space():
    assert merged(translated("One. Two.", "Un. Deux."), [entry("One.\n\nTwo.")])[0].fuzzy


def test_confirm_says_that_a_translation_still_holds(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    reword(folder, "Look at your receipt.", "Look at the receipt.")
    done = run("confirm", folder, HINT, "--lang", "fr")
    found = entry_of(folder, HINT)
    assert (0, "Look at the receipt.", False) == (done.exit_code, found.msgid, found.fuzzy)
    assert found.previous_msgid is None


def test_confirm_refuses_a_key_that_names_nothing(tmp_path):
    done = run("confirm", french_tree(tmp_path / "tree", TEXTS), "question.payd.*")
    assert (2, True) == (done.exit_code, "'question.payd.*' names no entry" in done.output)


def test_a_key_that_is_gone_is_kept_as_obsolete_and_comes_back():
    gone = merged(translated("One.", "Un."), [entry("Other.", "question.b.text")])
    assert ["question.a.text"] == [e.msgctxt for e in gone if e.obsolete]
    back = merged(parse_po(str(gone)), [entry("One.")])
    assert ("Un.", False) == (back[0].msgstr, back[0].obsolete)


def test_a_renamed_node_keeps_its_translations(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    (folder / "questions/paid.yaml").rename(folder / "questions/payment.yaml")
    change_files(
        folder,
        {
            "statuses/packing.yaml": Edit("leads_to: paid", "leads_to: payment"),
            "journeys/packing-paid.yaml": Edit("paid: yes", "payment: yes"),
            "journeys/packing-unpaid.yaml": Edit("paid: no", "payment: no"),
            "redirects.yaml": "paid: payment\n",
        },
    )
    run("merge", folder)
    found = entry_of(folder, "question.payment.hint")
    assert ("Regardez votre reçu.", False) == (found.msgstr, found.fuzzy)


def test_a_text_that_gets_a_plural_keeps_its_translation_as_fuzzy():
    found = merged(translated("{count} day", "{count} jour"), [entry("{count} day", plural="{count} days")])[0]
    assert ({0: "{count} jour", 1: ""}, False) == (found.msgstr_plural, all(found.msgstr_plural.values()))


def test_translators_comments_stay():
    po = translated("One.", "Un.")
    po[0].tcomment = "Asked Ann."
    assert merged(po, [entry("Two.")])[0].tcomment == "Asked Ann."


def test_a_second_run_changes_no_byte(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    reword(folder, "Look at your receipt.", "Look at the receipt.")
    run("merge", folder)
    before = {path.name: path.read_bytes() for path in (folder / "catalogs").iterdir()}
    assert run("merge", folder).output == ""
    assert before == {path.name: path.read_bytes() for path in (folder / "catalogs").iterdir()}


def test_no_file_holds_a_date(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    edit = (folder / "catalogs/fr.po").read_text(encoding="utf-8")
    dated = edit.replace('"Language: fr\\n"', '"Language: fr\\n"\n"PO-Revision-Date: 2026-11-23 10:00+0000\\n"')
    (folder / "catalogs/fr.po").write_text(dated, encoding="utf-8")
    run("merge", folder)
    assert "2026-11-23" not in (folder / "catalogs/fr.po").read_text(encoding="utf-8")


def test_one_changed_sentence_is_stale_once(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS | {"question.paid.text": "Avez-vous payé ?"})
    reword(folder, "Did you pay?", "Have you paid?")
    stale = [p.message for p in open_tree(folder).problems if p.kind.code == "stale-translation"]
    assert ["fr: the English of question.paid.text has changed"] == stale


def test_a_changed_number_makes_nothing_stale(tmp_path):
    folder = french_tree(tmp_path / "tree", {"remedy.wait.deadline": "Après {packing_time}, c’est tard."})
    facts = (folder / "facts.yaml").read_text(encoding="utf-8")
    (folder / "facts.yaml").write_text(facts.replace("value: 3", "value: 9").replace('"3"', '"9"'), encoding="utf-8")
    assert facts != (folder / "facts.yaml").read_text(encoding="utf-8")
    assert [] == [p for p in open_tree(folder).problems if p.kind.code == "stale-translation"]
    project = open_tree(folder)
    deadline = project.tree.remedies["wait"].deadline
    assert "9" in project.translator("fr").text(deadline).value


def test_a_stale_translation_is_judged_by_the_english_it_was_made_from(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    reword(folder, "Look at your receipt.", "Look **at once** at your receipt, for {packing_time}.")
    run("merge", folder)
    assert "error" not in {p.kind.severity.value for p in open_tree(folder).problems}


words = st.text(st.sampled_from("ab é\n\"\\{}[]*'=،م"), min_size=1, max_size=30).filter(str.strip)


@given(before=words, after=words, translation=words)
def test_any_change_of_words_is_stale_until_confirmed_and_white_space_never_is(before, after, translation):
    po = translated(before, translation)
    changed = parse_po(str(merged(po, [entry(after)])))
    is_same = [p.split() for p in before.strip().split("\n\n")] == [p.split() for p in after.strip().split("\n\n")]
    assert (translation, not is_same) == (changed[0].msgstr, changed[0].fuzzy)
    assert str(merged(changed, [entry(after)])) == str(changed)
    confirmed = merged(changed, [entry(after)], confirmed=["question.a.text"])
    state = read_catalog("fr", confirmed).entries["question.a.text"].state_for(after)
    assert TranslationState.TRANSLATED == state


@given(texts=st.lists(words, max_size=6))
def test_a_template_reads_back_as_it_was_written(texts):
    text = str(make_template([entry(text, f"question.q{n}.text") for n, text in enumerate(texts)]))
    assert str(parse_po(text)) == text


@pytest.mark.parametrize("key", ["ui.unit.day", "question.paid.text"])
def test_a_template_has_no_translation(tmp_path, key):
    folder = french_tree(tmp_path / "tree", TEXTS)
    edit_po(folder, lambda entry: None)
    found = next(e for e in make_template(open_tree(folder).entries) if e.msgctxt == key)
    assert {""} == {found.msgstr, *found.msgstr_plural.values()}
