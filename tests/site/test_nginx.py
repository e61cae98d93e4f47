"""The shipped nginx configuration: headers, caching, compression, pages for what is not there."""

import gzip
import os
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.nginx import WHY_NOT, Nginx, find_nginx

# Root could have installed it, and `make test` tries to: then its absence is a failure.
pytestmark = pytest.mark.skipif(not find_nginx() and os.getuid() != 0, reason=WHY_NOT)


@pytest.fixture(scope="module")
def served(minimal_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    nginx = Nginx(minimal_site.resolve(), tmp_path_factory.mktemp("nginx"))
    yield nginx
    nginx.stop()


def ask(nginx: Nginx, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", nginx.port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


@pytest.mark.parametrize("path", ["/", "/en/", "/en/questions/paid/", "/en/sw.js", "/nowhere"])
def test_every_answer_is_safe(served, minimal_site, path):
    response, _ = ask(served, path)
    policy = (minimal_site / "_policy.txt").read_text().strip()
    assert response.headers["Content-Security-Policy"] == policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Server"] == "nginx"
    assert "utf-8" in response.headers["Content-Type"]


def test_hashed_names_are_kept_for_ever_and_pages_are_asked_for_again(served, minimal_site):
    names = [path.relative_to(minimal_site.resolve()) for path in (minimal_site.resolve() / "assets").glob("*.css")]
    assert names
    for name in names:
        response, _ = ask(served, f"/{name}")
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("/", "/en/", "/en/sw.js", "/en/search/search_index.json"):
        response, _ = ask(served, path)
        assert response.headers["Cache-Control"] == "no-cache"
        again, body = ask(served, path, If_None_Match=response.headers["ETag"])
        assert (again.status, body) == (304, b"")


def test_texts_are_compressed(served, minimal_site):
    for path in ("/en/", "/en/sw.js", "/en/search/search_index.json", "/en/manifest.webmanifest"):
        response, body = ask(served, path, Accept_Encoding="gzip")
        if len(ask(served, path)[1]) > 500:
            assert response.headers["Content-Encoding"] == "gzip", path
            assert gzip.decompress(body) == ask(served, path)[1]
    assert ask(served, "/en/manifest.webmanifest")[0].headers["Content-Type"].startswith("application/manifest+json")


@pytest.mark.parametrize(
    ("path", "base"), [("/en/nowhere/deep/", "/en/"), ("/nowhere", "/"), ("/xx/a", "/"), ("/en/assets/", "/en/")]
)
def test_what_is_not_there_is_told_in_the_reader_s_language(served, path, base):
    response, body = ask(served, path)
    assert response.status == 404
    assert f'<base href="{base}">'.encode() in body


@pytest.mark.parametrize("path", ["/_headers", "/_nginx.conf", "/_policy.txt", "/.git/config", "/en/../../etc/passwd"])
def test_what_is_not_for_readers_is_not_served(served, path):
    assert ask(served, path)[0].status in (400, 404)


def test_a_missing_slash_is_added_wherever_the_site_stands(served):
    response, _ = ask(served, "/en/questions/paid")
    assert (response.status, response.headers["Location"]) == (301, "/en/questions/paid/")


def test_nothing_can_be_sent_here(served):
    assert ask(served, "/en/", method="POST")[0].status in (403, 405)
    assert ask(served, "/en/", method="HEAD")[0].status == 200
