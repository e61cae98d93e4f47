"""The built site: whole, walkable, the same twice, and replaced in one step or not at all."""

import gzip
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from types import MappingProxyType

import psutil
import pytest

from bench.sites import LOCALES, in_languages
from helptree.engine import Answer, enumerate_paths
from helptree.model import Entry
from helptree.project import open_project
from helptree.publish import Builds
from helptree.site import SiteError, build_site
from tests.planted.trees import random_tree
from tests.site_walker import SiteWalker, dead_links
from tests.sites import ROOT, build


def files(site: Path) -> dict[str, bytes]:
    site = site.resolve()
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_no_link_or_anchor_is_dead(built_site):
    assert dead_links(built_site) == []


def test_every_path_ends_at_its_outcome_by_links_alone(built_site):
    project = open_project(ROOT / "decision_tree")
    count = 0
    for locale in project.languages:
        walker = SiteWalker(built_site, project, locale)
        for path, outcome in enumerate_paths(project.tree):
            assert walker.walk(path) == walker.translator.text(outcome.title).value
            count += 1
    print(f"{count} walks on the site, {len(project.languages)} languages")


def test_the_main_job_takes_three_taps(built_site):
    walker = SiteWalker(built_site, open_project(ROOT / "decision_tree"), "fr")
    outcome = walker.walk_to_address([Answer("status", "cancellation-requested"), Answer("resume-link", "yes")])
    # home -> status -> outcome -> remedy
    assert walker.links(outcome, "ht-way")[0] == "/fr/remedies/resume-order/"


def test_a_question_page_is_light(built_site):
    # What networks are told needs the site's address, which this one does not know: about 350 bytes more.
    sizes = {path: 350 + len(path.read_bytes()) for path in built_site.glob("*/questions/*/index.html")}
    heaviest = max(sizes, key=sizes.__getitem__)
    print(f"heaviest question page: {sizes[heaviest]} bytes, {len(gzip.compress(heaviest.read_bytes()))} gzip")
    assert sizes[heaviest] < 12 * 1024


def test_two_builds_are_the_same_byte_for_byte(minimal_tree, tmp_path):
    build(minimal_tree, tmp_path / "one")
    build(minimal_tree, tmp_path / "two")
    assert files(tmp_path / "one/site") == files(tmp_path / "two/site")


def test_every_locale_has_its_pages_its_search_and_its_404(minimal_site):
    names = set(files(minimal_site))
    assert {"index.html", "404.html", "robots.txt", "en/index.html", "en/404.html", "en/about/index.html"} <= names
    assert "en/search/search_index.json" in names
    assert "sitemap.xml" not in names  # nobody knows the site's address


def test_sitemap_names_all_languages_of_a_page(minimal_tree, tmp_path, monkeypatch):
    monkeypatch.setenv("HELPTREE_SITE_URL", "https://help.example.com/orders/")
    build(minimal_tree, tmp_path)
    sitemap = (tmp_path / "site/sitemap.xml").read_text()
    page = "https://help.example.com/orders/en/remedies/wait/"
    assert f'<loc>{page}</loc><xhtml:link rel="alternate" hreflang="en" href="{page}"/>' in sitemap
    assert f'hreflang="x-default" href="{page}"' in sitemap
    html = (tmp_path / "site/en/remedies/wait/index.html").read_text()
    assert f'<link rel="canonical" href="{page}">' in html
    assert '<base href="/orders/en/">' in (tmp_path / "site/en/404.html").read_text()


def test_a_planted_script_never_becomes_one(minimal_tree, tmp_path):
    """Checks would refuse it: here it is planted behind them, in the model itself."""
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    project = open_project(minimal_tree)
    tree = project.tree
    question = replace(tree.questions["paid"], text=Entry("question.paid.text", attack), hint=Entry("h", attack))
    questions = MappingProxyType({**tree.questions, "paid": question})
    spoilt = replace(tree, questions=questions, title=Entry("tree.title", attack))
    project = replace(project, staff=replace(project.staff, public=spoilt))
    where = {"site_dir": tmp_path / "site", "docs_dir": tmp_path / "docs", "config": ROOT / "mkdocs.yml"}
    build_site(project, **where)
    shown = "".join(path.read_text() for path in tmp_path.rglob("*.html"))
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    index = (tmp_path / "site/en/search/search_index.json").read_text()
    assert "<script" not in index
    assert "<img" not in index


def test_an_unfilled_placeholder_stops_the_build_and_the_old_site_stays(minimal_tree, tmp_path, monkeypatch):
    build(minimal_tree, tmp_path)
    before = files(tmp_path / "site")
    monkeypatch.setattr("helptree.render.view.View.notice", lambda view: "{left_over}")
    with pytest.raises(SiteError) as caught:
        build(minimal_tree, tmp_path, fresh=True)
    assert "en/index.html: a placeholder is not filled in: '{left_over}'" in caught.value.messages
    assert files(tmp_path / "site") == before
    assert [path.name for path in (tmp_path / ".cache/builds").glob("site-*")] == [
        Builds(tmp_path / "site").current().name
    ]


