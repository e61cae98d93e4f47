"""Export and import: nothing is lost on the way, nothing false comes back, and a refused file writes nothing."""

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helptree.catalogs import TranslationState, parse_po, read_catalog
from helptree.exchange import FORMATS, CannotImport, Sheet, apply_rows, make_rows
from helptree.exchange.sheet import guard, read_csv, unguard, write_csv
from helptree.exchange.xliff import read_xliff, write_xliff12, write_xliff20
from helptree.problems import Location
from helptree.text_entry import TextEntry
from tests.helpers import Edit
from tests.translations.helpers import FRENCH, change_files, entry_of, french_tree, merged, run

TEXTS = {"question.paid.text": "Avez-vous payé ?", "question.paid.hint": "Regardez votre reçu."}
CODECS = {"csv": (write_csv, read_csv), "xliff12": (write_xliff12, read_xliff), "xliff20": (write_xliff20, read_xliff)}


def export(folder, format_: str, *arguments: str) -> str:
    done = run("export", folder, "--lang", "fr", "--format", format_, *arguments)
    assert 0 == done.exit_code, done.output
    return done.output


def import_(folder, text: str, name: str = "fr.csv"):
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return run("import", folder, str(path))


def catalog(folder) -> bytes:
    return (folder / "catalogs/fr.po").read_bytes()


@pytest.mark.parametrize("format_", FORMATS)
def test_what_was_exported_comes_back_without_changing_a_byte(tmp_path, format_):
    folder = french_tree(tmp_path / "tree", TEXTS)
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Have you paid?")})
    run("merge", folder)
    before, text = catalog(folder), export(folder, format_)
    assert "0 entries changed" in import_(folder, text, f"fr.{format_}").output
    assert (before, text) == (catalog(folder), export(folder, format_))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_translation_in_the_file_comes_into_the_catalog(tmp_path, format_):
    folder = french_tree(tmp_path / "tree", TEXTS)
    text = export(folder, format_).replace("Avez-vous payé ?", "Avez-vous déjà payé ?")
    assert "1 entry changed" in import_(folder, text, f"fr.{format_}").output
    assert "Avez-vous déjà payé ?" == entry_of(folder, "question.paid.text").msgstr


