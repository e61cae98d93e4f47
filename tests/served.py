"""`helptree serve` as an author has it: the command, in a process of its own."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sites import ROOT

_LONGEST = 60.0


class Served:
    """A running command. `told`: what it has told so far, line by line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.told: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.told.append(line.rstrip("\n"))

    def wait_for(self, words: str) -> str:
        """Return the last line with these words, as soon as there is one."""
        end = time.monotonic() + _LONGEST
        while not (found := [line for line in self.told if words in line]):
            assert time.monotonic() < end, self.told
            assert self.process.poll() is None, self.told
            time.sleep(0.01)
        return found[-1]

    @property
    def builds(self) -> int:
        """How many builds were finished while it served."""
        return sum(line.startswith("Built ") for line in self.told)

    @property
    def address(self) -> str:
        return self.wait_for("Serving ").split()[-1]


@contextmanager
def serve(folder: Path, *options: str) -> Iterator[Served]:
    """Serve the site of `folder/tree`, with docs/ and site/ beside it, on a free port."""
    where = ["--site", folder / "site", "--docs", folder / "docs", "--config", ROOT / "mkdocs.yml", "--port", "0"]
    command = [sys.executable, "-m", "helptree", "serve", "--tree", folder / "tree", *where, *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        served = Served(process)
        served.wait_for("Serving ")
        yield served
    finally:
        process.terminate()
        process.wait(20)
