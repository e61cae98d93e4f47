"""Ask an ASGI app, without a server."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Thread

from starlette.types import ASGIApp, Message, Scope


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    app: ASGIApp, path: str, query: str = "", method: str = "GET", client: str = "127.0.0.1", **headers: str
) -> Reply:
    """Return the reply to one request; `accept_encoding="gzip"` is a header."""
    return ask_all(app, [scope_of(path, query.encode(), method, client, **headers)])[0]


def scope_of(path: str, query: bytes = b"", method: str = "GET", client: str = "127.0.0.1", **headers: str) -> Scope:
    """What a server tells an app of a request."""
    pairs = {"host": "127.0.0.1", **headers}.items()
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in pairs],
        "client": (client, 1),
        "server": ("127.0.0.1", 80),
    }


def ask_all(app: ASGIApp, scopes: Sequence[Scope], seconds: float = 30) -> list[Reply]:
    """Return the replies, in order."""
    replies: list[Reply] = []

    async def run() -> None:
        for scope in scopes:
            replies.append(await _ask(app, scope))

    # Playwright keeps a loop on the main thread.
    thread = Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), f"no reply to {scopes[len(replies)]}"
    return replies


async def _ask(app: ASGIApp, scope: Scope) -> Reply:
    sent: list[Message] = []
    asked: list[bool] = []

    async def receive() -> Message:
        if asked:
            await asyncio.Event().wait()
        asked.append(True)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    pairs = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return Reply(sent[0]["status"], dict(pairs), b"".join(message.get("body", b"") for message in sent[1:]))
