"""Real processes, walked over real WebSockets by readers without a browser: rows land once, nothing hostile harms."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from bench import failover
from bench.load import measure, wizard
from bench.reader import Connection, Reader, WrongScreen, open_socket
from helptree.project import open_project
from tests.deploy.test_nginx import nginx_or_skip
from tests.helpers import MINIMAL
from tests.hostile import MARK, queries
from tests.proxy import Nginx
from tests.replicas import Replica, running, small_site

pytestmark = pytest.mark.xdist_group("deploy")

ROOT = Path(__file__).parents[2]
PROJECT = open_project(ROOT / "decision_tree")
TREE = PROJECT.tree
THANKS = PROJECT.translator("en").ui("wizard.helped-thanks")


def in_thread(work: Callable[[], Awaitable[Any]]) -> Any:
    """Playwright keeps a loop on the main thread."""
    found: list[Any] = []
    failed: list[BaseException] = []

    async def run() -> None:
        try:
            found.append(await work())
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=lambda: asyncio.run(run()))
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]


async def visit(address: str, seed: int) -> str:
    """Walk to an outcome, say twice that it helped, be thanked. Returns the outcome."""
    async with open_socket(address) as socket:
        reader = Reader(Connection(socket, "lang=en"), TREE, random.Random(seed))
        await reader.arrive()
        while not (helped := [button for button in reader.screen.buttons if "-helped_" in button]):
            await reader.step()
        await reader.connection.run(helped[0])
        screen, _ = await reader.connection.run(helped[0])
        assert THANKS in screen.texts
        return reader.node


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


@pytest.mark.parametrize("visits", [12, pytest.param(200, marks=pytest.mark.stress)])
def test_what_readers_say_to_any_replica_is_in_postgres_once(postgres, tmp_path, visits):
    url = postgres.new_database(f"replicas{visits}")
    site = small_site(tmp_path / "site")
    settings = {"HELPTREE_DATABASE_URL": url}
    with running(*(Replica(tmp_path / name, site, **settings) for name in ("a", "b"))) as replicas:
        nginx = Nginx(nginx_or_skip(), [replica.port for replica in replicas], site)

        def shares() -> list[float]:
            return [replica.figure("helptree_walks_total") for replica in replicas]

        async def crowd() -> list[str]:
            """Ten at a time; each comes without a cookie, so that chance decides which replica it gets.

            Chance may send all to one, and a busy machine a replica on leave: then some more come.
            """
            outcomes: list[str] = []
            while len(outcomes) < visits or (min(shares()) == 0 and len(outcomes) < 5 * visits):
                come = len(outcomes)
                some = range(come, come + (min(10, visits - come) if come < visits else 10))
                outcomes += await asyncio.gather(*(visit(nginx.address, seed) for seed in some))
            return outcomes

        try:
            nginx.start()
            outcomes = in_thread(crowd)
            took_part = shares()
        finally:
            nginx.stop()
    # Both have stopped as they should: what was buffered is written.
    said = Counter(node for (node,) in rows(url, "SELECT node FROM submission WHERE kind = 'helped'"))
    assert said == Counter(outcomes)
    (walks,) = rows(url, "SELECT count(*), count(DISTINCT walk) FROM event WHERE kind = 'start'")
    assert walks == (len(outcomes), len(outcomes))
    (verdicts,) = rows(url, "SELECT count(*), count(DISTINCT walk) FROM event WHERE kind = 'helped'")
    assert verdicts == (len(outcomes), len(outcomes))
    assert min(took_part) > 0
    print(
        f"\n{len(outcomes)} readers on two replicas ({took_part}): {sum(said.values())} rows in PostgreSQL, each once"
    )


def test_walks_and_thanks_go_on_while_the_database_is_away(postgres, tmp_path):
    url = postgres.new_database("away")
    site = small_site(tmp_path / "site")
    settings = {"HELPTREE_DATABASE_URL": url}
    with running(*(Replica(tmp_path / name, site, **settings) for name in ("a", "b"))) as replicas:
        nginx = Nginx(nginx_or_skip(), [replica.port for replica in replicas], site)

        async def some(seeds: range) -> list[str]:
            return list(await asyncio.gather(*(visit(nginx.address, seed) for seed in seeds)))

        try:
            nginx.start()
            outcomes = in_thread(lambda: some(range(3)))
            postgres.stop()
            try:
                outcomes += in_thread(lambda: some(range(3, 11)))
                waiting = sum(replica.figure("helptree_waiting") for replica in replicas)
                assert [replica.get("ready") for replica in replicas] == ['{"status":"ready"}'] * 2
            finally:
                postgres.start()
            outcomes += in_thread(lambda: some(range(11, 14)))
            for replica in replicas:
                assert _until(lambda: replica.figure("helptree_waiting") == 0, 60)  # noqa: B023
        finally:
            nginx.stop()
    assert waiting >= 8
    assert Counter(node for (node,) in rows(url, "SELECT node FROM submission")) == Counter(outcomes)
    assert rows(url, "SELECT count(*), count(DISTINCT receipt) FROM submission") == [(14, 14)]
    print(f"\nPostgreSQL away under 8 of 14 readers: all thanked, {waiting:.0f} rows waited, each stored once")


def _until(what: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_the_bench_kills_one_of_two_and_notices_who_is_lost(tmp_path, monkeypatch):
    nginx_or_skip()
    monkeypatch.setattr(failover, "LONGEST_WAIT", 12.0)
    crowds: list[failover.Crowd] = []
    really = failover.kill_midway

    async def watched(nginx, replicas, tree, locales, crowd):
        crowds.append(crowd)
        return await really(nginx, replicas, tree, locales, crowd)

    monkeypatch.setattr(failover, "kill_midway", watched)
    told = in_thread(lambda: asyncio.to_thread(failover.table, 6, tmp_path))
    [crowd] = crowds
    assert not isinstance(told, str)
    assert (crowd.lost, crowd.presses > crowd.after > 0, len(crowd.away) >= 3) == (0, True, True)


@pytest.mark.parametrize("number", [200, pytest.param(2_000, marks=pytest.mark.stress)])
def test_hostile_addresses_get_a_screen(tmp_path, number):
    with running(Replica(tmp_path / "a", small_site(tmp_path / "site"), HELPTREE_LOG_LEVEL="debug")) as (replica,):

        async def attack() -> int:
            shown = 0
            async with open_socket(replica.address) as socket:
                for query in queries(number):
                    connection = Connection(socket, query.decode("utf-8", "replace"))
                    screen, _ = await connection.run()
                    shown += bool(screen.codes)
                    assert MARK not in screen.texts, query
            return shown

        assert in_thread(attack) == number
        assert MARK not in replica.log
        assert quote(MARK) not in replica.log
        assert replica.figure('helptree_problems_total{level="error"}') == 0
    print(f"\nHostile query strings to the wizard: {number}, a screen for each, none in the log")


def test_the_load_bench_walks_and_notices_a_wrong_screen(tmp_path):
    with running(Replica(tmp_path / "a", small_site(tmp_path / "site"))) as (replica,):
        load = in_thread(lambda: measure(replica, wizard(TREE, ["en", "fr"]), 3, 8))
        assert len(load.seconds) >= 3
        assert load.cpu > 0
        assert replica.figure("helptree_run_seconds_count") >= len(load.seconds)
        assert replica.figure("helptree_sessions") == 0

        async def look_for_another_tree() -> None:
            async with open_socket(replica.address) as socket:
                place = Connection(socket, "lang=en&status=refunded")
                await Reader(place, open_project(MINIMAL).tree, random.Random(1)).arrive()

        with pytest.raises(WrongScreen):
            in_thread(look_for_another_tree)
