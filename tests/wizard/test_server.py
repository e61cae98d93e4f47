"""The addresses beside the wizard: the built site, health, assets, the first HTML, and what is unknown."""

import gzip
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from helptree.wizard.guide import find_file
from helptree.wizard.library import Library, library
from helptree.wizard.server import middleware, routes
from helptree.wizard.shell import STATIC, content_security_policy
from tests.asgi import ask

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "tests" / "trees" / "minimal"


@pytest.fixture
def site(tmp_path, monkeypatch):
    site = tmp_path / "site"
    monkeypatch.setenv("HELPTREE_TREE", str(MINIMAL))
    monkeypatch.setenv("HELPTREE_SITE", str(site))
    return site


@pytest.fixture
def built(site):
    write(site, {"index.html": "languages", "404.html": "lost", "en/index.html": "home", "fr/404.html": "perdu"})
    write(site, {"en/statuses/packing/index.html": "packing", "assets/main.0a1b2c3d.min.css": "a{}"})
    write(site.parent, {"secret.html": "secret"})
    return site


@pytest.fixture
def app():
    behind = [Route("/_stcore/health", lambda request: PlainTextResponse("ok"))]
    return Starlette(routes=[*routes(), *behind], middleware=middleware())


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "status", "text", "kind"),
    [
        ("/guide/", 200, "languages", "text/html; charset=utf-8"),
        ("/guide/en/", 200, "home", "text/html; charset=utf-8"),
        ("/guide/en/statuses/packing/", 200, "packing", "text/html; charset=utf-8"),
        ("/guide/assets/main.0a1b2c3d.min.css", 200, "a{}", "text/css; charset=utf-8"),
        ("/guide/fr/no-such/", 404, "perdu", "text/html; charset=utf-8"),
        ("/guide/no-such", 404, "lost", "text/html; charset=utf-8"),
        ("/guide/en/index.html/", 404, "lost", "text/html; charset=utf-8"),
        ("/guide/../secret.html", 404, "lost", "text/html; charset=utf-8"),
        ("/guide//etc/passwd", 404, "lost", "text/html; charset=utf-8"),
        ("/guide/\x00", 404, "lost", "text/html; charset=utf-8"),
        ("/guide/" + "a" * 5000, 404, "lost", "text/html; charset=utf-8"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_the_site_is_served(app, built, path, status, text, kind):
    reply = ask(app, path)
    assert (reply.status, reply.text, reply.headers["content-type"]) == (status, text, kind)
    assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "where"),
    [("/guide", "./guide/"), ("/guide/en", "./en/"), ("/guide/en/statuses/packing", "./packing/")],
)
def test_a_missing_slash_is_added_relatively(app, built, path, where):
    reply = ask(app, path)
    assert (reply.status, reply.headers["location"]) == (307, where)


@pytest.mark.parametrize("base", ["/fr/", "/guide/fr/"])
def test_the_page_for_what_is_missing_finds_its_style_under_our_prefix(app, built, base):
    write(built, {"fr/404.html": f'<base href="{base}">'})
    assert ask(app, "/guide/fr/a/b/c").text == '<base href="/guide/fr/">'


def test_a_link_out_of_the_site_is_not_followed(built):
    (built / "out").symlink_to(built.parent)
    assert find_file(built, "/out/secret.html") is None


def test_pages_are_asked_for_again_and_hashed_files_kept(app, built):
    page = ask(app, "/guide/en/")
    assert page.headers["cache-control"] == "no-cache"
    assert ask(app, "/guide/en/", if_none_match=page.headers["etag"]).status == 304
    assert "immutable" in ask(app, "/guide/assets/main.0a1b2c3d.min.css").headers["cache-control"]


def test_a_switched_site_shows_without_restart(app, site):
    for text in ("old", "new"):
        write(site.parent / text, {"index.html": text})
        link = site.with_name("next")
        link.symlink_to(site.parent / text)
        link.replace(site)
        assert ask(app, "/guide/").text == text


