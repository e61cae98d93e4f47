"""With and without a sign-in, in a browser and beside it: every address, every message. Zero bytes for strangers."""

import json
import re
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from playwright.sync_api import expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.openid import COOKIE_SECRET
from tests.replicas import Replica, small_site
from tests.staff_pages.desks import LEAKS, PAGES, Seen, claims, cookies_of, running_desk, settings, settle, sign_in
from tests.staff_pages.sockets import PATHS, frames_of, is_refused, messages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("staff pages")]


CONNECT = """() => new Promise(done => {
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/_stcore/stream", ["streamlit", "x"])
  socket.onopen = () => done(true)
  socket.onclose = () => done(false)
})"""


def signed(origin: str, secret: str = COOKIE_SECRET, **more) -> str:
    return create_signed_value(secret, "_streamlit_user", json.dumps(claims(origin=origin) | more)).decode()


@pytest.fixture
def visitors(desk, new_context) -> dict[str, dict[str, str]]:
    """The cookies of everybody who may not enter."""
    origin = desk.address.rstrip("/")
    page = new_context().new_page()
    sign_in(page, desk.address, "bob")
    bob = cookies_of(page.context, desk.address)
    assert "_streamlit_user" in bob
    xsrf = {"_streamlit_xsrf": bob.get("_streamlit_xsrf", "2|00000000|00000000000000000000000000000000|1")}
    made = {
        "a forged cookie": signed(origin, secret="0" * 64),
        "a session that is over": signed(origin, iat=claims()["iat"] - 9 * 3600),
        "a sign-in elsewhere": signed("https://help.example.org"),
        "no role": signed(origin, groups=["everybody"]),
    }
    return {
        "nobody": {},
        "bob, who signed in without the role": bob,
        **{name: {"_streamlit_user": value, **xsrf} for name, value in made.items()},
    }


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def asked(address: str, cookies: dict[str, str], **headers: str) -> bytes:
    """Everything that an answer says, headers too; nothing is followed."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    if cookies:
        told["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    try:
        answer = build_opener(_Stay).open(Request(address, headers=told), timeout=20)
    except HTTPError as error:
        answer = error
    return str(answer.status).encode() + str(answer.headers).encode() + answer.read()


def check(files: list[tuple[str, bytes]]) -> int:
    """Fail for any internal word; return the number of bytes searched."""
    assert [] == LEAKS.in_files(files)
    return sum(len(content) for _, content in files)


def test_a_member_of_the_team_sees_everything(desk, desktop_page):
    """The control for all that follows: signed in, each internal word does come, and is found."""
    seen = Seen(desk.address).watch(desktop_page)
    sign_in(desktop_page, desk.address, "alice")
    settle(desktop_page)
    for code in desk.codes:
        desktop_page.goto(f"{desk.address}?page=console&at={code}")
        settle(desktop_page)
    everything = b"\n".join(seen.frames).decode("utf-8", "replace")
    missing = [canary for canary in desk.canaries if canary not in everything]
    assert LEAKS.in_bytes(b"\n".join(seen.frames))
    assert [] == missing
    print(f"staff pages, signed in: all {len(desk.canaries)} internal words in {len(seen.frames)} frames")


def test_every_address_says_nothing_to_strangers(desk, visitors):
    files = [
        (f"{name}: {address}", asked(address, cookies))
        for name, cookies in visitors.items()
        for address in [desk.address, *desk.addresses()]
    ]
    size = check(files)
    print(f"staff pages, {len(visitors)} strangers: 0 internal bytes in {len(files)} answers ({size} bytes)")


def test_every_address_shows_nothing_to_strangers_in_a_browser(desk, visitors, new_context):
    searched = 0
    for name, cookies in visitors.items():
        context = new_context()
        context.add_cookies([{"name": key, "value": value, "url": desk.address} for key, value in cookies.items()])
        page = context.new_page()
        seen = Seen(desk.address).watch(page)
        for address in desk.addresses():
            page.goto(address)
            searched += check(seen.take(page))
        page.goto(f"{desk.address}?page=console")
        expect(page.locator("h1")).to_have_text("Staff reference")
        assert not page.evaluate(CONNECT), name
        searched += check(seen.take(page))
    print(f"staff pages, {len(visitors)} strangers in a browser: 0 internal bytes in {searched}, no connection")


def test_no_connection_is_to_be_had_by_strangers(desk, visitors):
    words = {"X_Helptree_Staff": "a", "X_Helptree_Roles": "support", "X_Helptree_Proxy": "p" * 32}
    for name, cookies in visitors.items():
        for path in PATHS:
            assert is_refused(desk.address, cookies, path), (name, path)
        assert is_refused(desk.address, cookies, **words), name


def test_each_run_asks_again_even_with_the_gate_gone(tmp_path_factory, visitors):
    """The second lock by itself: connections are to be had, and every message gets nothing internal."""
    with running_desk(tmp_path_factory.mktemp("ungated"), app="tests/staff_pages/ungated.py") as open_desk:
        origin = open_desk.address.rstrip("/")
        sent, count, size = list(messages(open_desk.codes)), 0, 0
        for name, cookies in visitors.items():
            mine = dict(cookies)
            if "_streamlit_user" in mine and "bob" not in name:
                mine["_streamlit_user"] = {
                    "a forged cookie": signed(origin, secret="0" * 64),
                    "a session that is over": signed(origin, iat=claims()["iat"] - 9 * 3600),
                    "a sign-in elsewhere": signed("https://help.example.org"),
                    "no role": signed(origin, groups=["everybody"]),
                }[name]
            frames = frames_of(open_desk.address, mine, sent)
            assert b"Your session is over" in b"".join(frames), name
            size += check([(name, frame) for frame in frames])
            count += len(frames)
        control = frames_of(open_desk.address, {**visitors["no role"], "_streamlit_user": signed(origin)}, sent)
        assert LEAKS.in_files([("control", frame) for frame in control])
    print(
        f"staff runs without the gate: {len(visitors)} strangers x {len(sent)} messages, "
        f"0 internal bytes in {count} frames ({size} bytes)"
    )


def test_a_session_of_somebody_else_cannot_be_taken_over(desk, visitors, desktop_page):
    seen = Seen(desk.address).watch(desktop_page)
    sign_in(desktop_page, desk.address, "alice")
    settle(desktop_page)
    session = re.search(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", b"".join(seen.frames))
    assert session
    for name, cookies in visitors.items():
        with pytest.raises(Exception, match="HTTP 403"):
            frames_of(desk.address, cookies, list(messages(desk.codes))[:1], session=session[0].decode())
        assert name


def test_sign_out_ends_every_tab_and_the_cookie_that_somebody_kept_even_past_a_restart(desk, new_context):
    context = new_context()
    first, second = context.new_page(), context.new_page()
    sign_in(first, desk.address, "alice")
    settle(first)
    seen = Seen(desk.address).watch(second)
    second.goto(f"{desk.address}?page=console&at={desk.codes[0]}")
    settle(second)
    kept = cookies_of(context, desk.address)
    first.get_by_role("link", name="Sign out").click()
    first.wait_for_url(f"{desk.address}**")
    expect(first.get_by_role("link", name="Sign in")).to_be_visible()
    before = len(seen.frames)
    expect(second.get_by_role("link", name="Sign in")).to_be_visible(timeout=30_000)
    assert "" == LEAKS.in_bytes(second.content().encode())
    assert [] == LEAKS.in_files([("frame", frame) for frame in seen.frames[before:]])
    assert all(socket.is_closed() for socket in seen.sockets)
    assert is_refused(desk.address, kept)
    assert b"Please sign in" in asked(desk.address, kept)
    assert "_streamlit_user" not in cookies_of(context, desk.address)
    desk.server.kill()
    desk.server.start()
    desk.server.wait()
    assert is_refused(desk.address, kept)
    assert b"Please sign in" in asked(desk.address, kept)
    assert asked(desk.address, {"_streamlit_user": signed(desk.address.rstrip("/"))}).startswith(b"200")


def test_a_session_ends_by_itself_with_the_screen(tmp_path_factory, new_context):
    with running_desk(tmp_path_factory.mktemp("short"), HELPTREE_STAFF_HOURS="0.003") as short:
        page = new_context().new_page()
        sign_in(page, f"{short.address}?page=console&at={short.codes[0]}", "alice")
        kept = cookies_of(page.context, short.address)
        seen = Seen(short.address).watch(page)
        page.wait_for_timeout(2000)
        expect(page.get_by_role("link", name="Sign in")).to_be_visible(timeout=30_000)
        assert is_refused(short.address, kept)
        assert b"over. Please sign in again" in asked(short.address, kept)
        seen.frames.clear()
        page.goto(f"{short.address}?page=console&at={short.codes[0]}")
        page.wait_for_timeout(1000)
        assert [] == seen.frames
        assert "" == LEAKS.in_bytes(page.content().encode())


def test_the_page_that_was_asked_for_comes_after_the_sign_in(desk, desktop_page):
    sign_in(desktop_page, f"{desk.address}?page=freshness&me=fr", "alice")
    settle(desktop_page)
    assert "page=freshness&me=fr" == urlsplit(desktop_page.url).query
    assert "Freshness" == desktop_page.locator("h1").inner_text()


def test_somebody_without_the_role_is_told_and_can_leave(desk, phone_page):
    sign_in(phone_page, desk.address, "bob")
    expect(phone_page.get_by_text("not as a member of the support team")).to_be_visible()
    phone_page.get_by_role("link", name="Sign out").click()
    expect(phone_page.get_by_role("link", name="Sign in")).to_be_visible()


def test_each_access_is_one_line_of_the_audit_and_names_nobody_but_staff(desk, desktop_page, tmp_path):
    sign_in(desktop_page, f"{desk.address}?page=insights", "alice")
    settle(desktop_page)
    before = desk.server.log.count("staff access")
    for page in PAGES:
        desktop_page.goto(f"{desk.address}?page={page}&lang=en")
        settle(desktop_page)
    lines = [json.loads(line) for line in desk.server.log.splitlines() if "staff access" in line][before:]
    told = [(line["staff"], line["page"], line["result"]) for line in lines]
    assert [("alice", page, "allowed") for page in PAGES] == told
    assert {"time", "level", "logger", "what", "staff", "page", "result"} == set(lines[0])
    assert "example.org" not in desk.server.log
    assert "127.0.0.1" not in "".join(map(str, lines))


def test_the_public_wizard_knows_no_staff_page_even_where_they_are_configured(desk, tmp_path, visitors):
    """Same settings, cookie of somebody with the role: the public server has no such address and no such run."""
    names = settings(1, desk.provider, HELPTREE_TREE=desk.server.folder.parent.joinpath("tree").as_posix())
    public = Replica(tmp_path / "data", small_site(tmp_path / "site"), **names)
    try:
        public.wait()
        cookie = {"_streamlit_user": signed("http://127.0.0.1:1"), "_streamlit_xsrf": "x"}
        paths = [address.removeprefix(desk.address) for address in desk.addresses()]
        files = [(path, asked(public.address + path, cookie)) for path in paths]
        check(files)
        for path in ("auth/login", "oauth2callback", "sign-in", "staff/staff.js", "auth/logout"):
            assert asked(public.address + path, cookie).startswith(b"404")
        frames = frames_of(public.address, cookie, list(messages(desk.codes)))
        size = check([("frame", frame) for frame in frames])
    finally:
        public.stop()
    print(
        f"public wizard asked for staff pages: 0 internal bytes in {len(files)} answers "
        f"and {len(frames)} frames ({size} bytes)"
    )
