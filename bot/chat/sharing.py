"""How the work is shared: which shard this process is, and when it may begin a session with Discord."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Protocol

from bot.errors import StorageError
from bot.storage.identify_gate import APART, RESERVE, SPENT, IdentifyGate
from bot.storage.shard_lease import held_lease
from bot.telemetry.meters import Meters

LONGEST_TURN = 20.0
"""Seconds for which a turn is kept while no session begins; then it is the next one's."""

TRY_AGAIN = 1.0
"""Seconds after which a turn that could not be had is asked for again."""

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


class Permission:
    """When a client may connect: while this process has the seat and, where a session begins anew, in its turn."""

    def __init__(self, sharing: Sharing, meters: Meters) -> None:
        self._sharing = sharing
        self._meters = meters
        self._seat: Seat | None = None
        self._seated = asyncio.Event()
        self._turn: AsyncExitStack | None = None
        self._end: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None

    @property
    def has_seat(self) -> bool:
        """Whether this process is the shard now."""
        return self._seated.is_set()

    async def keep(self, leave: Callable[[], Awaitable[None]]) -> None:
        """Keep the seat, and take it again whenever it is lost; `leave` then ends the connection, not its session.

        Raises:
            StorageError: the database is wrong, so that waiting would not help.
        """
        while True:
            async with self._sharing.seat() as seat:
                self._seat = seat
                self._seated.set()
                await seat.lost.wait()
                # At once: another process may be the shard now.
                self._seated.clear()
                await leave()
                _log.error("the shard's lease is lost", extra={"shard": self._sharing.shard})

    async def obtain(self, bucket: int, budget: int, is_anew: bool) -> None:
        """Wait until a connection may be made; a new session's turn lasts until it is given back, but not for long."""
        while True:
            await self._seated.wait()
            await self.give_back()
            if not is_anew:
                return
            try:
                await self._take(bucket, budget)
                return
            except StorageError as error:
                _log.warning("no turn", extra={"reason": str(error)})
                await asyncio.sleep(TRY_AGAIN)

    async def give_back(self) -> None:
        """End the turn, if there is one: the next process may begin its session."""
        if self._end is not None:
            self._end.cancel()
        turn, self._turn = self._turn, None
        if turn is None:
            return
        try:
            await turn.aclose()
        except StorageError:
            _log.warning("the turn ended with the connection")

    async def _take(self, bucket: int, budget: int) -> None:
        assert self._seat is not None
        turn = AsyncExitStack()
        left = await turn.enter_async_context(self._seat.turn(bucket, budget))
        self._turn = turn
        self._meters.identifies.inc()
        self._meters.identifies_left.set(left)
        self._end = asyncio.get_running_loop().call_later(LONGEST_TURN, self._expire)

    def _expire(self) -> None:
        self._ending = asyncio.ensure_future(self.give_back())
