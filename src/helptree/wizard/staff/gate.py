"""Stands before everything that is served to staff: without a sign-in with the role there is no page and no connection.

Streamlit is asked for nothing until then. A connection ends with its session, and with the sign-out in another tab.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from helptree.wizard.staff import audit, cookies
from helptree.wizard.staff.doorway import doorway
from helptree.wizard.staff.identity import OURS, UNTIL, Refused, Staff, Why, by_claims, by_proxy
from helptree.wizard.staff.settings import Access
from helptree.wizard.staff.signed_out import FAILED, read_signed_out, write_signed_out

_log = logging.getLogger(__name__)
SIGN_IN = "/sign-in"
# Where somebody wanted to go before the sign-in; kept for as long as that may take.
_TO, _TO_SECONDS, _TO_LONGEST = "helptree_staff_to", 600, 2000
_OPEN = ("/live", "/favicon.ico", "/wizard/wizard.css", "/wizard/icon.svg")
_LOGIN = (cookies.LOGIN, cookies.LOGOUT, cookies.CALLBACK)
STREAM = "/_stcore/stream"


class Sessions:
    """Sign-ins of this process: which have ended, and what is open under each."""

    def __init__(self) -> None:
        self._ended: dict[str, float] = {}
        self._open: dict[str, set[asyncio.Event]] = {}
        self._file: Path | None = None

    def keep_in(self, file: Path) -> None:
        """Remember sign-outs in a file, beyond this process. Raises one of signed_out.FAILED."""
        self._ended |= read_signed_out(file)
        self._file = file

    def end(self, staff: Staff) -> None:
        """End a sign-in in every tab."""
        now = time.time()
        self._ended = {name: until for name, until in self._ended.items() if until > now} | {staff.session: staff.until}
        for event in self._open.get(staff.session, ()):
            event.set()
        try:
            if self._file:
                write_signed_out(self._file, staff.session, staff.until)
        except FAILED as error:
            _log.error("A sign-out holds only until the next start, it could not be written down: %s", error)

    def is_over(self, staff: Staff) -> bool:
        """Say whether somebody has signed out."""
        return staff.session in self._ended

    @contextmanager
    def open(self, staff: Staff) -> Iterator[asyncio.Event]:
        """Give what is set at the sign-out."""
        event = asyncio.Event()
        events = self._open.setdefault(staff.session, set())
        events.add(event)
        try:
            yield event
        finally:
            events.discard(event)
            if not events:
                self._open.pop(staff.session, None)


SESSIONS = Sessions()


def judged(who: Staff | Refused) -> Staff | Refused:
    """Return who it is, refused when they have signed out."""
    return Refused(Why.SIGN_IN) if isinstance(who, Staff) and SESSIONS.is_over(who) else who


class Gate:
    """Lets staff in. Everybody else gets the page that says how to sign in, and no connection."""

    def __init__(self, app: ASGIApp, access: Callable[[], Access]):
        self.app, self.access = app, access()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        who = self._who(scope)
        if scope["type"] == "websocket":
            await self._connect(who, scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(who, scope, receive, _hardened(send, self.access))

    def _who(self, scope: Scope) -> Staff | Refused:
        """Judge a request. Nothing that only this gate may say gets past it."""
        connection, now = HTTPConnection(scope), time.time()
        if self.access.provider:
            scope["headers"] = [pair for pair in scope["headers"] if pair[0].decode("latin-1").lower() not in OURS]
            return judged(by_claims(cookies.claims_in(connection.cookies, self.access), self.access, now))
        until = now + self.access.seconds
        scope["headers"] = [pair for pair in scope["headers"] if pair[0].decode("latin-1").lower() != UNTIL]
        scope["headers"].append((UNTIL.encode(), str(until).encode()))
        return by_proxy(Headers(scope=scope), self.access, until, now)

    async def _connect(self, who: Staff | Refused, scope: Scope, receive: Receive, send: Send) -> None:
        if isinstance(who, Refused) or scope["path"] != STREAM:
            audit.tell(who.id, "connection", who.why if isinstance(who, Refused) else "no such page")
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        with SESSIONS.open(who) as ended:
            inner = asyncio.ensure_future(self.app(scope, receive, send))
            waits = asyncio.create_task(ended.wait())
            await asyncio.wait({inner, waits}, timeout=who.until - time.time(), return_when=asyncio.FIRST_COMPLETED)
            waits.cancel()
            if inner.done():
                await inner
                return
            inner.cancel()
            await asyncio.gather(inner, return_exceptions=True)
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, who: Staff | Refused, scope: Scope, receive: Receive, send: Send) -> None:
        path, is_oidc = scope["path"], bool(self.access.provider)
        if path in _OPEN or (is_oidc and path in _LOGIN):
            if path == cookies.LOGOUT and isinstance(who, Staff):
                SESSIONS.end(who)
                audit.tell(who.id, "sign-out")
            await self.app(scope, receive, send)
        elif is_oidc and path == SIGN_IN:
            await self._to_login(scope)(scope, receive, send)
        elif isinstance(who, Refused):
            audit.tell(who.id, "page", who.why)
            await doorway(who, self.access, scope)(scope, receive, send)
        elif path == "/" and (wanted := HTTPConnection(scope).cookies.get(_TO)):
            back = RedirectResponse(f"/?{quote(wanted, safe='=&%')}", 303, {"Cache-Control": "no-store"})
            back.delete_cookie(_TO)
            await back(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _to_login(self, scope: Scope) -> Response:
        """Start Streamlit's login, and keep in mind which page was wanted: it only knows the way home."""
        wanted = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("to", "")
        response = RedirectResponse(cookies.login_address(), 303, {"Cache-Control": "no-store"})
        if wanted and len(wanted) <= _TO_LONGEST and wanted.isascii() and wanted.isprintable():
            value = quote(wanted, safe="=&%")
            response.set_cookie(_TO, value, max_age=_TO_SECONDS, httponly=True, samesite="lax")
        return response


def _hardened(send: Send, access: Access) -> Send:
    """Make cookies of the sign-in end with the session, and travel by https alone where there is https.

    Streamlit keeps them for 30 days and never says Secure.
    """

    async def hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("X-Robots-Tag", "noindex, nofollow")
            message["headers"] = [
                (name, _cookie(value, access) if name.lower() == b"set-cookie" else value)
                for name, value in message["headers"]
            ]
        await send(message)

    return hardened


def _cookie(value: bytes, access: Access) -> bytes:
    jar = SimpleCookie(value.decode("latin-1"))
    for name, morsel in jar.items():
        if name.startswith((cookies.SIGNED, cookies.STATE)) and morsel["max-age"]:
            morsel["max-age"] = min(int(morsel["max-age"]), int(access.seconds))
            morsel["httponly"] = True
        if access.is_secure:
            morsel["secure"] = True
        return morsel.OutputString().encode("latin-1")
    return value
