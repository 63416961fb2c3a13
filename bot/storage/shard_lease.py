"""The lease of a shard: at most one process is a shard at a time."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy import func, select

from bot.errors import StorageError
from bot.storage import locks
from bot.storage.address import read_address
from bot.storage.dedicated import Dedicated, dedicated_connection

TRY_AGAIN = 1.0
"""Seconds between two attempts to get a lease that another process holds, or that the database does not give."""

_log = logging.getLogger(__name__)


@asynccontextmanager
async def held_lease(address: str, shard: int, count: int) -> AsyncGenerator[Dedicated, None]:
    """Wait until this process alone is the shard, and be it while open; when the connection is lost, so is the lease.

    The lease is a lock of the connection, so that PostgreSQL itself gives it free when the process ends, however it
    ends. Processes that count their shards differently hold leases of their own, for the time of a resharding.

    Raises:
        StorageError: the database is wrong, so that waiting would not help.
    """
    async with AsyncExitStack() as stack:
        yield await _lease(stack, address, locks.key(f"shard {shard} of {count}"))


async def _lease(stack: AsyncExitStack, address: str, key: int) -> Dedicated:
    told = ""
    while True:
        try:
            async with AsyncExitStack() as opening:
                connection = await opening.enter_async_context(dedicated_connection(read_address(address)))
                while not await connection.scalar(select(func.pg_try_advisory_lock(key))):
                    told = _tell_once(told, "another process is this shard: waiting for its end")
                    await asyncio.sleep(TRY_AGAIN)
                stack.push_async_exit(opening.pop_all())
                return connection
        except StorageError as error:
            if not error.may_pass:
                raise
            told = _tell_once(told, "no lease: the database cannot be used now")
        await asyncio.sleep(TRY_AGAIN)


def _tell_once(told: str, message: str) -> str:
    if message != told:
        _log.warning(message)
    return message
