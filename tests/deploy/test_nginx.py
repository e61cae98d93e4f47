"""Two replicas behind the shipped nginx, with PostgreSQL: what is closed, and that no reader loses the position."""

import http.client
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import psycopg
import pytest
from playwright.sync_api import Page, expect

from helptree.engine import replay
from helptree.project import open_project
from helptree.render.plain import to_plain
from tests.conftest import PHONE
from tests.postgres import Server
from tests.proxy import WHY_NOT, Nginx, find_nginx
from tests.replicas import Replica, running, small_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("deploy")]

ROOT = Path(__file__).parents[2]
PROJECT = open_project(ROOT / "decision_tree")
FR = PROJECT.translator("fr")
OUTCOME = replay(PROJECT.tree, {"status": "cancellation-requested", "resume-link": "yes"}).node.id
PLACE = f"fr/outcomes/{OUTCOME}"
KEY = "x3JJHMbDL1EzLkh9GBhXDw=="
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": KEY}


@dataclass
class Deployed:
    nginx: Nginx
    replicas: list[Replica]
    database: str

    def ask(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.nginx.port, timeout=20)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        reply.text = reply.read().decode(errors="replace")  # type: ignore[attr-defined]
        connection.close()
        return reply


def nginx_or_skip() -> str:
    program = find_nginx()
    if program is None:
        # Root could have installed it, and `make test` tries to.
        (pytest.fail if os.getuid() == 0 else pytest.skip)(WHY_NOT)
    return program


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Iterator[Deployed]:
    program = nginx_or_skip()
    folder = tmp_path_factory.mktemp("deploy")
    site = small_site(folder / "site", ("index.html", "fr/index.html", f"{PLACE}/index.html"))
    folder.chmod(0o755)
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o055)  # nginx's workers are nobody
    url = postgres.new_database("deployed")
    with running(*(Replica(folder / name, site, HELPTREE_DATABASE_URL=url) for name in ("a", "b"))) as replicas:
        nginx = Nginx(program, [replica.port for replica in replicas], site)
        try:
            nginx.start()
            yield Deployed(nginx, replicas, url)
        finally:
            nginx.stop()


def settle(page: Page) -> None:
    page.locator("[data-ht-step]").wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(200)


def label(question: str, option: str) -> str:
    found = PROJECT.tree.questions[question].option(option)
    assert found
    return to_plain(FR.text(found.label).value)


def choose(page: Page, text: str) -> None:
    page.get_by_role("button", name=text).first.tap()
    page.wait_for_timeout(300)
    settle(page)


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/%5fstcore/metrics",
        "//metrics",
        "/_stcore/../metrics",
        "/ready",
        "/_stcore/agent/openapi.json",
        "/guide/_policy.txt",
        "/guide/_nginx.conf",
        "/guide/..%2fcrit.log",
        "/guide../a/err",
    ],
)
def test_closed_to_the_public(deployed, path):
    reply = deployed.ask(path)
    assert reply.status in (400, 404)
    assert "helptree" not in reply.text + str(reply.headers)


def test_each_replica_tells_its_figures_to_this_machine_alone(deployed):
    for replica in deployed.replicas:
        figures = replica.get("metrics")
        for name in ("helptree_run_seconds_count", "helptree_sessions", "helptree_database_up 1.0", "process_cpu"):
            assert name in figures
        assert "active_sessions" in replica.get("_stcore/metrics")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?lang=fr",
        "/guide/",
        "/guide/fr/",
        "/guide/fr/no-such/",
        "/no-such",
        "/metrics",
        "/live",
        "/wizard/wizard.css",
    ],
)
def test_every_answer_carries_a_policy_once(deployed, path):
    headers = deployed.ask(path).headers
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"):
        assert len(headers.get_all(name, [])) == 1, name
    assert " 'unsafe-eval'" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert re.search(r"\d", headers["Server"]) is None


def test_a_stranger_s_page_may_not_connect(deployed):
    own = deployed.nginx.address.rstrip("/")
    statuses = [
        deployed.ask("/_stcore/stream", **UPGRADE, **origin).status
        for origin in ({"Origin": own}, {}, {"Origin": "https://evil.example"}, {"Origin": "null"})
    ]
    assert statuses == [101, 101, 403, 403]


def test_another_name_is_not_served(deployed):
    with pytest.raises((http.client.BadStatusLine, ConnectionError)):
        deployed.ask("/", Host="evil.example")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent_up(deployed, method):
    assert deployed.ask("/_stcore/upload_file/x/y", method).status == 404
    assert deployed.ask("/", method).status == 405


def test_a_reader_stays_with_one_replica(deployed):
    first = deployed.ask("/")
    cookie = first.headers["Set-Cookie"]
    assert re.fullmatch(r"helptree_route=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", cookie)
    before = len(deployed.nginx.log("access.log").splitlines())
    for _ in range(8):
        assert deployed.ask("/", Cookie=cookie.partition(";")[0]).headers["Set-Cookie"] is None
    lines = [json.loads(line) for line in deployed.nginx.log("access.log").splitlines()[before:]]
    assert len({line["replica"] for line in lines}) == 1


