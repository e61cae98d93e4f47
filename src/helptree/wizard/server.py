"""What `app.py` puts together: routes beside the wizard, and what every answer gets."""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from helptree.headers import FOR_EVER
from helptree.model import Tree
from helptree.problems import ProblemsFound
from helptree.wizard import figures
from helptree.wizard.guards import Door
from helptree.wizard.guide import Guide
from helptree.wizard.health import PRIVATE, live, may_see, metrics, ready
from helptree.wizard.library import library, site_folder, tree_folder
from helptree.wizard.logs import SettingError, set_up, settings
from helptree.wizard.markup import tag
from helptree.wizard.place import LANG, RESERVED, accepted, choose_locale
from helptree.wizard.session import feedback
from helptree.wizard.shell import ASSETS, STATIC, content_security_policy, shell
from helptree.wizard.words import GUIDE, Words

SCRIPT = Path(__file__).with_name("script.py")
# Streamlit's own addresses; any other one is unknown, and must not become its English "Page not found".
_FILES = ("/static/", "/media/", "/component/")
_SERVICE = ("/live", "/ready", "/metrics")
# Doors of Streamlit that nobody needs here: programs that drive it, and files sent up.
_CLOSED = ("/_stcore/agent", "/_stcore/upload_file")
# 532 KiB that Streamlit loads even where the theme uses the device's fonts and no icon is shown.
_NEEDLESS_FONTS = re.compile(r"@font-face\s*{[^}]*(?:Source Sans|Material Symbols)[^}]*}")


def open_or_exit() -> None:
    """Open the tree before anything is served. Its errors go to the console, and the process ends with 1."""
    folder = tree_folder()
    try:
        tree = library(folder).current().tree
    except ProblemsFound as found:
        lines = [str(problem) for problem in found.problems if problem.kind.severity.value == "error"]
        print(f"The tree in {folder} has errors, so nothing is served:", *lines, sep="\n", file=sys.stderr)
        raise SystemExit(1) from None
    if taken := reserved_ids(tree):
        print(f"These ids of questions are words of the wizard's address: {', '.join(taken)}", file=sys.stderr)
        raise SystemExit(1)
    content_security_policy()
    try:
        settings()
    except SettingError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None


def reserved_ids(tree: Tree) -> list[str]:
    """Return ids of questions that the wizard's address needs for itself."""
    return [id_ for id_ in RESERVED if id_ in tree.questions]


def routes() -> list[BaseRoute]:
    """Return the addresses beside Streamlit's."""
    return [
        Route("/", shell, middleware=[Middleware(GZipMiddleware, minimum_size=500)]),
        Route("/live", live),
        Route("/ready", ready),
        Route("/metrics", metrics),
        Route("/wizard/{name}", asset),
        Route("/favicon.ico", icon),
        Route(GUIDE, to_guide),
        Mount(GUIDE, Guide(site_folder, _not_built)),
    ]


def middleware() -> list[Middleware]:
    """Return what every answer passes through."""
    door = Middleware(Door, content_security_policy, place_of)
    return [door, Middleware(KnownPaths), Middleware(CompressedAssets)]


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Begin to log as told when the server is up: what goes wrong before is for the operator's eyes, word for word.

    Feedback is opened before the first reader comes, and closed with all that is buffered.
    """
    set_up()
    desk = await run_in_threadpool(feedback)
    if desk:
        figures.also(desk.metrics.text)
    yield {}
    if desk:
        await run_in_threadpool(desk.close)


async def to_guide(request: Request) -> Response:
    """Add the slash without which the site's relative links would go astray."""
    return RedirectResponse(f".{GUIDE}/", 307)


async def asset(request: Request) -> Response:
    """Answer with the wizard's own style, script or icon."""
    names = {path.name: path for path in ASSETS.iterdir()}
    path = names.get(request.path_params["name"])
    return FileResponse(path, headers={"Cache-Control": FOR_EVER}) if path else Response(status_code=404)


async def icon(request: Request) -> Response:
    """Answer browsers that ask for an icon which no page named."""
    return FileResponse(ASSETS / "icon.svg")


def _words_for(scope: Scope, wanted: str | None) -> Words:
    """Return texts in the language that is wanted, else in the browser's."""
    project = library(tree_folder()).current()
    locale = choose_locale(wanted, accepted(Headers(scope=scope).get("accept-language")), project.languages)
    return Words(project.tree, project.translator(locale))


def _not_built(scope: Scope) -> str:
    words = _words_for(scope, scope["path"][len(scope["root_path"]) :].strip("/").partition("/")[0])
    text = escape(words.ui("wizard.site-missing"))
    operator = "<p><small>Operator: <code>helptree build</code></small></p>"
    return _page(words, words.plain(words.tree.title).value, f"<p>{text}</p>{operator}")


def _page(words: Words, title: str, inner: str) -> str:
    start = tag("p", tag("a", escape(words.ui("wizard.to-start")), href=f"/?lang={words.locale}"))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    style = '<link rel="stylesheet" href="/wizard/wizard.css">'
    html = f"<main class='ht-loading'><h1>{escape(title)}</h1>{inner}{start}</main>"
    return f'<!doctype html><html lang="{words.locale}" dir="{words.language.direction}">{head}{style}{html}</html>'


class KnownPaths:
    """Answers unknown addresses with 404. Streamlit would show its page, and say in English what is wrong."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass known addresses on."""
        if scope["type"] != "http" or (_is_known(scope["path"]) and not _is_private(scope)):
            await self.app(scope, receive, send)
            return
        words = _words_for(scope, Request(scope).query_params.get(LANG))
        page = _page(words, words.ui("wizard.not-found"), "")
        await HTMLResponse(page, 404, {"Vary": "Accept-Language"})(scope, receive, send)


def _is_known(path: str) -> bool:
    return place_of(path) != "unknown"


def _is_private(scope: Scope) -> bool:
    return scope["path"] in PRIVATE and not may_see(scope)


def place_of(path: str) -> str:
    """Return what kind of address a path is, for figures and logs, which hold nothing that a reader typed."""
    if path == "/":
        return "wizard"
    if path in (GUIDE, *_SERVICE) or path.startswith(f"{GUIDE}/"):
        return "guide" if path.startswith(GUIDE) else "service"
    if path.startswith(_CLOSED):
        return "unknown"
    if path == "/favicon.ico" or path.startswith((*_FILES, "/wizard/")):
        return "files"
    return "service" if path.startswith("/_stcore/") else "unknown"


class CompressedAssets:
    """Sends Streamlit's scripts and styles small: 3,034 KiB become 660. Each is made once and kept."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for known scripts and styles; pass all else on."""
        file = _compressible().get(scope["path"]) if scope["type"] == "http" else None
        accepts = file and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if not file or not accepts or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        body = await run_in_threadpool(_compressed, file)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding", "Cache-Control": FOR_EVER}
        kind = "text/css" if file.suffix == ".css" else "text/javascript"
        await Response(body, headers=headers, media_type=kind)(scope, receive, send)


@cache
def _compressible() -> Mapping[str, Path]:
    files = (*STATIC.glob("static/js/*.js"), *STATIC.glob("static/css/*.css"))
    return {f"/{file.relative_to(STATIC).as_posix()}": file for file in files}


@cache
def _compressed(file: Path) -> bytes:
    text = file.read_text(encoding="utf-8")
    return gzip.compress((_NEEDLESS_FONTS.sub("", text) if file.suffix == ".css" else text).encode(), 6, mtime=0)
