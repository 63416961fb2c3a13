"""The identify gate: processes begin their sessions with Discord one after another, and not more often than allowed."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy import delete, func, insert, select, text, update

from bot.storage import locks
from bot.storage.dedicated import Dedicated
from bot.storage.tables import Identify

APART = 5.05
"""Seconds between two identifies of a bucket; Discord asks for five."""

TRY_AGAIN = 0.2
"""Seconds between two attempts to be the next."""

RESERVE = 50
"""Identifies of a day that are left alone: with the last one Discord would reset the token."""

SPENT = 60.0
"""Seconds between two looks whether the day's identifies are still spent."""

DAY = text("INTERVAL '1 day'")

_log = logging.getLogger(__name__)


class IdentifyGate:
    """Gives turns; the moments are the database's, so that processes need not agree on the time."""

    def __init__(self, connection: Dedicated, shard: int, apart: float = APART) -> None:
        self._connection = connection
        self._shard = shard
        self._apart = apart

    @asynccontextmanager
    async def turn(self, bucket: int, budget: int) -> AsyncGenerator[int, None]:
        """Wait for a turn to identify in a bucket, and hold it until the session has begun or failed.

        Yields how many of the day's `budget` are left. The next turn counts from the end of this one, so that a
        process that is slow to send comes nobody too near.

        Raises:
            StorageError: the connection is lost.
        """
        key = locks.key(f"identify {bucket}")
        while True:
            await self._lock(key)
            try:
                left = budget - await self._spent()
                if left > RESERVE:
                    await asyncio.sleep(await self._seconds_left(bucket))
                    row = await self._connection.scalar(
                        insert(Identify)
                        .values(bucket=bucket, shard=self._shard, at=func.clock_timestamp())
                        .returning(Identify.id)
                    )
                    try:
                        yield left - 1
                    finally:
                        if not self._connection.lost.is_set():
                            end = update(Identify).where(Identify.id == row).values(at=func.clock_timestamp())
                            await self._connection.scalar(end)
                    return
            finally:
                if not self._connection.lost.is_set():
                    await self._connection.scalar(select(func.pg_advisory_unlock(key)))
            _log.error("identifies of the day are spent", extra={"left": left})
            await asyncio.sleep(SPENT)

    async def _lock(self, key: int) -> None:
        while True:
            if await self._connection.scalar(select(func.pg_try_advisory_lock(key))):
                return
            await asyncio.sleep(TRY_AGAIN)

    async def _seconds_left(self, bucket: int) -> float:
        ago = func.extract("epoch", func.clock_timestamp() - func.max(Identify.at))
        passed = await self._connection.scalar(select(ago).where(Identify.bucket == bucket))
        # A clock that was put back must not hold everybody up.
        return 0.0 if passed is None else min(max(self._apart - float(passed), 0.0), self._apart)

    async def _spent(self) -> int:
        """Return how many identifies there were in the last day, over all shards, and forget older ones."""
        await self._connection.scalar(delete(Identify).where(Identify.at < func.now() - DAY))
        return int(await self._connection.scalar(select(func.count()).select_from(Identify)))
