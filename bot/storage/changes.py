"""Tell other processes at once of what was changed; SQLite has none to tell."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.storage.address import is_shared, read_address
from bot.storage.dedicated import dedicated_connection

CHANNEL = "testigo"

RETRACTIONS = "retractions"
"""An entry was withdrawn or put in force again."""

TRY_AGAIN = 5.0
"""Seconds until a connection that was lost is opened again; meanwhile, what is read again and again must do."""

_log = logging.getLogger(__name__)


def server(guild: int) -> str:
    """Return the name of a change of a server's settings."""
    return f"server {guild}"


def server_of(change: str) -> int | None:
    """Return whose settings a change is about, if it is about settings."""
    begin, _, guild = change.partition(" ")
    return int(guild) if begin == "server" and guild.isdecimal() else None


async def announce(connection: AsyncConnection, change: str) -> None:
    """Tell every process of a change, as soon as the transaction is committed."""
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_notify(CHANNEL, change)))


async def hear_changes(address: str, hear: Callable[[str], None]) -> None:
    """Call `hear` with every change that any process announces, until cancelled; does nothing with SQLite.

    After a connection was lost it is called with `RETRACTIONS`, for one may have been missed.
    """
    if not is_shared(address):
        return
    while True:
        with suppress(StorageError):
            async with dedicated_connection(read_address(address)) as connection:
                await connection.listen(CHANNEL, hear)
                hear(RETRACTIONS)
                await connection.lost.wait()
        _log.warning("changes of other processes are not heard")
        await asyncio.sleep(TRY_AGAIN)
