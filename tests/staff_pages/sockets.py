"""Speaks Streamlit's protocol without a browser: connects as anybody might, and sends every message there is."""

from collections.abc import Iterator
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.staff_pages.desks import PAGES

PATHS = ("/_stcore/stream", "//_stcore/stream", "/_stcore/stream/", "/x/_stcore/stream", "/_stcore/stream?page=console")
# Seconds without a frame after which nothing more is waited for; what comes later is read with the next message.
_QUIET, _RUN = 0.1, 5.0


def messages(codes: list[str], fragments: tuple[str, ...] = ("", "x")) -> Iterator[bytes]:
    """Every kind of message, and runs of every page, with page hashes and widgets that nobody was shown."""
    for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields:
        message = BackMsg()
        if field.message_type:
            getattr(message, field.name).SetInParent()
        elif field.cpp_type == field.CPPTYPE_STRING:
            setattr(message, field.name, "x")
        else:
            setattr(message, field.name, True)
        if field.name != "debug_shutdown_runtime":
            yield message.SerializeToString()
    for query in [*({"page": page} for page in PAGES), *({"page": "console", "at": code} for code in codes[:2])]:
        for page_hash, page_name in (("", ""), ("x", ""), ("", "staff"), ("", "script"), ("", "console")):
            yield run(urlencode(query), page_hash, page_name)
    for fragment in fragments:
        message = BackMsg.FromString(run("page=comments"))
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.add(id="$$ID-x-seen_RECEIPT", trigger_value=True)
        yield message.SerializeToString()


def run(query: str, page_hash: str = "", page_name: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_script_hash = page_hash
    message.rerun_script.page_name = page_name
    message.rerun_script.context_info.locale = "en"
    return message.SerializeToString()


def open_as(address: str, cookies: dict[str, str], path: str = PATHS[0], session: str = "", **headers: str):
    """Connect as a browser with these cookies does. Raises InvalidStatus when refused."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    if cookies:
        told["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    protocols = ["streamlit", cookies.get("_streamlit_xsrf", "x"), *([session] if session else [])]
    return connect(
        address.rstrip("/").replace("http", "ws", 1) + path,
        origin=address.rstrip("/"),
        subprotocols=protocols,
        additional_headers=told,
        max_size=None,
        open_timeout=20,
    )


def frames_of(
    address: str, cookies: dict[str, str], sent: list[bytes], path: str = PATHS[0], **more: str
) -> list[bytes]:
    """Send messages, one after the other; return every frame that came. Raises InvalidStatus when refused."""
    frames: list[bytes] = []
    waiting = list(sent)
    while waiting:
        with open_as(address, cookies, path, **more) as socket:
            try:
                while waiting:
                    message = waiting.pop(0)
                    socket.send(message)
                    is_run = BackMsg.FromString(message).WhichOneof("type") == "rerun_script"
                    _read(socket, frames, is_run)
            except ConnectionClosed:
                continue  # some messages end a connection; the rest goes over the next one
    return frames


def _read(socket, frames: list[bytes], is_run: bool) -> None:
    """Read until a run is over, or until it is quiet."""
    try:
        while True:
            data = socket.recv(timeout=_RUN if is_run else _QUIET)
            assert isinstance(data, bytes)
            frames.append(data)
            if ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
                return
    except TimeoutError:
        return


def is_refused(address: str, cookies: dict[str, str], path: str = PATHS[0], **headers: str) -> bool:
    """Say whether not even a connection is to be had."""
    try:
        with open_as(address, cookies, path, **headers):
            return False
    except InvalidStatus as refused:
        return refused.response.status_code in (401, 403, 404)
