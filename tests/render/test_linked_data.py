"""What search engines and networks are told of each page."""

import json
import re
from html import unescape
from io import BytesIO

import pytest
from PIL import Image

from helptree.project import open_project
from helptree.render.data_script import to_script
from helptree.render.preview import preview_png
from tests.schema_org import problems_of
from tests.sites import ROOT, build

SITE = "https://help.example.com/orders/"
TYPES = {"questions": "QAPage", "statuses": "FAQPage", "outcomes": "WebPage", "remedies": "HowTo"}
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


@pytest.fixture(scope="module")
def known_site(tmp_path_factory):
    """The minimal site, knowing its address."""
    folder = tmp_path_factory.mktemp("known")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HELPTREE_SITE_URL", SITE)
        build(ROOT / "tests/trees/minimal", folder)
    return folder / "site"


def data_of(path):
    found = LINKED.search(path.read_text())
    return json.loads(found[1]) if found else None


@pytest.mark.parametrize("folder", TYPES)
def test_each_kind_of_page_is_told_by_the_rules(known_site, folder):
    for path in known_site.glob(f"en/{folder}/*/index.html"):
        data = data_of(path)
        assert problems_of(data) == []
        assert [node["@type"] for node in data["@graph"]] == [TYPES[folder], "BreadcrumbList"]


def test_all_pages_of_the_shipped_tree_keep_the_rules_but_for_the_unknown_address(built_site):
    found, count = set(), 0
    for path in built_site.glob("en/**/index.html"):
        if data := data_of(path):
            count += 1
            found |= {p for p in problems_of(data) if not p.endswith("is no whole address")}
    print(f"{count} pages with linked data")
    assert found == set()
    assert count > 150


def test_a_guide_is_told_step_by_step(known_site):
    guide = data_of(known_site / "en/remedies/wait/index.html")["@graph"][0]
    assert guide["step"][0] == {"@type": "HowToStep", "position": 1, "text": "Wait for 1 to 3 days."}
    assert guide["image"] == f"{SITE}en/pictures/wait.svg"


def test_the_path_ends_at_the_page_itself(known_site):
    places = data_of(known_site / "en/outcomes/wait-for-it/index.html")["@graph"][1]["itemListElement"]
    assert [place.get("item") for place in places] == [f"{SITE}en/", f"{SITE}en/statuses/packing/", None]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda node: node.pop("step"), "HowTo lacks step"),
        (lambda node: node["step"][0].update(position=3), "HowTo.step: positions are [3, 2]"),
        (lambda node: node.update(name=" "), "HowTo.name: ' ' is no text"),
        (lambda node: node.update(image="pictures/x.svg"), "HowTo.image: 'pictures/x.svg' is no whole address"),
        (lambda node: node.update(stars=5), "HowTo has no stars"),
    ],
)
def test_the_judge_of_linked_data_sees_faults(known_site, fault, told):
    data = data_of(known_site / "en/remedies/wait/index.html")
    fault(data["@graph"][0])
    assert problems_of(data) == [told]


def test_no_text_can_end_the_script():
    script = to_script([{"name": "</script><script>alert(1)//<!-- & \u2028"}], str)
    assert not re.search("[<>&\u2028]", script)
    assert json.loads(script)["@graph"][0]["name"] == "</script><script>alert(1)//<!-- & \u2028"


def test_networks_get_title_address_and_picture(known_site):
    html = (known_site / "en/remedies/wait/index.html").read_text()
    told = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', html))
    assert told == {
        "og:type": "article",
        "og:title": "Wait for the parcel",
        "og:url": f"{SITE}en/remedies/wait/",
        "og:image": f"{SITE}assets/preview.png",
    }
    assert Image.open(known_site / "assets/preview.png").size == (1200, 630)


def test_the_picture_for_networks_is_small_and_the_same_every_time():
    png = preview_png()
    assert len(png) < 20 * 1024
    assert Image.open(BytesIO(png)).format == "PNG"
    assert preview_png() == png


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_no_two_pages_have_the_same_title(built_site, locale):
    titles = {}
    for path in built_site.glob(f"{locale}/**/index.html"):
        title = unescape(re.search("<title>(.*?)</title>", path.read_text())[1])
        titles.setdefault(title, []).append(path.parent.name)
    assert {title: pages for title, pages in titles.items() if len(pages) > 1} == {}


def test_every_page_of_the_tree_describes_itself(built_site):
    project = open_project(ROOT / "decision_tree")
    general = project.tree.description.text
    for path in built_site.glob("en/**/index.html"):
        description = unescape(re.search('<meta name="description" content="([^"]*)"', path.read_text())[1])
        assert description
        assert description != general, path
