"""Debian's nginx with the configuration we ship, on a free loopback port: nothing of it is rewritten but places."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

SHIPPED = Path(__file__).parents[1] / "deploy" / "nginx-wizard.conf"
WHY_NOT = "no nginx: `make nginx` as root on Debian installs it; elsewhere put it on PATH"
# What a distribution's nginx.conf has around the files of conf.d. Nothing is written outside of the folder.
AROUND = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
  include {types};
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/shipped.conf;
}}
"""


def find_nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def placed(text: str, places: dict[str, str]) -> str:
    """The shipped text at other places; each must be there exactly once."""
    for old, new in places.items():
        assert text.count(old) == 1, f"{SHIPPED.name} holds {old!r} {text.count(old)} times"
        text = text.replace(old, new)
    return text


class Nginx:
    """The wizard's replicas and the site behind one port. Stopped by `stop`."""

    def __init__(self, program: str, replicas: list[int], site: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self.folder = Path(tempfile.mkdtemp(prefix="helptree-nginx-"))
        self.folder.chmod(0o755)
        servers = " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in replicas)
        text = placed(
            SHIPPED.read_text(encoding="utf-8"),
            {
                "server 127.0.0.1:8501 max_fails=1 fail_timeout=5s;": servers,
                "listen 80 default_server;": f"listen 127.0.0.1:{self.port} default_server;",
                "listen 80; # With TLS": f"listen 127.0.0.1:{self.port}; # With TLS",
                "server_name help.example.org; # CHANGE": "server_name 127.0.0.1 localhost; # CHANGE",
                "/var/cache/nginx/helptree": f"{self.folder}/cache",
                "/var/log/nginx/helptree.log helptree;": f"{self.folder}/access.log helptree;",
                "/var/log/nginx/helptree-error.log": f"{self.folder}/crit.log",
                "alias /srv/helptree/site/;": f"alias {site}/;",
                "include /srv/helptree/site/_nginx.conf;": f"include {site}/_nginx.conf;",
            },
        )
        (self.folder / "shipped.conf").write_text(text, encoding="utf-8")
        types = next((path for path in ("/etc/nginx/mime.types",) if Path(path).exists()), "mime.types")
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder, types=types))
        self._command = [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        checked = subprocess.run([*self._command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with contextlib.suppress(OSError), urlopen(self.address + "live", timeout=5):
                return
            assert self._process.poll() is None, self.log("error.log")
            time.sleep(0.05)
        raise AssertionError(self.log("error.log"))

    def log(self, name: str) -> str:
        path = self.folder / name
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
