"""Missing, stale, translated, reviewed: what is counted, when a review lapses, and what a state of a language takes."""

import json

import pytest

from helptree.catalogs import TranslationState
from helptree.coverage import is_interface, measure
from helptree.locales import LanguageState
from helptree.translation_report import Counts, Gap, count, translation_report
from tests.helpers import ROOT, Edit
from tests.translations.helpers import change_files, edit_po, french_tree, open_tree, run

TEXTS = {"question.paid.text": "Avez-vous payé ?", "question.paid.hint": "Regardez votre reçu."}
STAMP = ("--lang", "fr", "--who", "Ann", "--date", "2026-11-23")


def figures(folder) -> dict[str, int]:
    return json.loads(run("stats", folder, "--json").output)["locales"]["fr"]


def pages(folder):
    return translation_report(open_tree(folder), "fr").pages


def state(folder, key: str) -> TranslationState:
    project = open_tree(folder)
    text = next(entry.text for entry in project.entries if entry.key == key)
    return project.catalogs["fr"].entries[key].state_for(text)


def test_stats_count_every_entry_once(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    found = figures(folder)
    assert list(found) == ["entries", "translated", "reviewed", "stale", "missing"]
    assert (2, 0, 0) == (found["translated"], found["reviewed"], found["stale"])
    assert found["entries"] == found["translated"] + found["stale"] + found["missing"]


def test_a_review_is_counted_among_the_translated(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    assert 0 == run("review", folder, "question.paid.text", *STAMP).exit_code
    assert (2, 1) == (figures(folder)["translated"], figures(folder)["reviewed"])
    assert TranslationState.REVIEWED == state(folder, "question.paid.text")


def test_a_reviewed_text_is_shown_like_a_translated_one(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    run("review", folder, "question.paid.text", *STAMP)
    project = open_tree(folder)
    text = project.translator("fr").text(project.tree.questions["paid"].text)
    assert ("Avez-vous payé ?", "fr", False) == (text.value, text.locale, text.is_fallback)


def test_a_review_lapses_when_the_translation_changes(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    run("review", folder, "question.paid.*", *STAMP)
    edit_po(folder, lambda e: setattr(e, "msgstr", e.msgstr.replace("payé", "déjà payé")))
    assert TranslationState.TRANSLATED == state(folder, "question.paid.text")
    assert TranslationState.REVIEWED == state(folder, "question.paid.hint")


def test_a_review_lapses_when_the_english_changes_even_if_the_translation_is_confirmed(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    run("review", folder, "question.paid.text", *STAMP)
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Have you paid?")})
    run("confirm", folder, "question.paid.text")
    assert TranslationState.TRANSLATED == state(folder, "question.paid.text")


def test_a_review_outlives_a_change_of_white_space(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    run("review", folder, "question.paid.text", *STAMP)
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Did  you pay?")})
    run("merge", folder)
    assert TranslationState.REVIEWED == state(folder, "question.paid.text")


def test_machine_translation_is_no_review(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    run("review", folder, "question.paid.text", *STAMP, "--state", "mt")
    assert 0 == figures(folder)["reviewed"]


def test_what_is_missing_cannot_be_reviewed(tmp_path):
    done = run("review", french_tree(tmp_path / "tree", TEXTS), "tree.title", *STAMP)
    assert (2, True) == (done.exit_code, "no current translation" in done.output)


def test_a_review_sheet_holds_what_was_found(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    run("review", folder, "question.paid.text", *STAMP, "--major", "1", "--note", "=wrong party, mended")
    rows = (folder / "catalogs/fr.review.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "key,msgid_sha,msgstr_sha,state,who,date,minor,major,critical,note"
    assert rows[1].endswith(',reviewed,Ann,2026-11-23,,1,,"=wrong party, mended"')


def test_the_report_of_a_language_tells_its_gaps_by_page_in_the_order_of_reading(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    change_files(folder, {"questions/paid.yaml": Edit("Did you pay?", "Have you paid?")})
    run("merge", folder)
    found = pages(folder)
    assert [("tree", ""), ("question", "status")] == [(page.kind, page.id) for page in found[:2]]
    stale = next(page for page in found if page.id == "paid").gaps[0]
    gap = ("question.paid.text", "stale", "Have you paid?", "Avez-vous payé ?", "Did you pay?")
    assert gap == (stale.key, stale.state, stale.source, stale.translation, stale.previous)


def test_the_report_and_the_counts_agree(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    project = open_tree(folder)
    report = translation_report(project, "fr")
    gaps: list[Gap] = [gap for page in report.pages for gap in page.gaps]
    assert len(gaps) == report.counts.missing + report.counts.stale


def test_the_source_language_is_complete(tmp_path):
    project = open_tree(french_tree(tmp_path / "tree", TEXTS))
    entries = len(project.entries)
    assert Counts(entries, entries, 0, 0, 0) == count(project, "en")


GATES = [("published", 1.0, True), ("published", 0.85, False), ("beta", 0.85, True), ("beta", 0.5, False)]


@pytest.mark.parametrize(("name", "share", "is_enough"), [*GATES, ("off", 0.0, True)])
def test_a_state_takes_all_of_the_interface_and_a_share_of_the_guides(tmp_path, name, share, is_enough):
    folder = french_tree(tmp_path / "tree", {}, {"catalogs/glossary.csv": "term,rule\n"})
    rows = (folder / "catalogs/languages.yaml").read_text(encoding="utf-8").replace("fr: {}", f"fr: {{state: {name}}}")
    (folder / "catalogs/languages.yaml").write_text(rows, encoding="utf-8")
    guides = [entry.key for entry in open_tree(folder).entries if not is_interface(entry.key)]
    left_out = set(guides[round(share * len(guides)) :])
    edit_po(folder, lambda e: e.msgctxt in left_out or _translate(e))
    assert is_enough == ("coverage-gate" not in {p.kind.code for p in open_tree(folder).problems})


def _translate(entry) -> None:
    entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, entry.msgid_plural)
    entry.msgstr = "" if entry.msgid_plural else entry.msgid


def test_one_missing_word_of_the_interface_is_below_every_gate(tmp_path):
    folder = french_tree(tmp_path / "tree", {})
    edit_po(folder, lambda e: e.msgctxt == "ui.common.back" or _translate(e))
    project = open_tree(folder)
    found = measure(project.catalogs["fr"], project.entries)
    assert (False, False) == (found.reaches(LanguageState.BETA), found.reaches(LanguageState.PUBLISHED))


def test_a_gate_is_a_warning_that_strict_turns_into_failure(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    assert (0, 1) == (run("check", folder).exit_code, run("check", folder, "--strict").exit_code)


def test_check_tells_the_problems_of_translations_and_no_others(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS, {"journeys/none.yaml": None})
    assert "option-unvisited" in {p.kind.code for p in open_tree(folder).problems}
    codes = {row["code"] for row in json.loads(run("check", folder, "--format", "json").output)}
    assert {"missing-translation", "coverage-gate"} == codes


def test_check_of_one_language_tells_nothing_of_others_and_knows_no_other(tmp_path):
    folder = french_tree(tmp_path / "tree", TEXTS)
    (folder / "catalogs/de.po").write_text("", encoding="utf-8")
    with (folder / "catalogs/languages.yaml").open("a", encoding="utf-8") as file:
        file.write("de: {}\n")
    told = json.loads(run("check", folder, "--lang", "de", "--format", "json").output)
    assert {"de"} == {row["message"].split(":")[0].split(" ")[0] for row in told}
    assert 2 == run("check", folder, "--lang", "xx").exit_code


def test_figures_of_the_shipped_tree(capsys):
    folder = ROOT / "decision_tree"
    with capsys.disabled():
        print("\n" + run("stats", folder).output, end="")
    assert set(json.loads(run("stats", folder, "--json").output)["locales"]) >= {"en", "fr"}
