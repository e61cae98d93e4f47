"""A PostgreSQL of our own for the tests: in a temporary folder, on a socket there and a free loopback port."""

import contextlib
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg

WHY_NOT = "no PostgreSQL: `make postgres` as root on Debian installs it; elsewhere put its initdb and postgres on PATH"
# A server killed by force must come back as it would on a disk: fsync stays on.
SETTINGS = {"max_connections": "60", "shared_buffers": "16MB", "log_checkpoints": "off", "log_min_messages": "fatal"}
# Without waiting for the disk, commits are written that late: the control loses something each time.
SETTINGS["wal_writer_delay"] = "10s"
# After a crash: one call for the whole disk instead of one for each of a thousand files.
if sys.platform == "linux":
    SETTINGS["recovery_init_sync_method"] = "syncfs"


def find_programs() -> Path | None:
    """The folder with initdb and postgres."""
    folders = sorted(
        map(Path, glob.glob("/usr/lib/postgresql/*/bin")), key=lambda f: float(f.parent.name), reverse=True
    )
    if on_path := shutil.which("initdb"):
        folders.insert(0, Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def as_postgres() -> dict[str, str]:
    """PostgreSQL refuses to run as root."""
    return {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}


class Server:
    """Started, stopped and killed at will; what was committed is there again at the next start."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # Not pytest's folder, which nobody but root may enter.
        self.folder = Path(tempfile.mkdtemp(prefix="helptree-pg-"))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        if as_postgres():
            shutil.chown(self.folder, "postgres", "postgres")
        command = [programs / "initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        command += ["--locale=C.UTF-8", "--no-sync", "--wal-segsize=1"]
        run = subprocess.run(command, capture_output=True, text=True, cwd="/", **as_postgres())
        assert run.returncode == 0, run.stderr
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        settings = {**SETTINGS, "port": str(self.port), "unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [self._programs / "postgres", "-D", self.folder / "data", *options]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **as_postgres())
        for _ in range(600):
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url(), connect_timeout=2):
                return
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        """Stop as an operator would: at once, with all connections cut."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)
            self.process = None

    def kill(self) -> None:
        """kill -9 of the server and all its processes in one go, before one can save what another held in memory."""
        assert self.process
        main = psutil.Process(self.process.pid)
        main.suspend()  # starts no more
        for process in [*main.children(recursive=True), main]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(30)
        self.process = None
        for process in psutil.process_iter(["ppid", "cmdline"]):
            assert str(self.folder) not in " ".join(process.info["cmdline"] or []), process

    def new_database(self, name: str) -> str:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        return self.url(name)

    def emptied_database(self, name: str) -> str:
        """A database of that name with nothing in it; emptying takes a tenth of the time of making one."""
        with contextlib.suppress(psycopg.errors.DuplicateDatabase):
            self.new_database(name)
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self.url(name)

    def remove(self) -> None:
        if self.process:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def main() -> int:
    """Print the PostgreSQL the tests will use; 1 when there is none (`make postgres` asks)."""
    programs = find_programs()
    if programs is None:
        return 1
    version = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    print(f"PostgreSQL: {programs} ({version.strip()})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
