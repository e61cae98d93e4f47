"""The staff pages as an operator runs them, an OpenID provider beside them, and what somebody sees in a browser."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import BrowserContext, Page, Response, WebSocket
from playwright.sync_api import Error as PlaywrightError

from tests.leaks.forms import STEM, Leaks
from tests.openid import CLIENT, CLIENT_SECRET, COOKIE_SECRET, ROLE, Provider, password_of
from tests.planted.trees import random_tree
from tests.proxy import free_port
from tests.replicas import Replica

LEAKS = Leaks([STEM])
PAGES = ("console", "insights", "freshness", "comments")


@dataclass
class Desk:
    """A running server of staff pages. `canaries`: every internal text of its tree."""

    server: Replica
    provider: Provider | None
    canaries: list[str]
    codes: list[str]

    @property
    def address(self) -> str:
        return self.server.address

    def addresses(self) -> list[str]:
        """Every address there is, each page in each of its forms, and some that there are not."""
        query = [f"?page={page}" for page in PAGES]
        query += [f"?page=console&at={code}" for code in self.codes] + [
            "?page=comments&show=solved&from=20",
            "?start=yes",
        ]
        service = [
            "host-config",
            "health",
            "metrics",
            "stream",
            "agent/openapi.json",
            "upload_file/x/y",
            "script-health-check",
        ]
        others = [
            "staff/staff.js",
            "staff/staff.css",
            "static/x.js",
            "media/x",
            "component/x/y",
            "console",
            "admin",
            "metrics",
        ]
        others += [
            "auth/login",
            "oauth2callback",
            "oauth2callback?code=x&state=y",
            "sign-in?to=page%3Dconsole",
            "ready",
        ]
        others += ["../app_staff.py", "%2e%2e/decision_tree/tree.yaml", "//", "?lang=en&page=console&me=fr"]
        return [self.address + path for path in [*query, *(f"_stcore/{name}" for name in service), *others]]


def settings(port: int, provider: Provider, **more: str) -> dict[str, str]:
    """The variables by which an operator turns the pages on."""
    return {
        "HELPTREE_STAFF_URL": f"http://127.0.0.1:{port}",
        "HELPTREE_STAFF_PROVIDER": provider.metadata,
        "HELPTREE_STAFF_CLIENT_ID": CLIENT,
        "HELPTREE_STAFF_CLIENT_SECRET": CLIENT_SECRET,
        "HELPTREE_STAFF_COOKIE_SECRET": COOKIE_SECRET,
        "HELPTREE_STAFF_SCOPE": "openid groups",
        "HELPTREE_STAFF_ROLE": ROLE,
        **more,
    }


@contextmanager
def running_desk(folder: Path, tree: Path | None = None, app: str = "app_staff.py", **more: str) -> Iterator[Desk]:
    """The staff pages of a random tree with a canary in every internal field, or of `tree`."""
    grown = random_tree(Random("staff pages"), 12)
    port, other = free_port(), free_port()
    provider = Provider(other, f"http://127.0.0.1:{port}")
    names = settings(port, provider, HELPTREE_TREE=str(tree or grown.write(folder / "tree")), **more)
    server = Replica(folder / "data", folder, app, port=port, **names)
    try:
        provider.wait()
        server.wait()
        yield Desk(server, provider, [] if tree else grown.canaries, [] if tree else codes_of(folder / "tree"))
    finally:
        server.stop()
        provider.stop()


def codes_of(tree: Path) -> list[str]:
    from helptree.project import open_project

    public = open_project(tree).tree
    groups = (public.statuses, public.questions, public.outcomes, public.remedies)
    return [page.code for group in groups for page in group.values()]


@dataclass
class Seen:
    """Every byte that a page of a browser got from an address."""

    address: str
    answers: list[Response] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    sockets: list[WebSocket] = field(default_factory=list)

    def watch(self, page: Page) -> "Seen":
        page.on("response", self._answer)
        page.on("websocket", self._open)
        return self

    def _answer(self, answer: Response) -> None:
        if answer.url.startswith(self.address):  # the provider's own style has a colour called canary
            self.answers.append(answer)

    def _open(self, socket: WebSocket) -> None:
        self.sockets.append(socket)
        socket.on("framereceived", lambda data: self.frames.append(data if isinstance(data, bytes) else data.encode()))

    def take(self, page: Page) -> list[tuple[str, bytes]]:
        """Everything since the last time, by name; the page as it stands, too. To be called before the next page."""
        files = [(answer.url, body_of(answer)) for answer in self.answers]
        files += [("frame", frame) for frame in self.frames]
        self.answers, self.frames = [], []
        return [*files, ("page", page.content().encode())]


def body_of(answer: Response) -> bytes:
    head = repr(sorted(answer.headers.items())).encode()
    if 300 <= answer.status < 400:
        return head  # browsers keep no body of these
    try:
        return head + answer.body()
    except PlaywrightError:  # it came too late for this page; whoever asks without a browser gets it whole
        return head


def sign_in(page: Page, address: str, name: str) -> None:
    """Come by the door, fill in the provider's form, and be back."""
    page.goto(address)
    page.get_by_role("link", name="Sign in").click()
    page.locator("input[name=login]").fill(name)
    page.keyboard.press("Enter")
    page.locator("input[name=password]").fill(password_of(name))
    with page.expect_navigation(url=f"{address.split('?')[0]}**"):
        page.keyboard.press("Enter")


def settle(page: Page) -> None:
    page.locator("[data-ht-step]").wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(300)


def cookies_of(context: BrowserContext, address: str) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies(address)}


def claims(**more: Any) -> dict[str, Any]:
    """What Streamlit keeps of a sign-in, as a provider would tell it of somebody with the role."""
    now = int(time.time())
    told = {"iss": "http://127.0.0.1", "sub": "alice", "iat": now, "exp": now + 3600, "groups": [ROLE]}
    return {**told, "is_logged_in": True, "provider": "default", **more}


def environment_without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("HELPTREE_STAFF_")}
