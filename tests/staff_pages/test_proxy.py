"""The shipped nginx before the staff pages: strangers' words end there; with the operator's own sign-in it opens."""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.proxy import AROUND, WHY_NOT, find_nginx, free_port
from tests.replicas import Replica
from tests.sites import ROOT
from tests.staff_pages.desks import LEAKS, Seen, codes_of, settings, settle
from tests.staff_pages.sockets import is_refused
from tests.staff_pages.test_entry import asked, signed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("staff pages")]

SHIPPED = (ROOT / "deploy" / "nginx-staff.conf").read_text(encoding="utf-8")
SECRET = "p" * 40
WORDS = {"X_Helptree_Staff": "mallory", "X_Helptree_Roles": "support", "X_Helptree_Proxy": SECRET}


def placed(text: str, port: int, behind: int, folder: Path) -> str:
    for old, new in (
        ("listen 80; #", f"listen 127.0.0.1:{port}; #"),
        ("server_name staff.example.org;", "server_name 127.0.0.1;"),
        ("/var/log/nginx/helptree-staff-error.log", f"{folder}/crit.log"),
        ("http://127.0.0.1:8511", f"http://127.0.0.1:{behind}"),
    ):
        assert 1 == text.count(old), old
        text = text.replace(old, new)
    return text


def with_own_sign_in(text: str, door: int) -> str:
    """Do what the comment in the file says, with a sign-in as small as can be: a cookie that says who it is."""
    stripped = [f'  proxy_set_header X-Helptree-{name} "";\n' for name in ("Staff", "Roles", "Proxy")]
    for line in stripped:
        assert 1 == text.count(line)
        text = text.replace(line, "")
    assert 11 == text.count("  #   ")
    text = text.replace("  #   ", "  ").replace("32 random characters at least", SECRET)
    text = text.replace("127.0.0.1:4180", f"127.0.0.1:{door}")
    return text + (
        f'server {{ listen 127.0.0.1:{door}; location / {{ if ($cookie_door != "carol") {{ return 401; }}'
        " add_header X-Auth-Request-User $cookie_door; return 204; } }\n"
    )


@contextmanager
def nginx(folder: Path, text: str, address: str) -> Iterator[None]:
    program = find_nginx()
    if program is None:
        (pytest.fail if os.getuid() == 0 else pytest.skip)(WHY_NOT)
    folder.mkdir(exist_ok=True)
    for each in (folder, *folder.parents[:3]):
        with contextlib.suppress(PermissionError):
            each.chmod(0o755)
    (folder / "shipped.conf").write_text(text)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, types="/etc/nginx/mime.types"))
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert 0 == checked.returncode, checked.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                try:
                    urlopen(address, timeout=5)
                except HTTPError:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(20)


def test_strangers_words_end_at_the_shipped_nginx(desk, tmp_path):
    """Even where the server would believe a proxy: with the right secret, through nginx, nobody is let in."""
    port, behind = free_port(), free_port()
    names = {"HELPTREE_STAFF_URL": f"http://127.0.0.1:{port}", "HELPTREE_STAFF_ROLE": "support"}
    names |= {"HELPTREE_STAFF_PROXY_SECRET": SECRET, "HELPTREE_TREE": str(desk.server.folder.parent / "tree")}
    server = Replica(tmp_path / "data", tmp_path, "app_staff.py", port=behind, **names)
    address = f"http://127.0.0.1:{port}/"
    try:
        server.wait()
        with nginx(tmp_path / "nginx", placed(SHIPPED, port, behind, tmp_path / "nginx"), address):
            assert asked(address, {}, **WORDS).startswith(b"403")
            assert is_refused(address, {}, **WORDS)
        assert asked(f"http://127.0.0.1:{behind}/", {}, **WORDS).startswith(b"200")
        assert asked(f"http://127.0.0.1:{behind}/", {}, **{**WORDS, "X_Helptree_Proxy": "q" * 40}).startswith(b"403")
        assert asked(f"http://127.0.0.1:{behind}/", {"_streamlit_user": signed(address[:-1])}).startswith(b"403")
    finally:
        server.stop()


def test_the_operators_own_sign_in_opens_the_pages(desk, tmp_path, new_context):
    port, behind = free_port(), free_port()
    tree = desk.server.folder.parent / "tree"
    names = {"HELPTREE_STAFF_URL": f"http://127.0.0.1:{port}", "HELPTREE_STAFF_ROLE": "support"}
    names |= {"HELPTREE_STAFF_PROXY_SECRET": SECRET, "HELPTREE_TREE": str(tree)}
    server = Replica(tmp_path / "data", tmp_path, "app_staff.py", port=behind, **names)
    address, folder = f"http://127.0.0.1:{port}/", tmp_path / "nginx"
    folder.mkdir()
    try:
        server.wait()
        with nginx(folder, placed(with_own_sign_in(SHIPPED, free_port()), port, behind, folder), address):
            context = new_context()
            context.add_cookies([{"name": "door", "value": "carol", "url": address}])
            page = context.new_page()
            seen = Seen(address).watch(page)
            page.goto(f"{address}?page=console&at={codes_of(tree)[0]}")
            settle(page)
            assert LEAKS.in_bytes(b"".join(seen.frames))
            expect(page.get_by_role("link", name="Sign out")).to_have_count(0)
            for cookies in ({}, {"door": "mallory"}):
                assert b"401" == asked(address, cookies, **WORDS)[:3]
                assert is_refused(address, cookies, **WORDS)
            assert asked(address + "asked", {"door": "carol"}).startswith(b"404")
            assert '"staff": "carol", "page": "console", "result": "allowed"' in server.log
    finally:
        server.stop()


def test_nginx_passes_the_sign_in_at_a_provider_through(desk, tmp_path, new_context):
    """OpenID through the shipped nginx, as it stands: redirects, long cookies and the connection."""
    from tests.openid import Provider
    from tests.staff_pages.desks import sign_in

    port, behind, other = free_port(), free_port(), free_port()
    address = f"http://127.0.0.1:{port}/"
    provider = Provider(other, address[:-1])
    names = settings(port, provider, HELPTREE_TREE=str(desk.server.folder.parent / "tree"))
    server = Replica(tmp_path / "data", tmp_path, "app_staff.py", port=behind, **names)
    try:
        provider.wait()
        server.wait()
        with nginx(tmp_path / "nginx", placed(SHIPPED, port, behind, tmp_path / "nginx"), address):
            page = new_context().new_page()
            sign_in(page, address, "alice")
            settle(page)
            expect(page.get_by_role("heading", name="Console")).to_be_visible()
            assert urlopen(Request(f"http://127.0.0.1:{behind}/live"), timeout=10).status == 200
            assert asked(address + "live", {}).startswith(b"404")
    finally:
        server.stop()
        provider.stop()
