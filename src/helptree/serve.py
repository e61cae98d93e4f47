"""Serves the built site on this machine, for authors: `helptree serve`, and with `--watch` after every edit anew."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch as watch_files

from helptree.missing import not_found_page
from helptree.problems import ProblemsFound
from helptree.project import open_project
from helptree.site import SiteError, build_site


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder. The folder may be switched at any time: it is looked up at every request."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        body = not_found_page(Path(self.directory), self.path.lstrip("/"))
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: Any) -> None:
        """Folders without a page are not found: nobody may browse them."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")  # an author must see the last edit
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Authors look for problems here, not for requests."""


def serve_site(
    folder: Path,
    site_dir: Path,
    port: int,
    watch: bool,
    *,
    docs_dir: Path = Path("docs"),
    config: Path = Path("mkdocs.yml"),
    tell: Callable[[str], None] = print,
    stop: threading.Event | None = None,
) -> None:
    """Serve `site_dir` on 127.0.0.1 until interrupted; port 0 takes a free one. Blocks.

    The site is built first when there is none yet. With `watch`, every edit of the tree in `folder` builds it anew;
    while the tree has errors they are told and the last good site stays. `tell` gets every line for the author;
    `stop` ends the serving from another thread. Raises OSError when the port is taken.
    """
    stop = stop or threading.Event()
    rebuild = functools.partial(_rebuild, folder, site_dir, docs_dir, config, tell)
    if watch or not site_dir.exists():
        rebuild()
    server = ThreadingHTTPServer(("127.0.0.1", port), functools.partial(_Handler, directory=str(site_dir)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    tell(f"Serving {site_dir} on http://127.0.0.1:{server.server_port}/")
    try:
        if watch:
            for _ in watch_files(folder, stop_event=stop, debounce=100, step=50):
                rebuild()
        else:
            stop.wait()
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _rebuild(folder: Path, site_dir: Path, docs_dir: Path, config: Path, tell: Callable[[str], None]) -> None:
    try:
        project = open_project(folder)
        report = build_site(project, site_dir=site_dir, docs_dir=docs_dir, config=config)
    except ProblemsFound as found:
        for problem in found.problems:
            tell(str(problem))
        tell("The tree has errors: the last good site is still served.")
    except SiteError as error:
        for message in error.messages:
            tell(message)
        tell("The site was not built: the last good one is still served.")
    else:
        tell(f"Built {sum(report.pages.values())} pages, {report.made} of them new, in {report.seconds:.1f} s")