def test_a_complaint_of_mkdocs_is_one_clear_message(minimal_tree, tmp_path, monkeypatch):
    monkeypatch.setattr("helptree.render.view.View.notice", lambda view: "[x](nowhere.md)")
    with pytest.raises(SiteError) as caught:
        build(minimal_tree, tmp_path)
    assert all(message.startswith("en: ") for message in caught.value.messages)
    assert "nowhere.md" in caught.value.messages[0]
    assert "Traceback" not in str(caught.value)


def test_a_folder_in_the_way_is_left_alone(minimal_tree, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/mine.txt").write_text("mine")
    with pytest.raises(SiteError, match="is in the way"):
        build(minimal_tree, tmp_path)
    assert (tmp_path / "site/mine.txt").read_text() == "mine"


BUILDER = """
import sys
from pathlib import Path
from tests.sites import build
print("begun", flush=True)
build(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.05, 0.4, 0.8])
def test_killed_at_any_moment_one_whole_site_is_there(minimal_tree, tmp_path, delay):
    build(minimal_tree, tmp_path)
    old = files(tmp_path / "site")
    question = minimal_tree / "questions/paid.yaml"
    question.write_text(question.read_text().replace("Did you pay?", "Did you really pay?"))
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    command = [sys.executable, "-c", BUILDER, str(minimal_tree), str(tmp_path)]
    builder = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=tmp_path)
    assert builder.stdout
    assert builder.stdout.readline()
    time.sleep(delay)
    builder.send_signal(signal.SIGKILL)
    builder.wait()
    found = files(tmp_path / "site")
    build(minimal_tree, tmp_path)
    assert found in (old, files(tmp_path / "site"))
    # The new one and, for requests under way, the one before.
    assert len(list((tmp_path / ".cache/builds").glob("site-*"))) == 2


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork") or os.cpu_count() == 1, reason="no other processes are forked here")
def test_processes_of_a_killed_build_end_and_let_the_next_one_in(tmp_path):
    tree = in_languages(random_tree(Random(1), 8), LOCALES[:4]).write(tmp_path / "tree")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    command = [sys.executable, "-c", BUILDER, str(tree), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment, cwd=tmp_path) as builder:
        workers = wait_for_children(psutil.Process(builder.pid), 2)
        builder.kill()
    assert len(workers) > 1
    assert [] == psutil.wait_procs(workers, timeout=30)[1]
    build(tree, tmp_path)
    assert (tmp_path / "site/en/index.html").exists()


def wait_for_children(process: psutil.Process, count: int) -> list[psutil.Process]:
    end = time.monotonic() + 30
    while len(children := process.children()) < count and time.monotonic() < end:
        time.sleep(0.005)
    return children


ARABIC = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "question.paid.text"
msgid "Did you pay?"
msgstr "هل دفعت؟"
"""


def test_a_half_translated_language_is_right_to_left_and_says_what_is_missing(minimal_tree, tmp_path):
    languages = minimal_tree / "catalogs/languages.yaml"
    row = 'ar: {autonym: "العربية", direction: rtl, plural_forms: "nplurals=2; plural=(n != 1);"}\n'
    languages.write_text(languages.read_text() + row)
    (minimal_tree / "catalogs/ar.po").write_text(ARABIC)
    build(minimal_tree, tmp_path)
    page = (tmp_path / "site/ar/questions/paid/index.html").read_text()
    assert '<html lang="ar"' in page
    assert '<body dir="rtl"' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<h1 id="top">هل دفعت؟</h1>' in page
    assert '<p class="ht-hint" dir="ltr" lang="en">Look at your receipt.</p>' in page
    assert 'href="../../../en/questions/paid/" hreflang="en" lang="en" dir="ltr"' in page
    assert dead_links(tmp_path / "site") == []


def test_mkdocs_alone_builds_the_source_language(minimal_tree, tmp_path):
    environment = {**os.environ, "HELPTREE_TREE": str(minimal_tree), "PYTHONPATH": str(ROOT / "src")}
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("en", "fr"))
    config = (ROOT / "mkdocs.yml").read_text().replace("src/helptree", str(ROOT / "src/helptree"))
    (tmp_path / "mkdocs.yml").write_text(re.sub(r"watch: .*", "", config))
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "out")]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert "Which status do you see?" in (tmp_path / "out/index.html").read_text()


def test_a_build_leaves_the_environment_as_it_was(minimal_tree, tmp_path):
    before = {name: value for name, value in os.environ.items() if name.startswith("HELPTREE_")}
    build(minimal_tree, tmp_path, jobs=1)
    assert before == {name: value for name, value in os.environ.items() if name.startswith("HELPTREE_")}
