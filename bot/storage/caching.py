"""The servers' settings for the answer path, which waits for no database."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import StorageError
from bot.storage.servers import ServerSettings
from bot.storage.store import Store

PATIENCE = 0.08
"""Seconds that an answer may wait for the settings of a server that is not known yet; 100 ms with all else."""

FRESH = 30.0
"""Seconds after which settings are read again, for another process may have changed them."""

SECONDS = 5.0
"""How long one reading may take."""

MOST = 20_000
"""Servers remembered; 2,500 a shard."""


@dataclass(slots=True)
class _Known:
    settings: ServerSettings
    is_read: bool = False
    tried: float = float("-inf")
    reading: asyncio.Task[None] | None = None


class ServerSettingsCache:
    """The last known settings of each server; the defaults where nothing is known."""

    def __init__(
        self,
        store: Store | None,
        *,
        fresh: float = FRESH,
        seconds: float = SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._fresh = fresh
        self._seconds = seconds
        self._now = now
        self._known: dict[int, _Known] = {}

    def use(self, store: Store | None) -> None:
        """Read from another store from now on: one that could not be opened at first, or none."""
        self._store = store
        for guild in self._known:
            self.forget(guild)

    async def of(self, guild: int | None) -> ServerSettings:
        """Return a server's settings within 100 ms; the defaults in direct messages."""
        if guild is None:
            return ServerSettings()
        if (known := self._known.get(guild)) is None:
            if len(self._known) >= MOST:
                self._drop(next(iter(self._known)))
            known = self._known[guild] = _Known(ServerSettings())
        if self._store is not None and known.reading is None and self._now() - known.tried >= self._fresh:
            self._read(self._store, guild, known)
        if not known.is_read and known.reading is not None:
            await asyncio.wait([known.reading], timeout=PATIENCE)
        return known.settings

    def forget(self, guild: int) -> None:
        """Read a server's settings anew at the next question, for they were changed."""
        if (known := self._known.get(guild)) is not None:
            # What a reading under way brings may be older than the change.
            self._known[guild] = _Known(known.settings)
            if known.reading is not None:
                known.reading.cancel()

    async def close(self) -> None:
        """End what is under way."""
        readings = [known.reading for known in self._known.values() if known.reading is not None]
        for reading in readings:
            reading.cancel()
        if readings:
            await asyncio.wait(readings)

    def _drop(self, guild: int) -> None:
        known = self._known.pop(guild)
        if known.reading is not None:
            known.reading.cancel()

    def _read(self, store: Store, guild: int, known: _Known) -> None:
        known.tried = self._now()

        async def read() -> None:
            try:
                async with asyncio.timeout(self._seconds):
                    known.settings = await store.servers.of(guild)
                known.is_read = True
            except (StorageError, TimeoutError):
                # What was last known stays; the next try is as far away as after a success.
                return
            finally:
                known.reading = None

        known.reading = asyncio.create_task(read(), name="store settings")
