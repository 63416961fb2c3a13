"""How the work is shared: which shard this process is, and when it may begin a session with Discord."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Protocol

from bot.errors import StorageError
from bot.storage.identify_gate import APART, RESERVE, SPENT, IdentifyGate
from bot.storage.shard_lease import held_lease
from bot.telemetry.meters import Meters

LONGEST_TURN = 20.0
"""Seconds for which a turn is kept while no session begins; then it is the next one's."""

DAY = 86_400.0

_log = logging.getLogger(__name__)


class Seat(Protocol):
    """The right to be a shard, until it is `lost`."""

    @property
    def lost(self) -> asyncio.Event:
        """Set once another process may be the shard."""
        ...

    def turn(self, bucket: int, budget: int) -> AbstractAsyncContextManager[int]:
        """Wait for a turn to begin a session, and hold it; yields how many of the day's `budget` are left.

        Raises:
            StorageError: the seat is lost.
        """
        ...


class Sharing(Protocol):
    """Which shard this process is."""

    @property
    def shard(self) -> int | None:
        """Its number, or None where there is one process."""
        ...

    @property
    def count(self) -> int | None:
        """How many shards there are."""
        ...

    def seat(self) -> AbstractAsyncContextManager[Seat]:
        """Wait for the seat, and hold it."""
        ...


class Alone:
    """One process, which asks nobody."""

    shard = None
    count = None

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.lost = asyncio.Event()
        self._now = now
        self._begun: deque[float] = deque()

    @asynccontextmanager
    async def seat(self) -> AsyncGenerator[Seat, None]:
        """Take the only seat."""
        yield self

    @asynccontextmanager
    async def turn(self, bucket: int, budget: int) -> AsyncGenerator[int, None]:
        """Wait until the last session's beginning is long enough ago, and the day's budget is not spent."""
        del bucket
        while (left := budget - self._today()) <= RESERVE:
            _log.error("identifies of the day are spent", extra={"left": left})
            await asyncio.sleep(SPENT)
        if self._begun:
            await asyncio.sleep(self._begun[-1] + APART - self._now())
        self._begun.append(self._now())
        yield left - 1

    def _today(self) -> int:
        while self._begun and self._now() - self._begun[0] > DAY:
            self._begun.popleft()
        return len(self._begun)


class Shared:
    """One of several processes on a PostgreSQL database."""

    def __init__(self, address: str, shard: int, count: int) -> None:
        self._address = address
        self.shard = shard
        self.count = count

    @asynccontextmanager
    async def seat(self) -> AsyncGenerator[Seat, None]:
        """Wait for the shard's lease, and hold it.

        Raises:
            StorageError: the database is wrong, so that waiting would not help.
        """
        async with held_lease(self._address, self.shard, self.count) as lease:
            yield _Leased(lease.lost, IdentifyGate(lease, self.shard))


class _Leased:
    def __init__(self, lost: asyncio.Event, gate: IdentifyGate) -> None:
        self.lost = lost
        self.turn = gate.turn


class Turns:
    """The turns of one client: one for each session that it begins."""

    def __init__(self, seat: Seat, bucket: int, budget: int, meters: Meters) -> None:
        self._seat = seat
        self._bucket = bucket
        self._budget = budget
        self._meters = meters
        self._held: AsyncExitStack | None = None
        self._end: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    @property
    def is_held(self) -> bool:
        """Whether a session may be begun now."""
        return self._held is not None

    async def take(self) -> None:
        """Wait for a turn, and keep it until it is given back, but not for long.

        Raises:
            StorageError: the seat is lost.
        """
        await self.give_back()
        held = AsyncExitStack()
        left = await held.enter_async_context(self._seat.turn(self._bucket, self._budget))
        self._held = held
        self._meters.identifies.inc()
        self._meters.identifies_left.set(left)
        self._end = asyncio.get_running_loop().call_later(LONGEST_TURN, self._expire)

    async def give_back(self) -> None:
        """Let the next one begin."""
        if self._end is not None:
            self._end.cancel()
        held, self._held = self._held, None
        if held is None:
            return
        try:
            await held.aclose()
        except StorageError:
            _log.warning("the turn ended with the connection")

    def _expire(self) -> None:
        self._ending = asyncio.ensure_future(self.give_back())
