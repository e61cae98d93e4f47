"""Ask an ASGI app one thing, without a server."""

import asyncio
from dataclasses import dataclass
from threading import Thread
from typing import Any

from starlette.types import ASGIApp, Message


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(app: ASGIApp, path: str, query: str = "", method: str = "GET", **headers: str) -> Reply:
    """Return the reply to one request; `accept_encoding="gzip"` is a header."""
    sent: list[Message] = []
    asked: list[bool] = []
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> Message:
        if asked:
            await asyncio.Event().wait()
        asked.append(True)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    # Playwright keeps a loop on the main thread.
    thread = Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    thread.join(30)
    assert not thread.is_alive(), f"no reply to {path}"
    pairs = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return Reply(sent[0]["status"], dict(pairs), b"".join(message.get("body", b"") for message in sent[1:]))