def test_a_site_that_is_not_built_is_told_in_the_readers_language(app, site, monkeypatch):
    reply = ask(app, "/guide/en/")
    assert reply.status == 503
    assert "not ready yet" in reply.text
    assert "helptree build" in reply.text
    monkeypatch.setenv("HELPTREE_TREE", str(ROOT / "decision_tree"))
    assert "n’est pas encore prêt" in ask(app, "/guide/fr/outcomes/x/").text
    assert "n’est pas encore prêt" in ask(app, "/guide/", accept_language="fr").text
    ready = ask(app, "/ready")
    assert (ready.status, "helptree build" in ready.text) == (503, True)


def test_ready_with_tree_and_site(app, built):
    reply = ask(app, "/ready")
    assert (reply.status, reply.text) == (200, '{"status":"ready"}')


def test_writing_is_refused(app, built):
    assert ask(app, "/guide/en/", method="POST").status == 405


def test_the_first_html_has_language_title_policy_and_a_way_without_scripts(app, built):
    reply = ask(app, "/", query="lang=en&status=packing")
    assert '<html lang="en" dir="ltr">' in reply.text
    assert "<title>Parcel help</title>" in reply.text
    assert '<a href="/guide/en/questions/paid/">' in reply.text.partition("<noscript>")[2]
    assert reply.headers["content-security-policy"] == content_security_policy()
    assert "'sha256-" in content_security_policy()
    assert "You need to enable JavaScript" not in reply.text
    assert 'rel="preload"' not in reply.text


@pytest.mark.parametrize("query", ["lang=%22%3E%3Cscript%3E", "status=%3Cscript%3E", "a=" + "b" * 9000, "%00=%ff&&=;"])
def test_nothing_of_the_address_is_in_the_first_html(app, built, query):
    assert ask(app, "/", query=query).text == ask(app, "/").text


def test_an_unknown_address_is_404_in_words_of_ours(app, built):
    reply = ask(app, "/no-such-page")
    assert reply.status == 404
    assert "This page does not exist" in reply.text


def test_streamlits_own_addresses_pass(app, built):
    assert ask(app, "/_stcore/health").text == "ok"


def test_streamlits_scripts_are_sent_gzipped_and_its_style_without_needless_fonts(app, built):
    style = next(STATIC.glob("static/css/index.*.css"))
    reply = ask(app, f"/static/css/{style.name}", accept_encoding="gzip")
    assert reply.headers["content-encoding"] == "gzip"
    text = gzip.decompress(reply.body).decode()
    assert "Material Symbols" not in text
    assert "Source Sans" not in text
    assert "KaTeX" in text


@pytest.mark.parametrize("name", ["wizard.css", "wizard.js", "icon.svg"])
def test_our_own_assets_are_served(app, built, name):
    assert ask(app, f"/wizard/{name}").status == 200


@pytest.mark.parametrize("name", ["no-such.js", "../run.py", "..%2frun.py"])
def test_nothing_else_is_served_beside_them(app, built, name):
    assert ask(app, f"/wizard/{name}").status == 404


def test_a_tree_with_errors_stops_the_start_with_its_problems(tmp_path):
    tree = Path(copytree(MINIMAL, tmp_path / "tree"))
    question = tree / "questions" / "paid.yaml"
    question.write_text(question.read_text().replace("wait-for-it", "wait-for-him"))
    environment = {**os.environ, "HELPTREE_TREE": str(tree), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "questions/paid.yaml:4:" in done.stderr
    assert "Did you mean 'wait-for-it'?" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_edit_shows_without_restart_and_a_fault_keeps_what_was(tmp_path, monkeypatch):
    tree = Path(copytree(MINIMAL, tmp_path / "tree"))
    question = tree / "questions" / "paid.yaml"
    monkeypatch.setattr("helptree.wizard.library._LOOK_AGAIN", -1)
    opened: Library = library(tree)
    assert opened.current().tree.questions["paid"].text.text == "Did you pay?"
    question.write_text(question.read_text().replace("Did you pay?", "Have you paid?"))
    assert opened.current().tree.questions["paid"].text.text == "Have you paid?"
    question.write_text("text: [")
    assert opened.current().tree.questions["paid"].text.text == "Have you paid?"
