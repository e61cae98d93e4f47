"""What a screen holds, on the smallest tree."""

import re
from html import unescape
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from helptree.project import open_project
from tests.walkers import WizardWalker, text_of

MINIMAL = Path(__file__).parents[1] / "trees" / "minimal"
PACKING = {"lang": "en", "status": "packing"}
WAITING = {**PACKING, "paid": "yes"}


@pytest.fixture(scope="module")
def project():
    return open_project(MINIMAL)


@pytest.fixture
def walker(project):
    return WizardWalker(project, "en")


def test_the_root_shows_groups_and_the_shops_own_words(walker):
    walker.open({"lang": "en"})
    assert walker.title == "Which status do you see?"
    assert "<h2>Before it left</h2>" in walker.html
    assert walker.labels == ["Still being packed | “Packing”", "I see none of these"]


def test_a_question_shows_its_hint_and_the_answers_so_far(walker):
    walker.open(PACKING)
    assert "Look at your receipt." in walker.html
    assert walker.labels == [
        "← Back",
        "Yes",
        "No",
        "Which status do you see? | Still being packed · Change",
        "Start again",
    ]


def test_an_outcome_says_what_is_and_what_to_do_and_opens_the_first_remedy(walker):
    walker.open(WAITING)
    words = text_of(walker.html)
    order = ["Your parcel is being packed", "Your money is safe.", "Wait 1 to 3 days.", "Wait for the parcel"]
    places = [words.index(part) for part in [*order, "Wait for 1 to 3 days.", "After 1 to 3 days it is late."]]
    assert places == sorted(places)
    assert walker.project.tree.outcomes["wait-for-it"].code in words
    assert "We are nobody's agent." in words
    assert 'href="/guide/en/outcomes/wait-for-it/"' in walker.html
    assert 'href="/guide/en/"' in walker.html  # the step's `ref:status`


def test_no_remedy_is_left_after_the_human_route(walker):
    walker.open(WAITING)
    walker.press("That did not help")
    assert walker.address == {**WAITING, "remedy": "call-us"}
    assert "Talk to a human" in walker.html
    assert "Hello, where is my order [order number]?" in text_of(walker.html)
    assert "That did not help" not in "".join(walker.labels)
    walker.press("← Back")
    assert walker.address == WAITING


def test_an_earlier_answer_can_be_changed(walker):
    walker.open(WAITING)
    walker.press("Which status do you see?")
    assert walker.address == {**WAITING, "change": "status"}
    assert walker.title == "Which status do you see?"
    walker.press("Still being packed")
    assert walker.address == WAITING


def test_answers_that_no_longer_fit_are_named(walker):
    walker.open({**WAITING, "change": "status"})
    walker.press("I see none of these")
    assert walker.title == "Let us look at it together"
    assert "were left out" in walker.html
    assert "Did you pay? <strong>Yes</strong>" in walker.html


def test_start_again_leads_to_the_root(walker):
    walker.open(WAITING)
    walker.press("Start again")
    assert walker.address == {"lang": "en"}


def test_unknown_parts_of_an_address_are_left_out_with_a_notice(walker):
    walker.open({**PACKING, "color": "<b>red</b>"})
    assert walker.title == "Did you pay?"
    assert "not understood" in walker.html
    assert "red" not in walker.html


def test_the_language_switch_keeps_the_position(tmp_path):
    walker = WizardWalker(two_languages(tmp_path), "en")
    walker.open({**WAITING, "remedy": "call-us"})
    [href] = re.findall(r'<a href="/([^"]*)" hreflang="ar" lang="ar" dir="rtl" data-ht-go="">', walker.html)
    assert unescape(href) == "?lang=ar&status=packing&paid=yes&remedy=call-us"


def test_a_text_in_another_language_is_marked_and_told(tmp_path):
    walker = WizardWalker(two_languages(tmp_path), "ar")
    walker.open({"lang": "ar"})
    assert '<span lang="en" dir="ltr">Which status do you see?</span>' in walker.html
    assert 'data-ht-lang="ar" data-ht-dir="rtl"' in walker.html
    assert "Those parts are in English" in walker.html
    assert all(button.key.endswith("_lang_en") for button in walker.app.button if not button.form_id)


def two_languages(folder):
    tree = Path(copytree(MINIMAL, folder / "tree"))
    languages = tree / "catalogs" / "languages.yaml"
    arabic = 'ar: {autonym: "العربية", direction: rtl, plural_forms: "nplurals=2; plural=(n != 1);"}\n'
    languages.write_text(languages.read_text(encoding="utf-8") + arabic, encoding="utf-8")
    head = r'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"'
    (tree / "catalogs" / "ar.po").write_text(head.replace(r'"\nmsgstr', '"\nmsgstr') + "\n", encoding="utf-8")
    return open_project(tree)


def drawn_and_known(walker: WizardWalker) -> tuple[set[str], set[str]]:
    """Widgets of the screen; and all those that the session knows of."""
    known = set(walker.app._session_state._state._new_widget_state.widget_metadata)
    return {widget.id for widget in [*walker.app.button, *walker.app.text_area]}, known


def test_a_session_forgets_the_buttons_of_screens_before_the_last(walker):
    addresses = [{"lang": "en"}, PACKING, WAITING, {**PACKING, "paid": "no"}, {"lang": "en"}]
    before = set()
    for address in addresses:
        walker.open(address)
        drawn, known = drawn_and_known(walker)
        assert drawn | before == known
        before = drawn


def test_a_press_on_the_screen_before_still_counts(walker):
    walker.open(PACKING)
    [yes] = [button for button in walker.app.button if button.label == "Yes"]
    walker.open({"lang": "en"})
    late = WidgetStates()
    late.widgets.add(id=yes.id, trigger_value=True)
    walker.app._run(late)
    assert WAITING == walker.address
