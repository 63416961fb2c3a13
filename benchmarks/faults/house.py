"""A simulated Discord with the real bot, which may end and begin again."""

import asyncio
import datetime
import signal
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.clock import Clock
from benchmarks.faults.stream import QUESTION
from bot.storage.address import read_address
from bot.storage.store import Store, open_store
from tests.storage.servers import PostgresServer
from tests.wire.databases import Cable, File
from tests.wire.process import Process
from tests.wire.service import RUN, new_cache, started
from tests.wire.simulator import SimulatedDiscord

NONE: Mapping[str, str] = {}
SECRET = "a secret of the table of faults"
LONG_AGO = datetime.date(2020, 1, 1)
START_SECONDS = 60.0
COUNT_SECONDS = 15.0
"""Seconds after a fault within which a question must be counted again."""


@dataclass(frozen=True)
class Means:
    """What all cases share: a folder, a cache that holds the index, and a PostgreSQL server."""

    folder: Path
    cache: Path
    server: PostgresServer | None

    def new_folder(self) -> Path:
        """Return a folder of one's own."""
        return Path(tempfile.mkdtemp(dir=self.folder))


class House:
    """One bot at one Discord."""

    def __init__(
        self,
        discord: SimulatedDiscord,
        cache: Path,
        stack: AsyncExitStack,
        args: Sequence[str],
        settings: Mapping[str, str],
        server: PostgresServer | None,
    ) -> None:
        self.discord = discord
        self.server = server
        self.database: File | Cable | None = None
        self.clock: Clock | None = None
        self.address = settings["TESTIGO_DATABASE_URL"]
        self._cache = cache
        self._stack = stack
        self._args = args
        self._settings = settings
        self._process: Process | None = None

    @property
    def process(self) -> Process:
        """The bot that was started last."""
        assert self._process is not None, "none was started"
        return self._process

    @property
    def file(self) -> Path:
        """SQLite's file."""
        return Path(read_address(self.address).database or "")

    @property
    def is_running(self) -> bool:
        """Whether there is a bot."""
        return self._process is not None and self._process.is_running

    async def launch(self) -> None:
        """Start a bot."""
        running = started(self.discord, self._cache, self._args, **self._settings)
        self._process = await self._stack.enter_async_context(running)

    async def start(self) -> None:
        """Start a bot, and wait until it is connected."""
        await self.launch()
        await self.discord.connected(timeout=START_SECONDS)

    async def restart(self) -> None:
        """Start another bot in place of one that may have ended."""
        if self.is_running:
            await self.kill()
        await self.start()

    async def kill(self) -> None:
        """End the bot at once."""
        self.process.send_signal(signal.SIGKILL)
        await self.process.exited()
        await self.discord.until(lambda: not self.discord.sessions_online(), "end of the connection")

    async def counts(self, since: datetime.date = LONG_AGO) -> None:
        """See that the store counts what is asked now, on a day that is not before `since`."""
        async with open_store(self.address, SECRET.encode()) as store:
            before = await _questions(store, since) if since == LONG_AGO else 0
            try:
                async with asyncio.timeout(COUNT_SECONDS):
                    while await _questions(store, since) == before:
                        await (await self.discord.message(QUESTION, dm=True)).reply()
                        await asyncio.sleep(0.3)  # it is written down after the answer
            except TimeoutError:
                raise TimeoutError("the store counts nothing any more") from None


async def _questions(store: Store, since: datetime.date) -> int:
    return (await store.statistics.everywhere(since)).questions


@asynccontextmanager
async def opened_house(
    means: Means,
    *,
    args: Sequence[str] = RUN,
    address: str = "",
    starts: bool = True,
    settings: Mapping[str, str] = NONE,
) -> AsyncGenerator[House, None]:
    """Open a house, with a bot that is connected unless a case `starts` it itself."""
    folder = means.new_folder()
    (folder / "store").mkdir()
    address = address or f"sqlite:///{folder / 'store' / 'testigo.db'}"
    settings = {**settings, "TESTIGO_DATABASE_URL": address, "TESTIGO_SECRET": SECRET}
    async with SimulatedDiscord() as discord, AsyncExitStack() as stack:
        house = House(discord, new_cache(means.cache, folder / "cache"), stack, args, settings, means.server)
        if starts:
            await house.start()
        yield house