def test_only_what_is_missing_or_stale_is_exported(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Have you paid?")})
    stale = read_csv(export(folder, "csv", "--only", "stale")).rows
    assert [("question.paid.text", "stale")] == [(row.key, row.state) for row in [*_states(folder, "stale")]]
    assert ["question.paid.text"] == [row.key for row in stale]
    keys = {row.key for row in read_csv(export(folder, "csv", "--only", "missing")).rows}
    assert ({"question.paid.hint", "question.paid.text"} & keys, "tree.title" in keys) == (set(), True)


def _states(folder, state: str):
    rows = csv.DictReader(io.StringIO(export(folder, "csv").removeprefix("\ufeff")))
    return [_Told(row["key"], row["state"]) for row in rows if row["state"] == state]


class _Told:
    def __init__(self, key: str, state: str) -> None:
        self.key, self.state = key, state


def test_an_export_has_the_notes_for_translators(tmp_path):
    assert "Hint below the question “Did you pay?”." in export(french_tree(tmp_path / "tree", TEXTS), "xliff20")


def test_english_that_changed_since_the_export_comes_in_as_stale(tmp_path):
    folder = french_tree(tmp_path / "tree", {})
    text = _filled(export(folder, "csv"), "question.paid.text", "Avez-vous payé ?")
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Have you paid?")})
    import_(folder, text)
    found = entry_of(folder, "question.paid.text")
    assert ("Avez-vous payé ?", True, "Did you pay?") == (found.msgstr, found.fuzzy, found.previous_msgid)


def test_an_old_file_does_not_undo_what_was_mended_since_and_says_so_of_its_own(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Have you paid?")})
    run("merge", folder)
    text = export(folder, "csv", "--only", "stale").replace("Avez-vous payé ?", "Avez-vous réglé ?")
    import_(folder, text)
    found = entry_of(folder, "question.paid.text")
    assert ("Avez-vous réglé ?", False, None) == (found.msgstr, found.fuzzy, found.previous_msgid)


def _filled(text: str, key: str, translation: str) -> str:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    for row in rows:
        if row[0] == key:
            row[3] = translation
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("translation", "code"),
    [
        ("Attendez {packing_tme}.", "placeholder-mismatch"),
        ("Attendez <b>{packing_time}</b>.", "html-forbidden"),
        ("Attendez [ici](https://evil.example) {packing_time}.", "link-host"),
        ("Attendez {packing_time} et 4 jours.", "number-mismatch"),
        ("Attendez \u202e{packing_time}.", "bidi-control"),
        ("Attendez\u200b {packing_time}.", "invisible-character"),
        ("=CMD() {packing_time}", "formula-start"),
        ("Attendez {packing_time} ٣.", "foreign-digit"),
        ("Attendez *bien* {packing_time}.", "markup-mismatch"),
    ],
)
def test_an_import_refuses_what_the_checks_refuse_and_writes_nothing(tmp_path, translation, code):
    folder = french_tree(tmp_path / "tree", TEXTS)
    text = _filled(export(folder, "csv"), "question.paid.hint", "Regardez bien votre reçu.")
    before = catalog(folder)
    done = import_(folder, _filled(text, "remedy.wait.steps.wait.text", guard(translation)))
    assert (1, True, before) == (done.exit_code, f" error {code}: " in done.output, catalog(folder))
    assert re.search(r"/fr\.csv:\d+:1: ", done.output)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a,b\n1,2\n", "1:1: error import-syntax: the file cannot be imported: the first line must be: key,state,"),
        ("key,source en,translation fr\nx\n", "2:1: error import-syntax: the file cannot be imported: 1 cells instead"),
        (
            "key,source en,translation xx\n",
            "1:1: error import-syntax: the file cannot be imported: it translates to 'xx'",
        ),
        ("key,source de,translation fr\n", "it translates from 'de', the tree is written in 'en'"),
        ("<xliff/>", "it is no XLIFF 1.2 or 2.0"),
        ("<xliff", "error import-syntax"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', "document types and entities are not allowed"),
        (
            "key,source en,translation fr\ntree.title,a,b\ntree.title,a,c\n",
            "error duplicate-entry: the entry 'tree.title'",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_place(tmp_path, text, line):
    folder = french_tree(tmp_path / "tree", TEXTS)
    before = catalog(folder)
    done = import_(folder, text)
    assert (1, True, before) == (done.exit_code, line in done.output, catalog(folder)), done.output


def test_inline_elements_of_a_program_are_refused(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    text = export(folder, "xliff12").replace("Avez-vous payé ?", "Avez-vous <g id='1'>payé</g> ?")
    assert "inline elements" in import_(folder, text, "fr.xlf").output


def test_a_key_that_is_gone_is_told_and_left_out(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    done = import_(folder, "key,source en,translation fr\nquestion.old.text,Old?,Vieux ?\n")
    assert (0, True) == (done.exit_code, "warning unknown-entry: 'question.old.text'" in done.output)


def test_a_spreadsheet_may_write_semicolons_and_its_own_line_ends(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    assert (
        "1 entry changed" in import_(folder, "key;source en;translation fr\r\ntree.title;Parcel help;Colis\r\n").output
    )


@given(st.text(st.sampled_from("'=+-@\t\rab"), max_size=6))
def test_no_cell_begins_like_a_formula_and_every_cell_comes_back(text):
    assert not re.match(r"[=+\-@\t\r]", guard(text))
    assert text == unguard(guard(text))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n='+,;\"<&>]{}"), max_size=20)


@given(st.lists(st.tuples(TEXT.filter(str.strip), TEXT), max_size=5), st.sampled_from(sorted(CODECS)))
def test_any_catalog_comes_back_as_it_was(pairs, format_):
    entries = [TextEntry(f"question.q{n}.text", source, Location("x")) for n, (source, _) in enumerate(pairs)]
    entries.append(TextEntry("ui.unit.day", "{count} day", Location("x"), plural="{count} days"))
    po = merged(None, entries)
    for entry, (_, target) in zip(po, pairs, strict=False):
        entry.msgstr = target
    write, read = CODECS[format_]
    sheet = Sheet("en", "fr", tuple(make_rows(read_catalog("fr", po), entries, FRENCH)))
    back, before = read(write(sheet)), str(po)
    assert [(r.id, r.source, r.target) for r in sheet.rows] == [(r.id, r.source, r.target) for r in back.rows]
    assert {} == apply_rows(po, back.rows)
    assert (before, write(sheet)) == (str(po), write(Sheet("en", "fr", sheet.rows)))


def test_plural_forms_travel_one_by_one_with_the_numbers_they_stand_for(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    text = export(folder, "csv")
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert "For the numbers 0, 1, ..." in rows["ui.unit.day[0]"]["notes"]
    assert ("{count} day", "{count} days") == tuple(rows[f"ui.unit.day[{n}]"]["source en"] for n in (0, 1))
    filled = _filled(_filled(text, "ui.unit.day[0]", "{count} jour"), "ui.unit.day[1]", "{count} jours")
    import_(folder, filled)
    assert {0: "{count} jour", 1: "{count} jours"} == entry_of(folder, "ui.unit.day").msgstr_plural


@pytest.mark.parametrize("format_", ["xliff12", "xliff20"])
def test_states_are_told_in_the_words_of_xliff(tmp_path, format_):
    folder = french_tree(tmp_path / "tree", TEXTS)
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Have you paid?")})
    read = {row.key: row.state for row in read_xliff(export(folder, format_)).rows}
    assert TranslationState.STALE == read["question.paid.text"]
    assert TranslationState.TRANSLATED == read["question.paid.hint"]


def test_a_program_that_splits_texts_is_refused():
    text = write_xliff20(Sheet("en", "fr", tuple(make_rows(read_catalog("fr", merged(None, [])), [], FRENCH))))
    unit = '<unit id="a" name="a"><segment><source>a</source></segment><segment><source>b</source></segment></unit>'
    broken = re.sub(r"(<file [^>]*?) ?/>", rf"\1>{unit}</file>", text)
    ET.fromstring(broken)
    with pytest.raises(CannotImport, match="split into segments"):
        read_xliff(broken)


def test_parsed_catalogs_are_merged_before_an_export(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Have you paid?")})
    assert "Have you paid?" in export(folder, "csv")
    assert "Did you pay?" == next(e.msgid for e in parse_po(catalog(folder).decode()) if e.msgstr == "Avez-vous payé ?")
