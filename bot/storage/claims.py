"""Claim each message before it is answered, so that of several processes, or after a restart, one answers it."""

import datetime
from collections.abc import Callable

from bot.storage.database import Database, insert
from bot.storage.hashing import Pseudonyms
from bot.storage.tables import DIRECT, Claim


class Claims:
    """The messages that are answered, or about to be."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, now: Callable[[], datetime.datetime]) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._now = now

    async def take(self, message: int, guild: int | None) -> bool:
        """Claim a message; return whether nobody had."""
        async with self._database.writing() as connection:
            claim = insert(connection, Claim).values(
                message=self._pseudonyms.question(message), guild=guild or DIRECT, at=self._now()
            )
            return (await connection.execute(claim.on_conflict_do_nothing())).rowcount == 1
