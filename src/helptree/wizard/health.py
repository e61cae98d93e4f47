"""For machines: `/live` (the process answers), `/ready` (it can help a reader), `/metrics` (figures, not for all)."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from helptree.apart import MARKER
from helptree.wizard import figures
from helptree.wizard.library import site_folder

TOKEN = "HELPTREE_METRICS_TOKEN"
PRIVATE = ("/metrics", "/_stcore/metrics")
# Any of these says that the request was passed on for somebody else.
_PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_FRESH = {"Cache-Control": "no-store"}


async def live(request: Request) -> Response:
    """Say that the process answers. If not, start it anew."""
    return JSONResponse({"status": "live"}, headers=_FRESH)


async def ready(request: Request) -> Response:
    """Say whether this process can help a reader. If not, send readers elsewhere.

    The tree is open, else nothing would answer. A database that is away is no reason against it: the walk goes on,
    and feedback waits on the disk.
    """
    reason = ""
    if (site_folder() / MARKER).is_file():
        reason = f"{site_folder()} holds the staff reference. Set HELPTREE_SITE to the public site."
    elif not (site_folder() / "index.html").is_file():
        reason = f"The site is not built: {site_folder()} has no index.html. Run `helptree build`."
    answer = {"status": "not ready", "reason": reason} if reason else {"status": "ready"}
    return JSONResponse(answer, 503 if reason else 200, _FRESH)


async def metrics(request: Request) -> Response:
    """Answer Prometheus."""
    return Response(figures.text(), headers={"Content-Type": figures.CONTENT_TYPE, **_FRESH})


def may_see(scope: Scope, token: Callable[[], str] = lambda: os.environ.get(TOKEN, "")) -> bool:
    """Say whether the figures are for the one who asks: a program on this machine, or one with the token.

    Behind a proxy on the same machine everybody comes from here; what a proxy passes on says so in its headers.
    """
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if wanted := token():
        return hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {wanted}".encode())
    return _is_here(scope) and not any(name in headers for name in _PASSED_ON)


def _is_here(scope: Scope) -> bool:
    host, _ = scope.get("client") or ("", 0)
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
