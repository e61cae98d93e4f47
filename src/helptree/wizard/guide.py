"""Serves the built site under /guide/. The folder is looked up anew for each request, so a rebuild shows at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse
from starlette.types import Receive, Scope, Send

from helptree.apart import MARKER
from helptree.headers import FOR_EVER, POLICY_FILE, is_hashed, policy
from helptree.missing import not_found_page


class Guide:
    """The site as an ASGI app. `folder`: where it is built; `not_built`: what a request gets when it is not."""

    def __init__(self, folder: Callable[[], Path], not_built: Callable[[Scope], str]):
        self._folder = folder
        self._not_built = not_built

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        response, rule = await run_in_threadpool(lambda: (self._answer(scope), _policy(self._folder())))
        response.headers.setdefault("Content-Security-Policy", rule)
        await response(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        folder = self._folder().resolve()
        # The staff reference is never served to readers, whatever a setting says.
        if not (folder / "index.html").is_file() or (folder / MARKER).is_file():
            return HTMLResponse(self._not_built(scope), 503, {"Cache-Control": "no-store", "Retry-After": "60"})
        path = scope["path"][len(scope["root_path"]) :]
        found = find_file(folder, path)
        if found and found.is_dir():
            # Relative, so that it is right behind any proxy and under any prefix.
            return RedirectResponse(f"./{found.name}/", 307)
        return _send(found, scope) if found else _not_found(folder, path, scope["root_path"])


def _policy(folder: Path) -> str:
    """Return the policy that the build wrote, with the hashes of its inline scripts; without a build, the strictest."""
    try:
        return (folder / POLICY_FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return policy([])


def find_file(folder: Path, path: str) -> Path | None:
    """Return the file of a path, its folder when only the last slash is missing, or None. Never leaves the site."""
    try:
        found = (folder / path.lstrip("/")).resolve()
        if not found.is_relative_to(folder):
            return None
        if not found.is_dir():
            if found.name.startswith("_"):  # what the build tells servers
                return None
            return found if found.is_file() and not path.endswith("/") else None
        index = found / "index.html"
        if not index.is_file():
            return None
        return index if path.endswith("/") or (found == folder and not path) else found
    except (OSError, ValueError):  # a name too long, a null byte
        return None


def _send(file: Path, scope: Scope, status: int = 200) -> Response:
    response = FileResponse(file, status_code=status, stat_result=file.stat())
    response.headers["Cache-Control"] = FOR_EVER if is_hashed(file.name) else "no-cache"
    asked = Headers(scope=scope).get("if-none-match", "")
    if response.headers.get("etag") in [tag.strip(" W/") for tag in asked.split(",")]:
        return NotModifiedResponse(response.headers)
    return response


def _not_found(folder: Path, path: str, prefix: str) -> Response:
    """Answer with the page that the path's language has for this, else with the site's.

    Such a page stands at any depth, so it names its place from the root; the site knows nothing of our prefix.
    """
    page = not_found_page(folder, path.lstrip("/"), f"{prefix}/")
    return HTMLResponse(page, 404, {"Cache-Control": "no-cache"})
