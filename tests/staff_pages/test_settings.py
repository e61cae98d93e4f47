"""Who may enter, as settings say it: whatever is missing or weak is told, all at once, and nothing is served."""

import os
import re
import subprocess
import sys

import pytest

from helptree.wizard.staff.identity import OURS
from helptree.wizard.staff.settings import NAMES, PREFIX, AccessError, read_access
from tests.sites import ROOT
from tests.staff_pages.desks import environment_without_settings

OPERATING = (ROOT / "OPERATING.md").read_text(encoding="utf-8")
OIDC = {
    "HELPTREE_STAFF_URL": "https://staff.example.org/",
    "HELPTREE_STAFF_ROLE": "support",
    "HELPTREE_STAFF_PROVIDER": "https://id.example.org/.well-known/openid-configuration",
    "HELPTREE_STAFF_CLIENT_ID": "helptree",
    "HELPTREE_STAFF_CLIENT_SECRET": "s",
    "HELPTREE_STAFF_COOKIE_SECRET": "c" * 32,
}
PROXY = {name: OIDC[name] for name in ("HELPTREE_STAFF_URL", "HELPTREE_STAFF_ROLE")} | {
    "HELPTREE_STAFF_PROXY_SECRET": "p" * 32
}


def told(environment: dict[str, str]) -> list[str]:
    with pytest.raises(AccessError) as raised:
        read_access(environment)
    return str(raised.value).split("\n")


def test_a_provider_is_told_where_to_send_people_back():
    access = read_access(OIDC)
    auth = access.secrets()["auth"]
    assert "https://staff.example.org/oauth2callback" == auth["redirect_uri"]
    assert ("staff.example.org", True, 8 * 3600) == (access.host, access.is_secure, access.seconds)


def test_a_proxy_needs_no_provider():
    assert {} == read_access(PROXY).secrets()


def test_nothing_configured_is_told_whole():
    assert [f"HELPTREE_STAFF_{name} is missing" for name in (
        "URL", "ROLE", "PROVIDER", "CLIENT_ID", "CLIENT_SECRET", "COOKIE_SECRET"
    )] == told({})  # fmt: skip


@pytest.mark.parametrize("name", sorted(OIDC))
def test_each_is_needed(name):
    assert [f"{name} is missing"] == told({**OIDC, name: " "})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COOKIE_SECRET", "short"),
        ("URL", "staff.example.org"),
        ("URL", "https://staff.example.org/below"),
        ("URL", "https://[x"),
        ("PROVIDER", "ftp://id.example.org"),
        ("HOURS", "0"),
        ("HOURS", "25"),
        ("HOURS", "nan"),
        ("HOURS", "eight"),
        ("PROXY_SECRET", "p" * 32),
    ],
)
def test_what_cannot_be_is_refused(name, value):
    assert 1 == len(told({**OIDC, f"HELPTREE_STAFF_{name}": value}))


def test_a_short_secret_of_the_proxy_is_refused():
    assert 1 == len(told({**PROXY, "HELPTREE_STAFF_PROXY_SECRET": "p" * 31}))


def test_the_pages_are_off_unless_configured():
    environment = {**environment_without_settings(), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "streamlit", "run", "app_staff.py", "--server.port", "0"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert 1 == ended.returncode
    assert "The staff pages are off" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_no_staff_page_is_served_where_sign_outs_cannot_be_remembered(tmp_path):
    (tmp_path / "signed-out.db").write_text("no database, and long enough to be none" * 40)
    environment = {**environment_without_settings(), **OIDC, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "streamlit", "run", "app_staff.py", "--server.port", "0"]
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, "HELPTREE_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert 1 == ended.returncode
    assert f"{tmp_path / 'signed-out.db'}, which remembers who has signed out, can't be used: file is" in ended.stderr
    assert "Traceback" not in ended.stderr


PUBLIC = """
import sys
from streamlit.testing.v1 import AppTest
import app
at = AppTest.from_file(sys.argv[1], default_timeout=60).run()
assert not at.exception and at.button
staff = ("helptree.staff", "helptree.wizard.staff")
foreign = {"pandas", "pyarrow", "numpy", "authlib", "joserfc"}
print(sorted(name for name in sys.modules if name.startswith(staff) or name in foreign))
"""


def test_the_public_wizard_loads_nothing_of_staff_and_no_pandas():
    script = str(ROOT / "src" / "helptree" / "wizard" / "script.py")
    environment = {**os.environ, **OIDC, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    ended = subprocess.run(
        [sys.executable, "-c", PUBLIC, script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert "[]" == ended.stdout.strip(), ended.stdout + ended.stderr[-2000:]


def test_every_setting_is_told_to_operators_and_no_other():
    told = set(re.findall(r"^\|[^|]*`(HELPTREE_STAFF_[A-Z_]+)`", OPERATING, re.MULTILINE))
    told |= set(re.findall(r"^\| `HELPTREE_STAFF_CLIENT_ID`, `(HELPTREE_STAFF_[A-Z_]+)`", OPERATING, re.MULTILINE))
    told |= {"HELPTREE_STAFF_CLIENT_ID"} & set(re.findall(r"`(HELPTREE_STAFF_[A-Z_]+)`", OPERATING))
    assert {PREFIX + name for name in NAMES} == told


def test_every_header_of_a_proxy_is_told_and_stripped_by_every_shipped_nginx():
    for name in ("X-Helptree-Staff", "X-Helptree-Roles", "X-Helptree-Proxy"):
        assert name.lower() in OURS
        assert f"| `{name}` |" in OPERATING
        # nginx forgets the headers of the server where a location sets its own: each that does says these again.
        for file, times in (("nginx-wizard.conf", 3), ("nginx-staff.conf", 1)):
            text = (ROOT / "deploy" / file).read_text()
            assert times == text.count(f'proxy_set_header {name} "";'), file
            assert times == len(re.findall(r"^ +proxy_set_header Host ", text, re.MULTILINE)), file
