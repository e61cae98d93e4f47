"""The gate before everything: asked as a server asks it, without one."""

import asyncio
import json
import time

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from helptree.wizard.staff.gate import Gate, Sessions
from helptree.wizard.staff.identity import Staff
from helptree.wizard.staff.settings import read_access
from helptree.wizard.staff.signed_out import read_signed_out
from tests.asgi import ask, scope_of
from tests.staff_pages.desks import claims
from tests.staff_pages.test_settings import OIDC, PROXY

BEHIND = "what is behind the gate"
URL = "https://staff.example.org"


async def tell_headers(request):
    return JSONResponse(dict(request.headers))


async def behind(request):
    answer = PlainTextResponse(BEHIND)
    if request.url.path == "/auth/logout":
        answer.delete_cookie("_streamlit_user")
    else:
        answer.set_cookie("_streamlit_user", "x", max_age=30 * 24 * 3600)
    return answer


def gate(environment=OIDC):
    inner = Starlette(routes=[Route("/headers", tell_headers), Mount("/", Route("/{path:path}", behind))])
    return Gate(inner, lambda: read_access(environment))


def cookie(name="_streamlit_user", secret=OIDC["HELPTREE_STAFF_COOKIE_SECRET"], **more):
    value = json.dumps(claims(origin=URL) | more)
    return f"{name}={create_signed_value(secret, name, value).decode()}"


def test_a_signed_cookie_with_the_role_opens_it():
    assert BEHIND == ask(gate(), "/", cookie=cookie()).text


@pytest.mark.parametrize(
    ("status", "header"),
    [
        (401, ""),
        (401, "_streamlit_user=x"),
        (401, "_streamlit_user="),
        (401, cookie(secret="d" * 32)),
        (401, cookie(name="_streamlit_user_tokens").replace("_tokens=", "=")),
        (401, cookie(origin="https://help.example.org")),
        (401, cookie(is_logged_in=False)),
        (401, cookie(iat=1)),
        (401, cookie()[:-2]),
        (401, cookie().replace("_streamlit_user", "_Streamlit_user")),
        (403, cookie(groups=["people"])),
    ],
)
@pytest.mark.parametrize("path", ["/", "/static/x.js", "/_stcore/health", "/media/x", "/no-such"])
def test_nothing_less_does(status, header, path):
    reply = ask(gate(), path, cookie=header)
    assert (status, False) == (reply.status, BEHIND in reply.text)
    assert "no-store" == reply.headers["cache-control"]


def test_words_of_a_proxy_count_for_nothing_where_people_sign_in():
    reply = ask(gate(), "/headers", x_helptree_staff="a1", x_helptree_roles="support", x_helptree_proxy="p" * 32)
    assert 401 == reply.status
    told = json.loads(ask(gate(), "/headers", cookie=cookie(), x_helptree_staff="a1", x_helptree_until="9").text)
    assert [] == [name for name in told if name.startswith("x-helptree")]


def test_a_proxy_with_the_secret_opens_it_and_nobody_sets_its_end():
    words = {"x_helptree_staff": "a1", "x_helptree_roles": "support", "x_helptree_proxy": "p" * 32}
    told = json.loads(ask(gate(PROXY), "/headers", x_helptree_until="9e99", **words).text)
    assert 1e9 < float(told["x-helptree-until"]) < 9e9
    for name in words:
        assert ask(gate(PROXY), "/", **{**words, name: "other"}).status in ((200,) if "staff" in name else (403,))


def test_the_sign_in_of_streamlit_counts_for_nothing_behind_a_proxy():
    assert 403 == ask(gate(PROXY), "/", cookie=cookie()).status
    assert 403 == ask(gate(PROXY), "/auth/login").status
    assert 403 == ask(gate(PROXY), "/sign-in").status


def test_cookies_of_the_sign_in_end_with_the_session_and_travel_by_https_alone():
    kept = ask(gate(), "/oauth2callback", "code=x").headers["set-cookie"]
    assert {"Max-Age=28800", "Secure", "HttpOnly"} <= set(kept.split("; "))
    ended = ask(gate(), "/auth/logout").headers["set-cookie"]
    assert {"Max-Age=0", "Secure"} <= set(ended.split("; "))


def test_the_page_that_was_wanted_comes_after_the_sign_in_and_is_always_ours(monkeypatch):
    monkeypatch.setattr("helptree.wizard.staff.cookies.encode_provider_token", lambda _: "token")
    first = ask(gate(), "/", "page=console&at=AB2C3")
    assert 'href="/sign-in?to=page%3Dconsole%26at%3DAB2C3"' in first.text
    second = ask(gate(), "/sign-in", "to=page%3Dconsole%26at%3DAB2C3")
    assert "/auth/login?provider=token" == second.headers["location"]
    kept = second.headers["set-cookie"].split(";")[0]
    third = ask(gate(), "/", cookie=f"{cookie()}; {kept}")
    assert (303, "/?page=console&at=AB2C3") == (third.status, third.headers["location"])
    for evil in ("https://evil.example", "//evil.example", "\r\nx: y", "\u00e9", "a" * 3000):
        sent = ask(gate(), "/", cookie=f'{cookie()}; helptree_staff_to="{evil}"'.encode().decode("latin-1"))
        assert sent.status == 200 or sent.headers["location"].startswith("/?")


def test_a_connection_is_refused_without_a_sign_in_and_closed_with_its_session():
    async def connect(header: str, path: str = "/_stcore/stream") -> list:
        sent = []

        async def app(scope, receive, send):
            await send({"type": "websocket.accept"})
            await asyncio.Event().wait()

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message["type"])

        scope = {**scope_of(path, cookie=header), "type": "websocket", "subprotocols": []}
        await asyncio.wait_for(Gate(app, lambda: read_access(OIDC))(scope, receive, send), 20)
        return sent

    async def all_of_them() -> list[list]:
        soon = cookie(iat=claims()["iat"] - 8 * 3600 + 2)
        tried = [("",), (cookie(groups=[]),), (cookie(), "/other"), (cookie(), "//_stcore/stream"), (soon,)]
        return [await connect(*each) for each in tried]

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:  # Playwright keeps a loop on the main thread
        found = pool.submit(lambda: asyncio.run(all_of_them())).result(60)
    assert [["websocket.close"]] * 4 + [["websocket.accept", "websocket.close"]] == found


def test_a_sign_out_is_remembered_by_the_next_process_until_it_would_have_ended(tmp_path):
    file = tmp_path / "data" / "signed-out.db"
    gone, past, here = (Staff(name, time.time() + left, name) for name, left in (("a", 60), ("b", 0.2), ("c", 60)))
    first = Sessions()
    first.keep_in(file)
    first.end(gone)
    first.end(past)
    time.sleep(0.3)
    second = Sessions()
    second.keep_in(file)
    assert [True, False, False] == [second.is_over(each) for each in (gone, past, here)]
    assert {"a": gone.until} == read_signed_out(file)


def test_a_sign_out_holds_here_when_it_cannot_be_written_down(tmp_path, caplog):
    file = tmp_path / "signed-out.db"
    sessions, staff = Sessions(), Staff("a", time.time() + 60, "a")
    sessions.keep_in(file)
    file.unlink()
    file.mkdir()
    sessions.end(staff)
    assert sessions.is_over(staff)
    assert "only until the next start" in caplog.text
