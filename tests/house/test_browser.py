"""The browser fixtures: a real page is shown, and a page that asks another host is found out."""

import pytest

from tests.browsers import LoopbackGuard

pytestmark = pytest.mark.browser


def test_phone_shows_a_served_page(phone_page, serve_folder, tmp_path):
    (tmp_path / "index.html").write_text("<meta name=viewport content='width=device-width'><h1>Hello</h1>")
    phone_page.goto(serve_folder(tmp_path))
    assert phone_page.locator("h1").inner_text() == "Hello"
    assert phone_page.evaluate("[innerWidth, devicePixelRatio, navigator.maxTouchPoints > 0]") == [390, 2, True]


@pytest.mark.parametrize(
    "asks",
    [
        "<img src='http://foreign.test/x'>",
        "<script>fetch('http://foreign.test/x')</script>",
        "<link rel=stylesheet href='//foreign.test/x'>",
        "<iframe src='http://foreign.test/x'></iframe>",
    ],
)
def test_request_to_another_host_is_reported(browser, serve_folder, tmp_path, asks):
    (tmp_path / "index.html").write_text(asks)
    context = browser.new_context()
    guard = LoopbackGuard(context)
    context.new_page().goto(serve_folder(tmp_path), wait_until="networkidle")
    context.close()
    assert guard.foreign == ["http://foreign.test/x"]
    with pytest.raises(AssertionError, match=r"foreign\.test"):
        guard.check()


def test_websocket_to_another_host_is_reported(browser, serve_folder, tmp_path):
    (tmp_path / "index.html").write_text("<script>new WebSocket('ws://foreign.test/x')</script>")
    context = browser.new_context()
    guard = LoopbackGuard(context)
    context.new_page().goto(serve_folder(tmp_path), wait_until="networkidle")
    context.close()
    assert guard.foreign == ["ws://foreign.test/x"]
