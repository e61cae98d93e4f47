"""`helptree serve`: the site on this machine, and after every edit anew."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from helptree.missing import not_found_page
from helptree.serve import serve_site
from tests.sites import ROOT


class Served:
    """A running `serve_site`: what it has told, and its pages."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.stop = threading.Event()

    def wait_for(self, what: Callable[[], bool]) -> None:
        end = time.monotonic() + 30
        while not what():
            assert time.monotonic() < end, self.told
            time.sleep(0.05)

    def heard(self, words: str) -> bool:
        return any(words in line for line in self.told)

    @property
    def address(self) -> str:
        return next(line for line in self.told if line.startswith("Serving")).split()[-1]

    def get(self, path: str) -> str:
        with urlopen(self.address + path, timeout=10) as response:
            return str(response.read().decode())


@pytest.fixture
def served(minimal_tree: Path, tmp_path: Path) -> Iterator[Served]:
    running = Served()
    where = {"docs_dir": tmp_path / "docs", "config": ROOT / "mkdocs.yml"}
    options = {**where, "tell": running.told.append, "stop": running.stop}
    thread = threading.Thread(target=serve_site, args=(minimal_tree, tmp_path / "site", 0, True), kwargs=options)
    thread.start()
    running.wait_for(lambda: running.heard("Serving"))
    yield running
    running.stop.set()
    thread.join(10)
    assert not thread.is_alive()


def test_an_edit_is_shown_and_an_error_keeps_the_old_site(served, minimal_tree):
    question = minimal_tree / "questions/paid.yaml"
    good = question.read_text()
    question.write_text(good.replace("Did you pay?", "Have you paid?"))
    served.wait_for(lambda: "Have you paid?" in served.get("en/questions/paid/"))
    question.write_text(good.replace("next: wait-for-it", "next: wait-for-that"))
    served.wait_for(lambda: served.heard("the last good site is still served"))
    assert served.heard("unknown-target")
    assert "Have you paid?" in served.get("en/questions/paid/")


def test_a_wrong_address_is_told_in_its_language(served):
    for path in ("en/nowhere/", "nowhere/", "en/assets/"):
        with pytest.raises(HTTPError) as caught:
            served.get(path)
        assert caught.value.code == 404
        assert b"There is no page here" in caught.value.read()


def test_links_of_the_404_page_hang_on_the_prefix(minimal_site):
    assert b'<base href="/guide/en/">' in not_found_page(minimal_site, "en/nowhere/deep", "/guide/")
    assert b'<base href="/guide/">' in not_found_page(minimal_site, "../etc/passwd", "/guide/")
