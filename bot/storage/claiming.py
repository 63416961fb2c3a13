"""The claims for the answer path, which waits for no database."""

import asyncio
import logging

from bot.errors import StorageError
from bot.storage.store import Store

PATIENCE = 0.08
"""Seconds that an answer may wait for its claim; without one it is given all the same."""

SECONDS = 5.0
"""How long one claim may take to be written."""

MOST = 200
"""Claims that may be under way; beyond, the database is not keeping up."""

_log = logging.getLogger(__name__)


class Claimer:
    """Claims messages, so that each is answered by one process and once."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._claiming: set[asyncio.Task[bool]] = set()

    def use(self, store: Store | None) -> None:
        """Claim in another store from now on: one that could not be opened at first, or none."""
        self._store = store

    async def may_answer(self, message: int, guild: int | None) -> bool:
        """Tell within 100 ms whether nobody else answers a message; where the store does not tell, nobody does."""
        if self._store is None or len(self._claiming) >= MOST:
            return True
        task = asyncio.create_task(self._claim(self._store, message, guild), name="store claim")
        self._claiming.add(task)
        task.add_done_callback(self._claiming.discard)
        # What is slow is written down all the same, for whoever gets the message later.
        await asyncio.wait([task], timeout=PATIENCE)
        return task.result() if task.done() else True

    async def close(self) -> None:
        """End what is under way."""
        claiming = list(self._claiming)
        for task in claiming:
            task.cancel()
        if claiming:
            await asyncio.wait(claiming)

    async def _claim(self, store: Store, message: int, guild: int | None) -> bool:
        try:
            async with asyncio.timeout(SECONDS):
                return await store.claims.take(message, guild)
        except (StorageError, TimeoutError):
            _log.warning("message not claimed")
            return True
