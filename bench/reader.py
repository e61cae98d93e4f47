"""A reader without a browser: speaks Streamlit's own protocol over a real WebSocket, and knows what must come.

Each answer is compared with the tree: the screen must show the code of the node where the walk is now.
"""

import random
import re
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from helptree.model import Tree
from helptree.wizard.place import read_place

_CODE = re.compile(r'class="ht-code"[^>]*>([^<]+)<')


class WrongScreen(AssertionError):
    """What came is not what the tree says."""


@dataclass
class Screen:
    """What one run of the script sent."""

    buttons: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    texts: str = ""
    query: str | None = None
    messages: int = 0
    bytes: int = 0

    def take(self, data: bytes) -> bool:
        """Take a message; whether it was the last one."""
        message = ForwardMsg.FromString(data)
        self.messages += 1
        self.bytes += len(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":  # a run begins, perhaps anew
            self.buttons, self.codes, self.texts = [], [], ""
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message)
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _see(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "button":
            self.buttons.append(element.button.id)
        elif kind == "exception":
            raise WrongScreen("the wizard shows an exception")
        elif kind == "html":
            self.codes += _CODE.findall(element.html.body)
            self.texts += element.html.body


class Connection:
    """One WebSocket: what a browser sends, and how long until the screen is whole."""

    def __init__(self, socket: ClientConnection, query: str = "", locale: str = "en") -> None:
        self.socket, self.query, self.locale = socket, query, locale

    async def run(self, button: str = "") -> tuple[Screen, float]:
        """Run the script, with a button pressed or none. Returns the screen and the seconds it took."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.context_info.locale = self.locale
        message.rerun_script.context_info.timezone = "UTC"
        if button:
            message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        screen, start = Screen(), perf_counter()
        await self.socket.send(message.SerializeToString())
        async for data in self.socket:
            assert isinstance(data, bytes)
            if screen.take(data):
                break
        else:
            raise WrongScreen("the server hung up")
        if screen.query is not None:
            self.query = screen.query
        return screen, perf_counter() - start


def open_socket(address: str, cookie: str = "") -> connect:
    """Open a WebSocket as a browser on that page would; `cookie`: what the page set."""
    return connect(
        address.replace("http", "ws", 1) + "_stcore/stream",
        origin=address.rstrip("/"),
        additional_headers={"Cookie": cookie} if cookie else None,
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
        max_size=None,
        compression=None,
        open_timeout=60,
    )


class Reader:
    """Walks the wizard at random: answers, and starts again at an outcome."""

    def __init__(self, connection: Connection, tree: Tree, chance: random.Random) -> None:
        self.connection, self._tree, self._chance = connection, tree, chance
        self.screen, self.node = Screen(), ""

    async def arrive(self) -> float:
        """Open the first screen."""
        return await self._run()

    async def step(self) -> float:
        """Press something that leads elsewhere. Returns the seconds until the next screen was whole."""
        before = self.connection.query
        options = [button for button in self.screen.buttons if "-option_" in button]
        again = [button for button in self.screen.buttons if "-start_again_" in button]
        if not options + again:
            raise WrongScreen(f"nothing to press: {self.screen.buttons}")
        took = await self._run(self._chance.choice(options or again))
        if self.connection.query == before:
            raise WrongScreen("the press changed nothing")
        return took

    async def _run(self, button: str = "") -> float:
        self.screen, took = await self.connection.run(button)
        query = dict(parse_qsl(self.connection.query))
        node = read_place(self._tree, query, self.connection.locale).position.node
        self.node = node.id
        if node.code not in self.screen.codes:
            raise WrongScreen(f"{node.id} should be shown at {urlencode(query)}")
        return took
