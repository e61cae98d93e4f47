"""Many readers on one process: `make load`. Beside the wizard stands a hello-world, in the same run.

Readers are WebSocket clients in one process of their own (bench/reader.py), each check what they are shown. They
think for five seconds on average between two presses. Figures depend on what else the machine does; the ratio to
hello-world and the processor time per press depend on it less.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from bench import failover
from bench.reader import Connection, Reader, open_socket
from bench.rows import ROOT
from helptree.model import Tree
from helptree.project import open_project
from tests.replicas import Replica, running, small_site

READERS, SECONDS, THINK = 100, 40.0, 5.0
BUDGET_MS = 300
WARM_READERS, WARM_PRESSES = 18, 10

Step = Callable[[], Awaitable[float]]
Arrive = Callable[[Connection, random.Random], Awaitable[Step]]


@dataclass
class Load:
    """What was measured."""

    seconds: list[float] = field(default_factory=list)
    readers: int = 0
    cpu: float = 0.0
    memory: int = 0

    @property
    def p95(self) -> float:
        """Milliseconds within which 19 of 20 screens were whole."""
        return quantiles(self.seconds, n=20, method="inclusive")[-1] * 1000

    def row(self) -> list[str]:
        cpu, memory = self.cpu * 1000 / len(self.seconds), self.memory / 1024 / self.readers
        middle, worst = median(self.seconds) * 1000, max(self.seconds) * 1000
        figures = [f"{middle:.0f}", f"{self.p95:.0f}", f"{worst:.0f}", f"{cpu:.1f}", f"{memory:.0f}"]
        return [str(len(self.seconds)), *figures]


def wizard(tree: Tree, locales: list[str]) -> Arrive:
    """Readers of the wizard, in all languages."""

    async def arrive(connection: Connection, chance: random.Random) -> Step:
        connection.locale = chance.choice(locales)
        connection.query = f"lang={connection.locale}"
        reader = Reader(connection, tree, chance)
        await reader.arrive()
        return reader.step

    return arrive


async def hello(connection: Connection, chance: random.Random) -> Step:
    """Readers of hello-world: the same button, again and again."""
    screen, _ = await connection.run()

    async def step() -> float:
        return (await connection.run(screen.buttons[0]))[1]

    return step


async def walk(address: str, arrive: Arrive, load: Load, seed: int, begun: asyncio.Barrier, seconds: float) -> None:
    """One reader: arrive, wait for all the others, then press and think until the time is over."""
    chance = random.Random(seed)
    async with open_socket(address) as socket:
        await asyncio.sleep(seed * 0.03)
        step = await arrive(Connection(socket), chance)
        await begun.wait()
        end = time.monotonic() + seconds
        await asyncio.sleep(chance.uniform(0, THINK))
        while time.monotonic() < end:
            load.seconds.append(await step())
            await asyncio.sleep(chance.uniform(0.5, 1.5) * THINK)


async def warm_up(address: str, arrive: Arrive) -> None:
    """Read in all languages: what the process reads once and keeps is no reader's own."""

    async def hurry(seed: int) -> None:
        async with open_socket(address) as socket:
            step = await arrive(Connection(socket), random.Random(seed))
            for _ in range(WARM_PRESSES):
                await step()

    for seed in range(WARM_READERS):
        await hurry(seed)


async def measure(replica: Replica, arrive: Arrive, readers: int, seconds: float) -> Load:
    """Put readers on one process."""
    load = Load(readers=readers)
    await warm_up(replica.address, arrive)
    before = replica.memory()
    begun = asyncio.Barrier(readers + 1)
    async with asyncio.TaskGroup() as group:
        for seed in range(readers):
            group.create_task(walk(replica.address, arrive, load, seed, begun, seconds))
        await begun.wait()
        start = replica.cpu()
        await asyncio.sleep(seconds)
        load.cpu, load.memory = replica.cpu() - start, replica.memory() - before
    return load


def table(readers: int, seconds: float, scratch: Path) -> Table:
    """Measure the wizard, hello-world, and hello-world as Streamlit comes: with garbage collected after each run."""
    project = open_project(ROOT / "decision_tree")
    title = f"{readers} readers on one process, {THINK:g} s of thinking, {seconds:g} s"
    heads = ("", "presses", "median ms", "p95 ms", "worst ms", "CPU ms a press", "KiB a session", "p95 budget")
    found = Table(*heads, title=title)
    out = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}
    plain = str(ROOT / "bench" / "hello.py")
    for name, app, arrive, settings in [
        ("wizard", "app.py", wizard(project.tree, list(project.languages)), {}),
        ("hello", plain, hello, {}),
        ("hello, forced collection", plain, hello, out),
    ]:
        site = small_site(scratch / "site")
        with running(Replica(scratch / name, site, app, health="_stcore/health", **settings)) as (replica,):
            load = asyncio.run(measure(replica, arrive, readers, seconds))
            held = "" if app == plain else f"{BUDGET_MS} ms: {'held' if load.p95 < BUDGET_MS else 'NOT held'}"
            found.add_row(name, *load.row(), held)
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        chosen = [float(word) for word in sys.argv[1:]]
        readers = int((chosen or [READERS])[0])
        console = Console(width=None if sys.stdout.isatty() else 130)
        console.print(table(readers, (chosen[1:] or [SECONDS])[0], Path(folder)))
        console.print(failover.table(readers, Path(folder)))
