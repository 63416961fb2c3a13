"""What is kept, as the rooms reach it."""

import logging
from collections.abc import Set

from bot.chat.limits import RefusedError
from bot.errors import StorageError
from bot.storage.caching import ServerSettingsCache
from bot.storage.claiming import Claimer
from bot.storage.recorder import LINGER, Recorder
from bot.storage.servers import ServerSettings
from bot.storage.store import Store
from bot.telemetry.meters import Meters

_log = logging.getLogger(__name__)


class Records:
    """The store where there is one, what writes to it without waiting, and the servers' settings."""

    def __init__(self, store: Store | None, days: int, meters: Meters | None = None, linger: float = LINGER) -> None:
        self._store = store
        self.days = days
        self.recorder = Recorder(store, meters or Meters(), linger=linger)
        self.servers = ServerSettingsCache(store)
        self.claimer = Claimer(store)

    @property
    def store(self) -> Store:
        """The store.

        Raises:
            RefusedError: it cannot be opened just now.
        """
        if self._store is None:
            raise RefusedError("store-gone")
        return self._store

    async def settings(self, guild: int | None) -> ServerSettings:
        """Return a server's settings as the store has them now, for whoever asks what may be done or is kept.

        Raises:
            RefusedError: there is no store.
            StorageError: it cannot be used.
        """
        return ServerSettings() if guild is None else await self.store.servers.of(guild)

    def use(self, store: Store | None) -> None:
        """Use another store from now on, or none."""
        self._store = store
        self.recorder.use(store)
        self.servers.use(store)
        self.claimer.use(store)

    async def forget(self, guild: int) -> None:
        """Delete all that is kept of a server; where that cannot be done now, it is at the next start."""
        try:
            await self.store.forget_server(guild)
        except (RefusedError, StorageError) as error:
            _log.error("server not forgotten", exc_info=error)
        self.servers.forget(guild)

    async def forget_others(self, guilds: Set[int]) -> None:
        """Delete all that is kept of servers that are not among `guilds`."""
        try:
            others = await self.store.guilds() - guilds
        except (RefusedError, StorageError) as error:
            _log.error("servers not compared", exc_info=error)
            return
        for guild in others:
            await self.forget(guild)

    async def close(self, seconds: float) -> None:
        """Wait up to `seconds` for what is being written."""
        await self.recorder.close(seconds)
        await self.servers.close()
        await self.claimer.close()


async def settings_of(records: Records | None, guild: int | None) -> ServerSettings:
    """Return what a server's managers chose, else the defaults; within 100 ms, whatever the store does."""
    return ServerSettings() if records is None else await records.servers.of(guild)
