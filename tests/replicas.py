"""The wizard as an operator runs it: processes of `streamlit run app.py`, each killed or stopped at will."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import psutil

from helptree.headers import header_files
from tests.proxy import free_port

ROOT = Path(__file__).parents[1]


def small_site(folder: Path, pages: tuple[str, ...] = ("index.html", "en/index.html", "fr/index.html")) -> Path:
    """What `helptree build` would make, without the minute it takes."""
    for page in pages:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text(f"<!doctype html><title>{page}</title><h1>{page}</h1>" + "<p>word</p>" * 100)
    for name, text in header_files([], []).items():
        (folder / name).write_text(text)
    return folder


class Replica:
    """One process. `log` is what it wrote to standard error."""

    def __init__(
        self, folder: Path, site: Path, app: str = "app.py", health: str = "live", port: int = 0, **environment: str
    ) -> None:
        self.port, self._health = port or free_port(), health
        self._command = [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(self.port)]
        self.address = f"http://127.0.0.1:{self.port}/"
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        settings = {"PYTHONPATH": str(ROOT / "src"), "HELPTREE_SITE": str(site), "HELPTREE_DATA": str(folder)}
        settings |= {"HELPTREE_LOG": "json", "HELPTREE_LOG_LEVEL": "info", **environment}
        self._environment = {**os.environ, **settings}
        self.start()

    def start(self) -> None:
        """Start it, also again at the same port."""
        with (self.folder / "out").open("ab") as out, (self.folder / "err").open("ab") as err:
            command, environment = self._command, self._environment
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=err)

    def wait(self, seconds: float = 90) -> "Replica":
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(OSError), urlopen(self.address + self._health, timeout=5):
                return self
            assert self.process.poll() is None, self.log
            time.sleep(0.1)
        raise AssertionError(self.log)

    @property
    def log(self) -> str:
        return (self.folder / "err").read_text(errors="replace")

    def get(self, path: str) -> str:
        with urlopen(self.address + path, timeout=10) as reply:
            return str(reply.read().decode())

    def figure(self, name: str) -> float:
        """The value of one line of /metrics."""
        lines = [line.rpartition(" ") for line in self.get("metrics").splitlines() if not line.startswith("#")]
        return next((float(value) for key, _, value in lines if key == name), 0.0)

    def cpu(self) -> float:
        """Seconds this process has worked."""
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)

    def memory(self) -> int:
        """Bytes that are this process's alone."""
        return int(psutil.Process(self.process.pid).memory_full_info().uss)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
        self.kill()


@contextmanager
def running(*replicas: Replica) -> Iterator[list[Replica]]:
    """Wait until all answer; stop them at the end."""
    try:
        yield [replica.wait() for replica in replicas]
    finally:
        for replica in replicas:
            replica.stop()