def test_first_load_is_small_and_asks_nobody_else(deployed, new_context):
    context = new_context(**PHONE)
    page = context.new_page()
    violations = watch(page)
    requests: list[str] = []
    sizes: list[int] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(deployed.nginx.address + "?lang=fr")
    settle(page)
    page.wait_for_timeout(1000)
    foreign = {urlsplit(url).netloc for url in requests} - {f"127.0.0.1:{deployed.nginx.port}"}
    kib = sum(sizes) / 1024
    print(f"\nFirst load behind nginx: {kib:.0f} KiB in {len(sizes)} responses, other hosts: {len(foreign)}")
    assert (foreign, violations()) == (set(), [])
    assert kib < 800
    assert {cookie["name"] for cookie in context.cookies()} <= {"_streamlit_xsrf", "helptree_route"}


def watch(page: Page) -> Callable[[], list[str]]:
    """Collect what the policy forbids and what the console calls an error."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.add_init_script(
        "window.forbidden = []; addEventListener('securitypolicyviolation', "
        "e => forbidden.push(`${e.violatedDirective}: ${e.blockedURI} in ${e.sourceFile}`))"
    )
    return lambda: errors + page.evaluate("window.forbidden")


def test_later_loads_come_from_the_cache(deployed):
    names = re.findall(r'src="\./(static/js/[^"]+)"', deployed.ask("/").text)
    reply = [deployed.ask(f"/{names[0]}", Accept_Encoding="gzip") for _ in range(2)][1]
    assert (reply.status, reply.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in reply.headers["Cache-Control"]
    plain = deployed.ask(f"/{names[0]}")
    assert (plain.headers["Content-Encoding"], "import" in plain.text) == (None, True)


def test_nothing_that_a_reader_sent_is_written_down(deployed):
    words = "anna-at-example-9876543210"
    for path in (f"/?q={words}", f"/{words}", f"/guide/{words}", f"/_stcore/{words}", f"/?{words}" + "x" * 20_000):
        deployed.ask(path, User_Agent=words, Referer=f"https://x.example/{words}", Cookie=f"a={words}")
    deployed.ask("/_stcore/stream", **UPGRADE, Origin=f"https://{words}.example")
    logs = [deployed.nginx.log("access.log"), deployed.nginx.log("crit.log"), *(r.log for r in deployed.replicas)]
    assert all(words not in log and "127.0.0.1 " not in log for log in logs)
    for log in logs:
        for line in log.splitlines():
            json.loads(line)


# The last one: it leaves no replica.
def test_a_replica_killed_in_the_middle_costs_no_reader_the_position(deployed, new_context):
    readers = [new_context(**PHONE, locale="fr").new_page() for _ in range(4)]
    status = {"lang": "fr", "status": "cancellation-requested"}
    for page in readers:
        watch(page)
        page.goto(deployed.nginx.address + "?" + "&".join("=".join(pair) for pair in status.items()))
        settle(page)
    connected = [replica.figure("helptree_sessions") for replica in deployed.replicas]
    busiest = deployed.replicas[connected.index(max(connected))]
    other = next(replica for replica in deployed.replicas if replica is not busiest)
    busiest.kill()
    for page in readers:
        heading = page.locator("h1").inner_text()
        page.wait_for_timeout(3000 if page is readers[0] else 0)
        assert page.locator("h1").inner_text() == heading
        assert dict(parse_qsl(urlsplit(page.url).query)) == status
        choose(page, label("resume-link", "yes"))
        assert dict(parse_qsl(urlsplit(page.url).query)) == {**status, "resume-link": "yes"}
        expect(page.locator("h1")).not_to_have_text(heading)
        page.go_back()
        page.wait_for_timeout(300)
        settle(page)
        assert (page.locator("h1").inner_text(), dict(parse_qsl(urlsplit(page.url).query))) == (heading, status)
    print(f"\nKilled: the replica of {max(connected):.0f} of {len(readers)} readers; none lost the position")
    assert other.figure("helptree_sessions") == len(readers)
    for page in readers:
        choose(page, label("resume-link", "yes"))
        choose(page, FR.ui("wizard.helped"))
        assert page.evaluate("window.forbidden") == []
    with psycopg.connect(deployed.database) as connection:
        said = connection.execute(
            "SELECT kind, count(*), count(DISTINCT receipt) FROM submission GROUP BY kind"
        ).fetchall()
    assert said == [("helped", len(readers), len(readers))]
    assert deployed.ask("/").status == 200
    # The other one dies, too: each reader is told, and nginx goes on serving the page of the site.
    other.kill()
    page = readers[0]
    page.bring_to_front()
    link = page.locator("#ht-away").get_by_role("link")
    expect(link).to_have_text(FR.ui("wizard.site-page"), timeout=30_000)
    link.tap()
    expect(page.locator("h1")).to_have_text(f"{PLACE}/index.html")
