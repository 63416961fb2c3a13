"""Which entries are withdrawn, and why."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from bot.storage import changes, locks
from bot.storage.auditing import Act, Action, acts, audit
from bot.storage.database import Database, insert
from bot.storage.hashing import Pseudonyms
from bot.storage.masking import cleaned
from bot.storage.tables import RetractedEntry


@dataclass(frozen=True, slots=True)
class Retraction:
    """An entry that is withdrawn."""

    entry: str
    reason: str
    at: datetime.datetime


class Retractions:
    """The entries that are withdrawn, everywhere."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, now: Callable[[], datetime.datetime]) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._now = now

    async def all(self) -> Mapping[str, Retraction]:
        """Return them by entry."""
        query = select(RetractedEntry.entry, RetractedEntry.reason, RetractedEntry.at).order_by(RetractedEntry.entry)
        async with self._database.reading() as connection:
            return {row[0]: Retraction(*row) for row in await connection.execute(query)}

    async def retract(self, entry: str, reason: str, person: int) -> Retraction:
        """Withdraw an entry; a second time changes the reason."""
        now, reason = self._now(), cleaned(reason)
        async with self._database.writing(locks.ROWS) as connection:
            old = await connection.scalar(select(RetractedEntry.reason).where(RetractedEntry.entry == entry))
            columns = {"reason": reason, "at": now}
            statement = insert(connection, RetractedEntry).values(entry=entry, **columns)
            await connection.execute(
                statement.on_conflict_do_update(index_elements=[RetractedEntry.entry], set_=columns)
            )
            who = self._pseudonyms.person(person)
            was = {} if old is None else {"entry": entry, "reason": old}
            await audit(connection, Act(now, None, who, Action.RETRACT, was, {"entry": entry, "reason": reason}))
            await changes.announce(connection, changes.RETRACTIONS)
        return Retraction(entry, reason, now)

    async def restore(self, entry: str, person: int) -> bool:
        """Put an entry in force again; return whether it was withdrawn."""
        async with self._database.writing(locks.ROWS) as connection:
            old = await connection.scalar(select(RetractedEntry.reason).where(RetractedEntry.entry == entry))
            if old is None:
                return False
            await connection.execute(delete(RetractedEntry).where(RetractedEntry.entry == entry))
            who = self._pseudonyms.person(person)
            await audit(connection, Act(self._now(), None, who, Action.RESTORE, {"entry": entry, "reason": old}, {}))
            await changes.announce(connection, changes.RETRACTIONS)
        return True

    async def audit(self, limit: int = 100) -> list[Act]:
        """Return the last acts of the bot's owner and in direct messages, the newest first."""
        async with self._database.reading() as connection:
            return await acts(connection, None, limit)
