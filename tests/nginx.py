"""The shipped nginx configuration, started on a free loopback port."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from tests.sites import ROOT

WHY_NOT = "no nginx: `make nginx` as root on Debian installs it; elsewhere put it on PATH"


def find_nginx() -> str | None:
    """The nginx of this machine."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class Nginx:
    """Serves a built site with deploy/nginx.conf: only port, folder, user and scratch files are changed."""

    def __init__(self, site: Path, scratch: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.config = scratch / "nginx.conf"
        self.config.write_text(self._configuration(site, scratch))
        program = find_nginx()
        assert program, WHY_NOT
        command = [program, "-p", str(scratch), "-e", str(scratch / "start.log"), "-c", str(self.config)]
        self.process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.PIPE, text=True)
        self._wait(scratch)

    def _configuration(self, site: Path, scratch: Path) -> str:
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        for old, new in (
            ("user www-data;", f"user {getpass.getuser()};" if os.getuid() == 0 else ""),
            ("worker_processes auto;", "worker_processes 1;"),
            ("/run/nginx.pid", str(scratch / "pid")),
            ("/var/log/nginx/error.log", str(scratch / "error.log")),
            ("listen 80 default_server;", f"listen 127.0.0.1:{self.port} default_server;"),
            ("listen [::]:80 default_server;", ""),
            ("/srv/helptree/site", str(site)),
        ):
            assert old in text, old
            text = text.replace(old, new)
        # Debian's nginx keeps scratch folders where only root may write.
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
            text = text.replace("http {", f"http {{\n    {name}_temp_path {scratch / name};", 1)
        return text

    def _wait(self, scratch: Path) -> None:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, (scratch / "start.log").read_text()
            time.sleep(0.05)
        raise TimeoutError("nginx does not answer")

    @property
    def address(self) -> str:
        """Where the site is, with a slash at the end."""
        return f"http://127.0.0.1:{self.port}/"

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(10)
