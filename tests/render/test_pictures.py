"""The pictures: whole SVG, the right words in the right place, in any script, small, and nothing of the shop's."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from helptree.project import open_project
from helptree.render.drawing import width_of, wrap
from helptree.render.pictures import draw, marks_of, picture_svg, quoted_words
from helptree.render.signs import SIGNS
from helptree.shapes import PLACES
from tests.helpers import Edit, open_tree
from tests.sites import ROOT

SVG = "{http://www.w3.org/2000/svg}"
ARABIC = 'ar: {autonym: "العربية", direction: rtl, plural_forms: "nplurals=2; plural=(n != 1);"}\n'
ENGLISH = 'en: {autonym: "English", plural_forms: "nplurals=2; plural=(n != 1);"}\n'
HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
)
LOOK = Edit('text: "Then look [again](ref:status)."', 'place: order, text: "Press \\"Look & see\\" on the page."')


def texts(svg):
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def shipped():
    return open_project(ROOT / "decision_tree")


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_status_and_remedy_has_a_small_whole_picture_with_words(shipped, locale):
    translator = shipped.translator(locale)
    items = [*shipped.tree.statuses.values(), *shipped.tree.remedies.values()]
    pictures = {item.id: draw(translator, item) for item in items}
    for picture in pictures.values():
        root = ElementTree.fromstring(picture.svg)
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc") == picture.alt
        assert (root.get("width"), root.get("height")) == (str(picture.width), str(picture.height))
        assert not re.search(r"https?://(?!www\.w3\.org)|<image|<script|@import|url\(", picture.svg)
    heaviest = max(pictures, key=lambda id_: len(pictures[id_].svg.encode()))
    print(f"heaviest picture: {heaviest}, {len(pictures[heaviest].svg.encode())} bytes")
    assert len(pictures[heaviest].svg.encode()) < 10 * 1024


def test_every_remedy_of_ours_points_at_something(shipped):
    translator = shipped.translator("en")
    assert [remedy.id for remedy in shipped.tree.remedies.values() if not marks_of(translator, remedy)] == []


def test_every_place_has_a_sign_and_a_name(shipped):
    translator = shipped.translator("en")
    assert {*PLACES, "look"} == set(SIGNS)
    assert all(translator.ui(f"site.place-{place}") for place in PLACES)


def test_the_status_line_shows_the_shops_own_words_where_they_are_known(tmp_path):
    project = open_tree(tmp_path)
    picture = draw(project.translator("en"), project.tree.statuses["packing"])
    assert "Packing" in texts(picture.svg)
    assert "in our own words" not in texts(picture.svg)
    assert "reads “Packing”" in picture.alt


def test_our_own_words_are_called_so(tmp_path):
    project = open_tree(
        tmp_path, {"statuses/packing.yaml": Edit('"Packing", attested: "yes"', '"Packing", attested: "no"')}
    )
    picture = draw(project.translator("en"), project.tree.statuses["packing"])
    assert "Still being packed" in texts(picture.svg)
    assert "in our own words" in texts(picture.svg)


def test_places_and_buttons_carry_the_numbers_of_their_steps(tmp_path):
    project = open_tree(tmp_path, {"remedies/wait.yaml": LOOK})
    svg = picture_svg(project.translator("en"), project.tree.remedies["wait"])
    shown = texts(svg)
    assert shown.index("The page of your order") + 1 == shown.index("2")
    assert "Look & see" in shown
    assert "2: The page of your order; 2: “Look & see”" in ElementTree.fromstring(svg).findtext(f"{SVG}desc")
    assert "Look &amp; see" in svg


def test_words_of_a_step_that_name_no_button_are_left_out(tmp_path):
    without = Edit(LOOK.old, LOOK.new.replace("place: order", 'place: order, buttons: "no"'))
    project = open_tree(tmp_path, {"remedies/wait.yaml": without})
    assert [m.words.value for m in marks_of(project.translator("en"), project.tree.remedies["wait"])] == [
        "The page of your order"
    ]


def test_a_picture_is_mirrored_where_reading_begins_at_the_right(tmp_path):
    catalog = HEAD + '\nmsgctxt "ui.site.place-order"\nmsgid "The page of your order"\nmsgstr "صفحة طلبك"\n'
    changes = {"remedies/wait.yaml": LOOK, "catalogs/languages.yaml": ENGLISH + ARABIC, "catalogs/ar.po": catalog}
    project = open_tree(tmp_path, changes)
    svg = picture_svg(project.translator("ar"), project.tree.remedies["wait"])
    root = ElementTree.fromstring(svg)
    assert (root.get("lang"), root.get("direction")) == ("ar", "rtl")
    badge = next(box for box in root.iter(f"{SVG}rect") if box.get("class") == "badge")
    assert float(badge.get("x")) > 170
    english = next(text for text in root.iter(f"{SVG}text") if text.text == "Where to look, what to press")
    assert (english.get("lang"), english.get("direction"), english.get("text-anchor")) == ("en", "ltr", "end")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Press “My Orders” now", ["My Orders"]),
        ("Ouvrez «\u00a0Mes commandes\u00a0», puis «\u202fPayer\u202f»", ["Mes commandes", "Payer"]),
        ('Open "A" and "B", then "A"', ["A", "B"]),
        ("Drücken Sie „Abbrechen“", ["Abbrechen"]),
        ("「注文をキャンセル」を押す", ["注文をキャンセル"]),
        ("It's the seller's [own “Chat”](ref:x)", ["Chat"]),
        ("“" + "long " * 20 + "”", []),
        ("nothing", []),
    ],
)
def test_words_between_quotation_marks_are_found(text, expected):
    assert expected == quoted_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Awaiting the confirmation of the seller, who has two days for an answer",
        "En attente de confirmation du vendeur, qui a deux jours pour répondre",
        "在等待卖家确认取消请求期间请不要再次付款，也不要重新下单",
        "طلب الإلغاء قيد الانتظار حتى يؤكده البائع خلال يومين من الآن",
        "กำลังรอการยืนยันจากผู้ขายซึ่งมีเวลาสองวันในการตอบกลับ",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    ],
)
def test_lines_are_never_wider_than_their_place_and_lose_nothing(text):
    lines = wrap(text, 14, lines=20)
    assert "".join(text.split()) == "".join("".join(lines).split())
    assert max(map(width_of, lines)) <= 15  # one mark that may not begin a line may hang over
    assert len(lines) > 1


def test_a_text_that_is_too_long_ends_in_an_ellipsis():
    assert wrap("one two three four five six", 4, lines=2) == ["one two", "three…"]


def test_pictures_stand_on_their_pages_with_their_words(minimal_site):
    for page, picture in (
        ("statuses/packing", "packing"),
        ("outcomes/wait-for-it", "wait"),
        ("remedies/wait", "wait"),
    ):
        html = (minimal_site / f"en/{page}/index.html").read_text()
        tag = re.search(r"<img[^>]*>", html)[0]
        assert f'src="../../pictures/{picture}.svg"' in tag
        assert re.search('alt="[^"]+"', tag)
        assert 'loading="lazy"' in tag
        assert (Path(minimal_site) / f"en/pictures/{picture}.svg").read_text().startswith("<svg ")
