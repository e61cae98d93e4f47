"""The finder: which statuses it gives for which words, why, and when it gives none."""

import gzip
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from bench.finder import NEGATIVE, baseline, by_kind, read_queries, recall, search_in_any_language, search_with
from helptree.finder import Finder
from helptree.finder_index import index_script
from helptree.finder_text import fold, tokenize
from helptree.finders import AnyLanguageFinder, finder_index, make_finder
from helptree.project import open_project

ROOT = Path(__file__).parents[2]
TREE = ROOT / "decision_tree"
QUERIES = read_queries()


@pytest.fixture(scope="module")
def project():
    return open_project(TREE)


@pytest.fixture(scope="module")
def finder(project):
    return make_finder(project, "en")


@pytest.fixture(scope="module")
def search(project):
    return cache(search_with(project))


def ids(found):
    return [item.id for item in found]


@pytest.mark.parametrize("kind", by_kind(QUERIES))
def test_most_queries_of_each_kind_are_answered(search, kind):
    right, total = recall(by_kind(QUERIES)[kind], search)
    assert right / total >= (0.90 if kind == NEGATIVE else 0.85)


@pytest.mark.parametrize("held_out", [False, True])
def test_nearly_all_queries_are_answered(search, held_out):
    queries = [query for query in QUERIES if query.kind != NEGATIVE and query.held_out is held_out]
    right, total = recall(queries, search)
    assert right / total >= 0.95


def test_it_beats_plain_fuzzy_matching_in_every_kind(search, project):
    plain = baseline(project)
    worse = [kind for kind, rows in by_kind(QUERIES).items() if recall(rows, search)[0] < recall(rows, plain)[0]]
    assert [] == worse


def test_there_are_enough_queries(project):
    counts = {locale: sum(1 for query in QUERIES if query.locale == locale) for locale in project.languages}
    others = sum(1 for query in QUERIES if query.locale not in counts)
    assert all(count >= 40 for count in counts.values())
    assert others >= 100


def test_every_wording_finds_its_status(project, finder):
    missing = [
        (wording.text, status.id)
        for status in project.tree.statuses.values()
        for wording in status.wordings
        if status.id not in ids(finder.find(wording.text))
    ]
    assert [] == missing


def test_wordings_that_two_statuses_share_give_both(project):
    found = make_finder(project, "fr").find("Traitement de la commande par le vendeur")
    assert {"awaiting-shipment", "cancellation-requested"} == set(ids(found[:2]))


def test_the_reason_quotes_the_wording_and_says_whose_words_they_are(finder):
    assert "is the French wording “En attente de confirmation du vendeur” (as reported from the shop)" == (
        finder.find("En attente de confirmation du vendeur")[0].reason
    )
    assert "is the French wording “Commande gelée” (our translation, not the shop's own words)" == (
        finder.find("commande gelee")[0].reason
    )


def test_the_reason_is_in_the_readers_language(project):
    reason = make_finder(project, "fr").find("frozen order")[0].reason
    assert reason.startswith("c’est le texte affiché en anglais")


@pytest.mark.parametrize("text", ["", " ", "4711", "?!", "\u200b", "😀", "8173645520193847 12,50 €"])
def test_nothing_to_go_by_finds_nothing(finder, text):
    assert [] == finder.find(text)


def test_folding_makes_look_alikes_equal():
    assert fold("Commande gelée") == fold("COMMANDE GELEE")
    assert fold("Сlosеd") == fold("Closed")  # with Cyrillic С and е
    assert fold("ÖDEME BEKLENİYOR") == fold("ödeme bekleniyor")
    assert [token.text for token in tokenize("0rder C1osed")] == [token.text for token in tokenize("order closed")]
    assert [token.text for token in tokenize("待ち")] == ["待", "待ち", "ち"]


def test_a_query_is_looked_up_in_its_own_language(project):
    finder = AnyLanguageFinder(project)
    texts = {
        "de": "mein Paket steckt im Zoll",
        "pl": "paczka utknęła w cle",
        "ko": "택배가 세관에 걸렸어요",
        "en": "4711",
    }
    assert {tag: tag for tag in texts} == {tag: finder.language_of(text) for tag, text in texts.items()}
    assert "customs" == finder.find(texts["ko"])[0].id


