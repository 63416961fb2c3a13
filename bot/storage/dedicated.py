"""A connection to PostgreSQL of one's own, kept open for what belongs to a connection: locks and notifications."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import URL, Executable, select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StorageError
from bot.storage.database import PATIENCE, clear_errors

WATCH = 2.0
"""Seconds between two looks whether the server still answers; a closed connection is noticed at once."""

KEPT_ALIVE = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
"""By these the server lets go of a machine that vanished, after 25 s."""


class Dedicated:
    """A connection that is kept; `lost` is set as soon as it is known to be gone, with all locks held on it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.lost = asyncio.Event()
        self._connection = connection
        # One statement at a time: that is all a connection can do.
        self._turn = asyncio.Lock()

    async def scalar(self, statement: Executable) -> Any:
        """Run a statement, committed at once, and return its first value, if any.

        Raises:
            StorageError: the connection is lost.
        """
        try:
            with clear_errors():
                async with self._turn:
                    result = await self._connection.execute(statement)
                    return result.scalar() if result.returns_rows else None
        except StorageError:
            self.lost.set()
            raise

    async def listen(self, channel: str, hear: Callable[[str], None]) -> None:
        """Call `hear` with each notification of a channel.

        Raises:
            StorageError: the connection is lost.
        """

        def heard(_connection: object, _process: int, _channel: str, payload: str) -> None:
            hear(payload)

        with clear_errors():
            await (await self._driver()).add_listener(channel, heard)

    async def watch(self) -> None:
        """Look again and again whether the connection lives, until it does not."""

        def ended(_connection: object) -> None:
            self.lost.set()

        (await self._driver()).add_termination_listener(ended)
        while not self.lost.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.lost.wait(), WATCH)
                return
            with suppress(StorageError):
                await self.scalar(select(1))

    async def _driver(self) -> Any:
        return (await self._connection.get_raw_connection()).driver_connection


@asynccontextmanager
async def dedicated_connection(url: URL) -> AsyncGenerator[Dedicated, None]:
    """Open a connection and watch it.

    Raises:
        StorageError: the database cannot be used now.
    """
    engine = create_async_engine(
        url,
        connect_args={"timeout": PATIENCE, "command_timeout": PATIENCE, "server_settings": KEPT_ALIVE},
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        poolclass=NullPool,
    )
    try:
        with clear_errors():
            connection = await engine.connect()
        dedicated = Dedicated(connection)
        watching = asyncio.create_task(dedicated.watch(), name="dedicated connection")
        try:
            yield dedicated
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            with suppress(StorageError), clear_errors():
                await connection.close()
    finally:
        await engine.dispose()
