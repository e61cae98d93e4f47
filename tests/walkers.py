"""Walk a tree as readers do: here by the wizard's own buttons, without a browser."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from helptree.engine import Answer
from helptree.project import Project
from helptree.render.plain import to_plain
from helptree.wizard.library import TREE_VARIABLE
from helptree.wizard.server import SCRIPT
from tests.site_walker import SiteWalker

__all__ = ["SiteWalker", "WizardWalker", "shown", "text_of"]

_H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)


class WizardWalker:
    """Presses the wizard's buttons by their labels. Each step of all paths is pressed once and remembered."""

    def __init__(self, project: Project, locale: str) -> None:
        self.project = project
        self.locale = locale
        self.translator = project.translator(locale)
        self.app = AppTest.from_file(str(SCRIPT), default_timeout=30)
        self._seen: dict[tuple[Answer, ...], tuple[dict[str, str], str]] = {}

    def walk(self, answers: Iterable[Answer]) -> str:
        """Return the first heading that a reader reaches who presses these answers one by one, from the root."""
        path: tuple[Answer, ...] = ()
        _, title = self._at_root()
        for answer in answers:
            address, _ = self._seen[path]
            path = (*path, answer)
            if path not in self._seen:
                self.open(address)
                self.press(self.label_of(answer))
                self._seen[path] = self.address, self.title
            _, title = self._seen[path]
        return title

    def land(self, answers: Iterable[Answer]) -> str:
        """Return the first heading at the address of a position."""
        self.open({"lang": self.locale, **{answer.question: answer.option for answer in answers}})
        return self.title

    def label_of(self, answer: Answer) -> str:
        """Return what a reader looks for."""
        option = self.project.tree.questions[answer.question].option(answer.option)
        assert option, answer
        return to_plain(self.translator.text(option.label).value)

    def open(self, address: Mapping[str, str]) -> None:
        """Enter an address."""
        self.app.query_params.clear()
        self.app.query_params.update(address)
        with _tree_at(self.project.folder):
            self.app.run()
        assert not self.app.exception, self.app.exception

    def press(self, label: str) -> None:
        """Press the one button whose first line is that label."""
        found = [button for button in self.app.button if shown(button)[0] == label]
        assert len(found) == 1, (label, [shown(button) for button in self.app.button])
        self._click(found[0])

    def press_found(self, number: int) -> None:
        """Press one of what the finder found; the list below has buttons of the same name."""
        self._click([button for button in self.app.button if str(button.key).startswith("found_")][number])

    def press_option(self, option: str) -> None:
        """Press the button of an option by its id."""
        [button] = [button for button in self.app.button if str(button.key).startswith(f"option_{option}_")]
        self._click(button)

    def _click(self, button: Button) -> None:
        with _tree_at(self.project.folder):
            button.click().run()
        assert not self.app.exception, self.app.exception

    def send(self, form: str, text: str) -> None:
        """Write into the one form whose field has that label, and press its button."""
        [field] = [area for area in self.app.text_area if area.label == form]
        field.set_value(text)
        [button] = [button for button in self.app.button if button.form_id == field.form_id]
        self._click(button)

    @property
    def address(self) -> dict[str, str]:
        """What the browser's address line holds."""
        return dict(self.app.query_params)

    @property
    def html(self) -> str:
        """All of the screen that is no button."""
        return "".join(element.proto.body for element in self.app.get("html"))

    @property
    def title(self) -> str:
        """The words of the first heading; there must be exactly one."""
        found = _H1.findall(self.html)
        assert len(found) == 1, found
        return text_of(found[0])

    @property
    def labels(self) -> list[str]:
        """All buttons but those of forms, each with its lines joined."""
        return [" | ".join(shown(button)) for button in self.app.button if not button.form_id]

    def _at_root(self) -> tuple[dict[str, str], str]:
        if () not in self._seen:
            self.open({"lang": self.locale})
            self._seen[()] = self.address, self.title
        return self._seen[()]


def shown(button: Button) -> list[str]:
    """Return a label's lines as a reader sees them."""
    bare = re.sub(r"(?<!\\)\*", "", button.label).replace("\u2060", "")
    return [re.sub(r"\\(.)", r"\1", line) for line in bare.split("  \n")]


def text_of(html: str) -> str:
    """Return the words of HTML."""
    return unescape(re.sub(r"<[^>]+>", "", html))


@contextmanager
def _tree_at(folder: Path) -> Iterator[None]:
    before = os.environ.get(TREE_VARIABLE)
    os.environ[TREE_VARIABLE] = str(folder.absolute())
    try:
        yield
    finally:
        os.environ.pop(TREE_VARIABLE)
        if before is not None:
            os.environ[TREE_VARIABLE] = before
