"""The wizard with a fault at every screen, to see what readers see then."""

from helptree.wizard import run


def _fail(*_: object) -> None:
    raise RuntimeError("words of a reader")


run.show = _fail  # type: ignore[assignment]

from app import app as app  # noqa: E402
