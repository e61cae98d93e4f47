"""What `app_staff.py` puts together: the door of the wizard, the gate behind it, and Streamlit behind that."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from helptree.feedback.settings import data_dir
from helptree.headers import FOR_EVER
from helptree.problems import ProblemsFound
from helptree.staff.words import label
from helptree.wizard.guards import HOSTS, Door
from helptree.wizard.health import live
from helptree.wizard.library import library, tree_folder
from helptree.wizard.logs import SettingError, set_up, settings
from helptree.wizard.markup import tag
from helptree.wizard.server import CompressedAssets, asset, icon
from helptree.wizard.shell import assets_version, content_security_policy, index_html
from helptree.wizard.staff import audit
from helptree.wizard.staff.address import RESERVED
from helptree.wizard.staff.console import finder_of
from helptree.wizard.staff.cookies import CALLBACK, LOGIN, LOGOUT
from helptree.wizard.staff.desk import close_desk, desk
from helptree.wizard.staff.gate import SESSIONS, SIGN_IN, STREAM, Gate
from helptree.wizard.staff.settings import AccessError, access
from helptree.wizard.staff.signed_out import FAILED, FILE

SCRIPT = Path(__file__).with_name("script.py")
ASSETS = Path(__file__).with_name("assets")
_SIGNING = (SIGN_IN, LOGIN, LOGOUT, CALLBACK)
_SERVICE = ("/live", STREAM, "/_stcore/health", "/_stcore/host-config")
_FILES = ("/static/", "/wizard/", "/staff/")


def open_or_exit() -> None:
    """Read the settings and open the tree before anything is served. Errors go to the console; the process ends."""
    try:
        os.environ[HOSTS] = access().host
        settings()
        _remember_sign_outs()
        tree = library(tree_folder()).current().tree
    except (AccessError, SettingError) as error:
        _leave(f'The staff pages are off: OPERATING.md, "Staff pages", says how to turn them on.\n{error}')
    except ProblemsFound as found:
        _leave(f"The tree in {tree_folder()} has errors, so nothing is served:\n{found.problems[0]}")
    if taken := [id_ for id_ in RESERVED if id_ in tree.questions]:
        _leave(f"These ids of questions are words of the staff pages' address: {', '.join(taken)}")
    content_security_policy()


def _remember_sign_outs() -> None:
    """Without its file a server that forgot them would let a cookie in again, so there is none without."""
    if not access().provider:
        return
    file = data_dir() / FILE
    try:
        SESSIONS.keep_in(file)
    except FAILED as error:
        raise AccessError(f"{file}, which remembers who has signed out, can't be used: {error}") from None


def _leave(message: str) -> None:
    print(message, file=sys.stderr)
    raise SystemExit(1)


def routes() -> list[BaseRoute]:
    """Return the addresses beside Streamlit's."""
    return [
        Route("/", shell, middleware=[Middleware(GZipMiddleware, minimum_size=500)]),
        Route("/live", live),
        Route("/wizard/{name}", asset),
        Route("/staff/{name}", staff_asset),
        Route("/favicon.ico", icon),
    ]


def middleware() -> list[Middleware]:
    """Return what every answer passes through."""
    return [
        Middleware(Door, content_security_policy, place_of),
        Middleware(Gate, access),
        Middleware(KnownPaths),
        Middleware(CompressedAssets),
    ]


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Log as told, and open what readers said, if it answers."""
    set_up()
    audit.set_up()
    await run_in_threadpool(desk)
    await run_in_threadpool(finder_of, library(tree_folder()).current())  # else the first to look up would wait for it
    yield {}
    await run_in_threadpool(close_desk)


class KnownPaths:
    """Answers unknown addresses, and Streamlit's doors that nobody needs, with 404."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass known addresses on."""
        if scope["type"] != "http" or place_of(scope["path"]) != "unknown":
            await self.app(scope, receive, send)
        else:
            await Response("Not found", 404, {"Cache-Control": "no-store"})(scope, receive, send)


def place_of(path: str) -> str:
    """Return what kind of address a path is, out of a closed list."""
    if path == "/":
        return "staff"
    if path in _SIGNING:
        return "sign-in"
    if path in _SERVICE:
        return "service"
    return "files" if path == "/favicon.ico" or path.startswith(_FILES) else "unknown"


async def staff_asset(request: Request) -> Response:
    """Answer with the staff pages' own style or script."""
    names = {path.name: path for path in ASSETS.iterdir()}
    path = names.get(request.path_params["name"])
    return FileResponse(path, headers={"Cache-Control": FOR_EVER}) if path else Response(status_code=404)


async def shell(request: Request) -> Response:
    """Answer with Streamlit's page, ours around it. It holds nothing of the tree."""
    headers = {"Content-Security-Policy": content_security_policy(), "Cache-Control": "no-store"}
    return HTMLResponse(_shell(), headers=headers)


@cache
def _shell() -> str:
    title, version = escape(label("title")), f"{assets_version()}{_version()}"
    names = ("/wizard/wizard.js", "/staff/staff.js")
    head = f'<title>{title}</title><link rel="icon" href="/wizard/icon.svg" type="image/svg+xml">'
    head += "".join(
        f'<link rel="stylesheet" href="{name}?{version}">' for name in ("/wizard/wizard.css", "/staff/staff.css")
    )
    head += "".join(f'<script type="module" src="{name}?{version}"></script>' for name in names)
    html = index_html().replace('<html lang="en">', '<html lang="en" dir="ltr">')
    html = html.replace("<title>Streamlit</title>", head)
    waiting = tag("main", tag("h1", title), class_="ht-loading")
    away = tag("div", "", id="ht-away", class_="ht-away", role="alert")
    return html.replace('<div id="root"></div>', f'<div id="root">{waiting}</div>{away}')


@cache
def _version() -> str:
    content = b"".join(path.read_bytes() for path in sorted(ASSETS.iterdir()))
    return sha256(content).hexdigest()[:12]
