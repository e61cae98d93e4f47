"""Serves the built site on this machine, for authors: `helptree serve`, and with `--watch` after every edit anew."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from watchfiles import watch as watch_files

from helptree.live import NEWS, SCRIPT, SCRIPT_FILE, Live, files_named, version_of, with_script
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
        body = self.not_found().read()
        if self.command != "HEAD":
            self.wfile.write(body)

    def not_found(self) -> BytesIO:
        """Send the head of the page for what is not there, and return the page."""
        return self.send_text(HTTPStatus.NOT_FOUND, "text/html", not_found_page(Path(self.directory), self.path[1:]))

    def send_text(self, code: int, kind: str, body: bytes) -> BytesIO:
        """Send the head of an answer, and return its body."""
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def list_directory(self, path: Any) -> None:
        """Folders without a page are not found: nobody may browse them."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")  # an author must see the last edit
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Authors look for problems here, not for requests."""


class _LiveHandler(_Handler):
    """Serves the site of today, with pages that hear of the next one."""

    def __init__(self, *request: Any, live: Live, **options: Any) -> None:
        self._live = live  # the request is answered by what follows
        super().__init__(*request, **options)

    @property
    def _address(self) -> str:
        return urlsplit(self.path).path

    def do_GET(self) -> None:
        if self._address != NEWS:
            super().do_GET()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        address = urlsplit(self.path).query
        with suppress(ConnectionError):  # the page was closed
            for event in self._live.events(lambda: self._version(address, self._html(address))):
                self.wfile.write(event)

    def send_head(self) -> Any:
        # It counts in seconds: after two edits in one second, the browser would be told that it has the second.
        del self.headers["If-Modified-Since"]
        if self._address == SCRIPT:
            return self.send_text(HTTPStatus.OK, "text/javascript", SCRIPT_FILE.read_bytes())
        if html := self._page(self._address):
            self._live.ask(self._address)
            return self._send_page(HTTPStatus.OK, html)
        return super().send_head()

    def not_found(self) -> BytesIO:
        return self._send_page(HTTPStatus.NOT_FOUND, self._live.not_found(self._address))

    def _send_page(self, code: int, html: bytes) -> BytesIO:
        return self.send_text(code, "text/html", with_script(html, self._version(self._address, html)))

    def _html(self, address: str) -> bytes:
        return self._page(address) or self._live.not_found(address)

    def _page(self, address: str) -> bytes | None:
        file = Path(self.translate_path(f"{address}index.html" if address.endswith("/") else address))
        try:
            return file.read_bytes() if file.suffix == ".html" else None
        except OSError:
            return None

    def _version(self, address: str, html: bytes) -> str:
        return version_of(html, [Path(self.translate_path(urljoin(address, name))) for name in files_named(html)])

    def translate_path(self, path: str) -> str:
        self.directory = str(self._live.folder(path))
        return super().translate_path(path)


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

    The site is built first when there is none yet. With `watch`, every edit of the tree in `folder` builds it anew, and
    pages that are open show it by themselves; while the tree has errors they are told, and the last good site stays.
    `tell` gets every line for the author; `stop` ends the serving from another thread. Raises OSError when the port is
    taken, and without `watch` ProblemsFound or SiteError when there is no site and none can be built.
    """
    stop, live = stop or threading.Event(), Live(site_dir)

    def build() -> None:
        project = open_project(folder)
        report = build_site(
            project, site_dir=site_dir, docs_dir=docs_dir, config=config, first=live.asked, on_ready=live.be_ready
        )
        tell(f"Built {sum(report.pages.values())} pages, {report.made} of them new, in {report.seconds:.1f} s")

    def rebuild() -> None:
        live.finish(_hindrances(build, tell))

    # What is edited during the first build must be seen, too: so the watching begins here, and looks up now and then.
    edits = watch_files(folder, stop_event=stop, debounce=100, step=50, rust_timeout=200, yield_on_timeout=True)
    if watch and folder.is_dir():
        next(edits, None)
    if watch:
        rebuild()
    elif not site_dir.exists():
        build()
    handler = functools.partial(_LiveHandler, live=live) if watch else _Handler
    server = ThreadingHTTPServer(("127.0.0.1", port), functools.partial(handler, directory=str(site_dir)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    tell(f"Serving {site_dir} on http://127.0.0.1:{server.server_port}/")
    try:
        if watch:
            for found in edits:
                if found:
                    rebuild()
        else:
            stop.wait()
    except KeyboardInterrupt:
        pass
    finally:
        live.end()
        server.shutdown()
        server.server_close()
        thread.join()


def _hindrances(build: Callable[[], None], tell: Callable[[str], None]) -> list[str]:
    """Build the site; tell and return what hindered it, line by line."""
    try:
        build()
    except ProblemsFound as found:
        lines = [*map(str, found.problems), "The tree has errors: the last good site is still served."]
    except SiteError as error:
        lines = [*error.messages, "The site was not built: the last good one is still served."]
    else:
        return []
    for line in lines:
        tell(line)
    return lines
