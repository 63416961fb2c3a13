"""What is kept, as the rooms reach it."""

from bot.chat.limits import RefusedError
from bot.storage.caching import ServerSettingsCache
from bot.storage.recorder import Recorder
from bot.storage.store import Store


class Records:
    """The store where there is one, what writes to it without waiting, and the servers' settings."""

    def __init__(self, store: Store | None, days: int) -> None:
        self._store = store
        self.days = days
        self.recorder = Recorder(store)
        self.servers = ServerSettingsCache(store)

    @property
    def store(self) -> Store:
        """The store.

        Raises:
            RefusedError: it cannot be opened just now.
        """
        if self._store is None:
            raise RefusedError("store-gone")
        return self._store

    def use(self, store: Store | None) -> None:
        """Use another store from now on, or none."""
        self._store = store
        self.recorder.use(store)
        self.servers.use(store)

    async def close(self, seconds: float) -> None:
        """Wait up to `seconds` for what is being written."""
        await self.recorder.close(seconds)
        await self.servers.close()