PAGE = "{line}\n8173645520193847\n12.50 x 2\nCancel order\nBuy again"


@pytest.mark.parametrize("language", ["en", "ru", "ja", "hi"])
def test_on_a_pasted_page_one_line_tells_the_status(project, language):
    """Even where it is worded as no shop words it."""
    finder = Finder(AnyLanguageFinder(project).index_for(language))
    lines = project.tree.sayings["customs"][language].splitlines()
    assert dict.fromkeys(lines, "customs") == {line: finder.find(PAGE.format(line=line))[0].id for line in lines}


def test_buttons_and_headings_of_a_pasted_page_tell_nothing(finder):
    assert [] == finder.find(PAGE.format(line="Order details"))
    assert [] != finder.find("Cancel order")


def test_no_button_or_heading_is_a_status(project):
    """Such a line would be left out of a pasted page, and its status not be found."""
    tree = project.tree

    def line_of(text):
        return frozenset(token.text for token in tokenize(text))

    labels = [
        project.translator(tag).text(status.label).value
        for tag in project.languages
        for status in tree.statuses.values()
    ]
    wordings = [wording.text for status in tree.statuses.values() for wording in status.wordings]
    sayings = [line for said in tree.sayings.values() for lines in said.values() for line in lines.splitlines()]
    statuses = {line_of(text) for text in (*labels, *wordings, *sayings)}
    screen = {(tag, line) for tag, lines in tree.screen.items() for line in lines.splitlines()}
    assert len(screen) > 1_000
    assert set() == {(tag, line) for tag, line in screen if line_of(line) in statuses}


def test_words_of_life_raise_a_doubt(project, finder):
    text = "customs officer salary"
    assert [] == finder.find(text)
    assert "customs" == Finder({**finder_index(project, "en"), "life": []}).find(text)[0].id
    assert "customs" == finder.find("stuck in customs, and I need the dress for my wedding")[0].id


@pytest.mark.parametrize("kind", by_kind(QUERIES))
def test_most_queries_are_answered_also_when_nobody_names_their_language(project, kind):
    right, total = recall(by_kind(QUERIES)[kind], search_in_any_language(project))
    assert right / total >= (0.90 if kind == NEGATIVE else 0.85)


def test_a_language_that_is_not_published_is_understood(project):
    assert "ja" not in project.languages
    found = AnyLanguageFinder(project).find("荷物が税関で止まっています")[0]
    assert ("customs", "matches what it means: “In customs”") == (found.id, found.reason)


@pytest.mark.parametrize("locale", ["en", "fr", "es", "pt-BR", "de", "it", "pl", "ko", "ar"])
def test_the_index_is_small(project, locale):
    assert len(gzip.compress(index_script(finder_index(project, locale)).encode(), 9)) <= 60 * 1024


def test_the_index_script_cannot_leave_its_element(project):
    assert "<" not in index_script(finder_index(project, "en"))


def run(*arguments, **options):
    command = [sys.executable, "-m", "helptree", "find", "--tree", TREE, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", **options)


def test_the_command_prints_one_json_object_a_query():
    done = run("--json", "--locale", "fr", "--from-file", "-", input="commande gelée\nbonjour\n\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["commande gelée", "bonjour", ""] == [row["query"] for row in rows]
    assert "frozen" == rows[0]["results"][0]["id"]
    assert ["id", "score", "reason"] == list(rows[0]["results"][0])
    assert [] == rows[1]["results"] == rows[2]["results"]


def test_the_command_tells_people_what_it_found():
    assert "frozen: Frozen, on hold" in run("frozen order").stdout
    assert "No status was found in these words.\n" == run("hello").stdout
    assert "Give either TEXT or --from-file FILE." in run().stderr
    assert "is none of: en, fr" in run("--locale", "xx", "hello").stderr
    assert "frozen: Frozen, on hold" in run("--locale", "ru", "Заказ заморожен").stdout
