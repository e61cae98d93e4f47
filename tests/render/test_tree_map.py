"""The map of the tree, the map of statuses, and the page of sources and dates."""

from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from helptree.project import open_project
from helptree.render.evidence import pages_by_fact
from helptree.render.pages import render_pages
from helptree.render.tree_map import map_svg
from tests.helpers import open_tree
from tests.site_walker import parse_page
from tests.sites import MINIMAL, ROOT

SVG = "{http://www.w3.org/2000/svg}"
ARABIC = {
    "catalogs/languages.yaml": 'en: {autonym: "English", plural_forms: "nplurals=2; plural=(n != 1);"}\n'
    'ar: {autonym: "العربية", direction: rtl, plural_forms: "nplurals=2; plural=(n != 1);"}\n',
    "catalogs/ar.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
}


@pytest.fixture(scope="module")
def shipped():
    return open_project(ROOT / "decision_tree")


def test_each_box_of_the_picture_leads_to_its_page(shipped):
    root = ElementTree.fromstring(map_svg(shipped.translator("fr")))
    links = [link.get("href") for link in root.iter(f"{SVG}a")]
    assert len(links) == len(shipped.tree.questions) + len(shipped.tree.outcomes)
    assert "../" in links  # the root question is the home page
    assert "../outcomes/cancellation-can-be-withdrawn/" in links


def test_the_picture_is_mirrored_where_reading_begins_at_the_right(tmp_path):
    project = open_tree(tmp_path, ARABIC)
    roots = {locale: ElementTree.fromstring(map_svg(project.translator(locale))) for locale in ("en", "ar")}
    first = {locale: float(next(root.iter(f"{SVG}rect")).get("x")) for locale, root in roots.items()}
    assert first["en"] < first["ar"]


def test_the_list_names_every_node_and_each_question_once(shipped, built_site):
    page = parse_page((built_site / "fr/map/index.html").read_text())
    targets = [link.href for link in page.links]
    for question in shipped.tree.questions:
        if question != shipped.tree.root:
            assert targets.count(f"../questions/{question}/") == 1
    for outcome in shipped.tree.outcomes:
        assert f"../outcomes/{outcome}/" in targets
    assert any(target.startswith("#n-") for target in targets)


def test_statuses_are_followed_by_those_that_may_come(shipped, built_site):
    html = (built_site / "en/map/index.html").read_text().partition('id="follow"')[2]
    assert html.index("statuses/cancellation-requested/") < html.index("statuses/cancellation-refused/")


def test_every_page_leads_to_the_map_and_to_the_sources(minimal_site):
    for page in minimal_site.glob("en/**/index.html"):
        here = f"/{page.parent.relative_to(minimal_site).as_posix()}/"
        assert {"/en/map/", "/en/sources/"} <= {urljoin(here, link.href) for link in parse_page(page.read_text()).links}


def test_each_number_stands_with_dates_source_and_use(shipped):
    page = next(page for page in render_pages(shipped.translator("en")) if page.address == "sources/").markdown
    entry = page.partition("#fact-seller_answer")[2].partition("{: #fact-")[0]
    assert "As of November 6, 2020. Checked on November 23, 2026." in entry
    assert "](#source-alihelpcenter)" in entry
    assert "](remedies/resume-order.md)" in entry
    for id_ in (*shipped.tree.facts, *shipped.tree.sources):
        assert f"#fact-{id_} " in page or f"#source-{id_} " in page


def test_every_number_of_ours_is_used_somewhere(shipped):
    assert [fact for fact, pages in pages_by_fact(shipped.tree).items() if not pages] == []


def test_a_tree_without_sources_has_no_page_for_them(tmp_path):
    project = open_project(MINIMAL)
    addresses = [page.address for page in render_pages(project.translator("en"))]
    assert ("sources/" in addresses) == bool(project.tree.sources)
