"""Site and wizard rank alike: the finder in the browser gives the same statuses, scores and reasons as in Python."""

from pathlib import Path

import pytest

from bench.finder import read_queries
from helptree.finder import Finder
from helptree.finder_index import index_script
from helptree.finder_text import fold
from helptree.finders import finder_index
from helptree.project import open_project

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs" / "assets" / "finder.js"
# Beside the queries: texts that two languages might treat differently.
STRANGE = [
    "",
    "İPTAL BEKLENİYOR",
    "ΑΝΑΜΟΝΉ ΣΑΣ",
    "ﬁnished ½ order",
    "Ａｗａｉｔｉｎｇ　Ｐａｙｍｅｎｔ",
    "𝐀𝐰𝐚𝐢𝐭𝐢𝐧𝐠 𝐏𝐚𝐲𝐦𝐞𝐧𝐭 😀",
]
STRANGE += [
    "ｷｬﾝｾﾙ待ち",
    "แคนเซิล order",
    "रद्द cancelled",
    "$& {text} closed",
    "a" * 30_000,
    "Closed\u00a0\u2028\ufeffOrder",
]


@pytest.fixture(scope="module")
def project():
    return open_project(ROOT / "decision_tree")


@pytest.mark.browser
@pytest.mark.parametrize("locale", ["en", "fr", "ar", "ko"])
def test_browser_and_python_agree(desktop_page, project, locale):
    index = finder_index(project, locale)
    texts = [query.text for query in read_queries()] + STRANGE
    desktop_page.add_script_tag(content=index_script(index))
    desktop_page.add_script_tag(path=SCRIPT)
    found = desktop_page.evaluate(
        "texts => { const finder = helptreeFinder.makeFinder(helptreeFinderIndex);"
        " return texts.map(text => finder.find(text).map(item => [item.id, item.label, item.score, item.reason])) }",
        texts,
    )
    finder = Finder(index)
    expected = [[[item.id, item.label, item.score, item.reason] for item in finder.find(text)] for text in texts]
    differing = [(text, here, there) for text, here, there in zip(texts, expected, found, strict=True) if here != there]
    assert [] == differing


@pytest.mark.browser
def test_browser_and_python_fold_every_letter_alike(desktop_page):
    # Letters younger than Python's Unicode tables may differ; the scripts that readers write in have none.
    letters = [chr(code) for code in range(0x20, 0x3200)] + [chr(code) for code in range(0xA000, 0xD7A4, 7)]
    known = [letter for letter in letters if letter.isprintable()]
    desktop_page.add_script_tag(path=SCRIPT)
    found = desktop_page.evaluate("letters => letters.map(helptreeFinder.fold)", known)
    differing = [(a, fold(a), b) for a, b in zip(known, found, strict=True) if fold(a) != b]
    assert [] == differing
