"""The wizard with a fault at every screen, to see what readers see then. Put together as in app.py."""

from streamlit.starlette import App

from helptree.wizard import run
from helptree.wizard.server import SCRIPT, lifespan, middleware, routes


def _fail(*_: object) -> None:
    raise RuntimeError("words of a reader")


run.show = _fail  # type: ignore[assignment]
app = App(SCRIPT, routes=routes(), middleware=middleware(), lifespan=lifespan)
