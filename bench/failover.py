"""Two replicas behind the shipped nginx, one of them killed while readers walk: who loses the position, who waits?

A reader does what a browser does: it holds the address, and when the connection breaks it connects again with it.
"""

import asyncio
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from rich.table import Table
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from bench.reader import Connection, Reader, WrongScreen, open_socket
from bench.rows import ROOT
from helptree.model import Tree
from helptree.project import open_project
from tests.proxy import WHY_NOT, Nginx, find_nginx
from tests.replicas import Replica, running, small_site

LONGEST_WAIT = 60.0
_GONE = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)


@dataclass
class Crowd:
    """What happened to all readers."""

    readers: int
    presses: int = 0
    killed_at: float = float("inf")
    after: int = 0
    lost: int = 0
    away: list[float] = field(default_factory=list)

    def pressed(self) -> None:
        self.presses += 1
        self.after += time.monotonic() > self.killed_at


def cookie_of(address: str) -> str:
    """Ask for the page as a browser does first; it sets the cookie that keeps a reader with one replica."""
    with urlopen(address) as reply:
        return "; ".join(value.partition(";")[0] for value in reply.headers.get_all("Set-Cookie") or [])


async def walk(address: str, tree: Tree, locale: str, seed: int, crowd: Crowd, end: float) -> None:
    """One reader, until the time is over; connects again as often as it must."""
    chance = random.Random(seed)
    cookie = await asyncio.to_thread(cookie_of, address)
    reader = Reader(Connection(None, f"lang={locale}", locale), tree, chance)  # type: ignore[arg-type]
    broken: float | None = None
    while time.monotonic() < end:
        try:
            async with open_socket(address, cookie) as socket:
                reader.connection.socket = socket
                await reader.arrive()  # raises WrongScreen if it is not where the address says
                if broken is not None:
                    crowd.away.append(time.monotonic() - broken)
                    broken = None
                while time.monotonic() < end:
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * 2)
                    await reader.step()
                    crowd.pressed()
        except WrongScreen:
            if not socket.close_code:
                crowd.lost += 1
                return
            broken = broken or time.monotonic()
        except _GONE:
            broken = broken or time.monotonic()
        if broken is not None:
            await asyncio.sleep(0.25)
    crowd.lost += broken is not None


async def kill_midway(nginx: Nginx, replicas: list[Replica], tree: Tree, locales: list[str], crowd: Crowd) -> float:
    """Put readers on both, kill the busier one when all walk, and let the others go on. Returns how many it had."""
    end = time.monotonic() + LONGEST_WAIT
    async with asyncio.TaskGroup() as group:
        for seed in range(crowd.readers):
            locale = locales[seed % len(locales)]
            group.create_task(walk(nginx.address, tree, locale, seed, crowd, end))
            await asyncio.sleep(0.03)
        await asyncio.sleep(LONGEST_WAIT / 3)
        figures = [await asyncio.to_thread(replica.figure, "helptree_sessions") for replica in replicas]
        crowd.killed_at = time.monotonic()
        replicas[figures.index(max(figures))].kill()
    return max(figures)


def table(readers: int, scratch: Path) -> Table | str:
    """Measure; a sentence when there is no nginx."""
    program = find_nginx()
    if program is None:
        return WHY_NOT
    project = open_project(ROOT / "decision_tree")
    site = small_site(scratch / "failover-site")
    for folder in (scratch, *scratch.parents[:1]):
        with suppress(OSError):
            folder.chmod(folder.stat().st_mode | 0o055)  # nginx's workers are nobody
    with running(*(Replica(scratch / name, site) for name in ("first", "second"))) as replicas:
        nginx = Nginx(program, [replica.port for replica in replicas], site)
        try:
            nginx.start()
            crowd = Crowd(readers)
            on_it = asyncio.run(kill_midway(nginx, replicas, project.tree, list(project.languages), crowd))
        finally:
            nginx.stop()
    heads = ("readers", "of the killed one", "connected again", "lost the position", "away, median s", "away, worst s")
    found = Table(*heads, "presses", "of these after", title="Two replicas behind nginx, one killed in the middle")
    away = crowd.away or [0.0]
    times = f"{median(away):.1f}", f"{max(away):.1f}"
    figures = (readers, int(on_it), len(crowd.away), crowd.lost)
    found.add_row(*map(str, figures), *times, str(crowd.presses), str(crowd.after))
    return found
