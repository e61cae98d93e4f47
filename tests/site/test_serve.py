"""`helptree serve`: the site on this machine, and after every edit anew."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

import helptree.serve as serve_module
from helptree.cli import main
from helptree.live import Live, files_named, version_of, with_script
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
    with watching(minimal_tree, tmp_path) as running:
        yield running


@contextmanager
def watching(minimal_tree: Path, tmp_path: Path) -> Iterator[Served]:
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


def test_pages_hear_of_edits_only_while_they_are_watched(served, minimal_tree, tmp_path):
    for path in ("en/", "", "en/questions/paid/"):
        assert 1 == served.get(path).count('<script src="/_live.js" data-version="')
    built = [path for path in (tmp_path / "site").resolve().rglob("*") if path.is_file()]
    assert [] == [path for path in built if b"_live" in path.read_bytes()]


def test_news_tell_the_version_of_the_page_and_what_is_wrong(served, minimal_tree):
    page = "en/questions/paid/"
    with urlopen(served.address + "_live?/" + page, timeout=10) as news:
        assert "text/event-stream" == news.headers["Content-Type"]
        before = heard(news)
        assert {"version": version_in(served.get(page)), "problems": []} == before
        question = minimal_tree / "questions/paid.yaml"
        good = question.read_text()
        question.write_text(good.replace("next: wait-for-it", "next: wait-for-that"))
        wrong = heard(news)
        assert before["version"] == wrong["version"]
        assert ":4:" in wrong["problems"][0]
        assert "unknown-target" in wrong["problems"][0]
        question.write_text(good.replace("Did you pay?", "Have you paid?"))
        while (after := heard(news))["problems"]:
            pass
        assert before["version"] != after["version"] == version_in(served.get(page))


def heard(news: Any) -> Any:
    line, end = news.readline(), news.readline()
    assert b"\n" == end
    return json.loads(line.decode().removeprefix("data: "))


def version_in(html: str) -> str:
    return html.partition('data-version="')[2].partition('"')[0]


def test_an_edit_elsewhere_leaves_the_version_of_a_page(served, minimal_tree):
    before = {path: version_in(served.get(path)) for path in ("en/about/", "en/remedies/wait/")}
    assert set(before.values()) != {""}
    remedy = minimal_tree / "remedies/wait.yaml"
    remedy.write_text(remedy.read_text() + 'warnings:\n  - {id: new, text: "Never pay twice."}\n')
    served.wait_for(lambda: "Never pay twice." in served.get("en/remedies/wait/"))
    after = {path: version_in(served.get(path)) for path in before}
    assert ["en/remedies/wait/"] == [path for path in before if before[path] != after[path]]


def test_the_version_of_a_page_is_of_what_it_shows_as_well(tmp_path):
    html = (
        b'<body><img src="../a.svg"><script src="b.js"></script><div data-index="c.js"></div><a href="d/"></a></body>'
    )
    assert ["../a.svg", "b.js", "c.js"] == files_named(html)
    picture = tmp_path / "a.svg"
    versions = [version_of(html, [picture])]
    for content in ("<svg/>", "<svg></svg>"):
        picture.write_text(content)
        versions.append(version_of(html, [picture]))
    assert 3 == len(set(versions))
    assert version_of(html, [picture]) == versions[-1]


def test_a_locale_that_is_ready_is_served_before_the_site_is(tmp_path):
    live = Live(tmp_path / "site")
    live.be_ready("fr", tmp_path / "next")
    folders = [live.folder(address).name for address in ("/fr/questions/paid/", "/frx/", "/en/", "/", "/assets/a.js")]
    assert ["next", "site", "site", "site", "site"] == folders
    live.finish(["de: dead link"])
    assert "site" == live.folder("/fr/").name


def test_the_locale_looked_at_last_comes_first(tmp_path):
    live = Live(tmp_path)
    for address in ("/fr/", "/de/map/", "/fr/questions/paid/", "/ar/"):
        live.ask(address)
    assert ["ar", "fr", "de"] == live.asked


def test_the_script_stands_at_the_end_of_the_page():
    script = b'<script src="/_live.js" data-version="v1" defer></script>'
    assert b"<body><p>a</p>" + script + b"</body></html>" == with_script(b"<body><p>a</p></body></html>", "v1")
    assert script + b"no body" == with_script(b"no body", "v1")


def test_a_tree_with_errors_from_the_start_is_told_and_then_built(minimal_tree, tmp_path):
    question = minimal_tree / "questions/paid.yaml"
    good = question.read_text()
    question.write_text(good.replace("next: wait-for-it", "next: wait-for-that"))
    with watching(minimal_tree, tmp_path) as served:
        with pytest.raises(HTTPError) as caught:
            served.get("en/")
        assert 404 == caught.value.code
        assert b"There is no site yet." in caught.value.read()
        question.write_text(good)
        served.wait_for(lambda: served.heard("Built "))
        assert "<h1" in served.get("en/")


def test_what_is_edited_during_the_first_build_is_built_too(minimal_tree, tmp_path, monkeypatch):
    question, build = minimal_tree / "questions/paid.yaml", serve_module.build_site

    def edit_and_build(*project: Any, **options: Any) -> Any:
        monkeypatch.setattr(serve_module, "build_site", build)
        question.write_text(question.read_text().replace("Did you pay?", "Have you paid?"))
        return build(*project, **options)

    monkeypatch.setattr(serve_module, "build_site", edit_and_build)
    with watching(minimal_tree, tmp_path) as served:
        served.wait_for(lambda: "Have you paid?" in served.get("en/questions/paid/"))


def test_with_no_site_and_none_to_be_built_the_command_says_why_and_ends(minimal_tree, tmp_path):
    question, site = minimal_tree / "questions/paid.yaml", tmp_path / "site"
    good = question.read_text()
    question.write_text(good.replace("next: wait-for-it", "next: wait-for-that"))
    command = ["serve", "--tree", str(minimal_tree), "--site", str(site), "--docs", str(tmp_path / "docs")]
    result = CliRunner().invoke(main, [*command, "--config", str(ROOT / "mkdocs.yml"), "--port", "0"])
    assert (1, False) == (result.exit_code, site.exists())
    assert "unknown-target" in result.output
    question.write_text(good)
    result = CliRunner().invoke(main, [*command, "--config", str(tmp_path / "no.yml"), "--port", "0"])
    assert (1, False) == (result.exit_code, site.exists())
    assert "no.yml" in result.output


def test_a_site_that_goes_away_is_missed_without_a_traceback(tmp_path):
    assert b"There is no site yet." in not_found_page(tmp_path / "gone", "en/nowhere")
