"""What stands before everything that is served: which requests are let in, and what every answer carries.

HELPTREE_HOSTS names the hosts that readers use, such as `help.example.org` (`*.example.org` and `*` are possible);
without it only this machine's own names are answered. It also says whose pages may open a connection.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from html import escape
from time import perf_counter
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from helptree.wizard import figures

HOSTS = "HELPTREE_HOSTS"
_LOOPBACK = ("localhost", "127.0.0.1", "::1", "*.localhost")
# A machine that asks for health knows an address, not a name.
HEALTH = ("/live", "/ready", "/_stcore/health")
# Nothing here is sent by forms: readers' words come over the WebSocket, whose messages Streamlit limits.
_METHODS = ("GET", "HEAD", "OPTIONS")
LONGEST_QUERY = 16 * 1024
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_log = logging.getLogger(__name__)


def hosts(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the hosts that are answered."""
    named = environment.get(HOSTS, "").replace(",", " ").lower().split()
    return tuple(host.strip("[]").rstrip(".") for host in named) or _LOOPBACK


def is_allowed_host(host: str | None, allowed: Iterable[str]) -> bool:
    """Say whether a Host header names one of the allowed hosts, at any port."""
    name = _host_of(f"//{host}") if host else None
    return name is not None and any(
        pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:])) for pattern in allowed
    )


def is_allowed_origin(origin: str | None, host: str | None, allowed: Iterable[str]) -> bool:
    """Say whether a page of that origin may speak with us: our own, or one of another host that is named.

    Programs send no Origin. `*` allows any host, but no stranger's page.
    """
    if origin is None:
        return True
    if urlsplit(origin).netloc == host:
        return True
    return is_allowed_host(urlsplit(origin).netloc or None, [pattern for pattern in allowed if pattern != "*"])


def _host_of(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return None
    if parts.username is not None or parts.path or parts.query or parts.fragment:
        return None
    return parts.hostname.rstrip(".") if parts.hostname else None


def refusal_of(scope: Scope, allowed: Iterable[str]) -> tuple[int, str] | None:
    """Return the status and the reason for which a request is not let in, else None."""
    headers = Headers(scope=scope)
    host, origin = headers.get("host"), headers.get("origin")
    if scope["path"] not in HEALTH and not is_allowed_host(host, allowed):
        return 421, "host"
    is_open = scope["type"] == "websocket"
    if is_open and not is_allowed_origin(origin, host, allowed):
        return 403, "origin"
    if not is_open and scope["method"] not in _METHODS:
        return 405, "method"
    if len(scope["query_string"]) > LONGEST_QUERY:
        return 414, "length"
    return None


_TOLD = {
    421: f"This name is not served here. Operator: put it into {HOSTS}.",
    403: "Pages of other sites may not connect.",
    405: "Only reading is possible here.",
    414: "This address is too long.",
    500: "Something went wrong here. It was written down without a word of yours. Please try again.",
}


def _page(status: int) -> Response:
    text = escape(_TOLD[status])
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{status}</title><p>{text}</p></html>'
    headers = {"Cache-Control": "no-store"} | ({"Allow": ", ".join(_METHODS)} if status == 405 else {})
    return HTMLResponse(html, status, headers)


class Door:
    """Lets in what may come in, puts the headers of safety on every answer, also on errors, and counts.

    `policy` is the content security policy of answers that bring none; `place_of` names an address for figures and
    logs, out of a closed list.
    """

    def __init__(self, app: ASGIApp, policy: Callable[[], str], place_of: Callable[[str], str]):
        self.app, self.policy, self.place_of = app, policy, place_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse."""
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._connect(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        if refusal := refusal_of(scope, hosts()):
            figures.refused(refusal[1])
            _log.info("connection refused", extra={"figures": {"why": refusal[1]}})
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        with figures.session():
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Answer(send, self.policy)
        start = perf_counter()
        app = self.app
        if refusal := refusal_of(scope, hosts()):
            figures.refused(refusal[1])
            app = _page(refusal[0])
        try:
            await app(scope, receive, answer)
        except Exception:
            _log.exception("An answer failed")
            if answer.status:  # half of it is sent
                raise
            await _page(500)(scope, receive, answer)
        finally:
            self._note(scope, answer.status, perf_counter() - start)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        place = self.place_of(scope["path"])
        figures.answered(place, status)
        is_file = status < 400 and place in ("files", "service")
        level = logging.WARNING if status >= 500 else logging.DEBUG if is_file else logging.INFO
        told = {"method": _method(scope), "place": place, "status": status, "ms": round(seconds * 1000)}
        _log.log(level, "request", extra={"figures": told})


def _method(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method in (*_METHODS, "POST", "PUT", "PATCH", "DELETE") else "other"


class _Answer:
    """Sends on, with headers; knows the status. 0: nothing was sent."""

    def __init__(self, send: Send, policy: Callable[[], str]):
        self._send, self._policy, self.status = send, policy, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _EVERYWHERE.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", self._policy())
        await self._send(message)
