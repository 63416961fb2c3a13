"""Delete what has been kept for long enough, and all of a guild that is gone."""

import datetime
from collections.abc import Callable

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Mapped

from bot.storage import locks
from bot.storage.database import Database
from bot.storage.tables import Audit, Claim, Count, KeptDraft, KeptFeedback, KeptQuestion, Seen, Server, Table

AT_A_TIME = 1000
"""Rows deleted in one transaction, so that nobody waits long for it."""

CLAIMED = datetime.timedelta(days=1)
"""How long a claim is kept; Discord repeats a message within minutes, if it does."""

GUILD_TABLES: tuple[type[Table], ...] = (Server, Audit, Seen, Claim, Count, KeptQuestion, KeptFeedback, KeptDraft)
"""The tables whose rows belong to a guild."""


class Retention:
    """The end of what is kept."""

    def __init__(self, database: Database, now: Callable[[], datetime.datetime]) -> None:
        self._database = database
        self._now = now

    async def expire(self, days: int) -> int:
        """Delete questions, feedback and exported drafts, and unname acts, that are older than `days`.

        Return how many rows that were. The counts stay, and so do drafts that wait: neither names anybody.
        """
        before = self._now() - datetime.timedelta(days=days)
        expired = 0
        expired += await self._delete(KeptQuestion, KeptQuestion.id, KeptQuestion.at < before)
        expired += await self._delete(KeptFeedback, KeptFeedback.id, KeptFeedback.at < before)
        expired += await self._delete(KeptDraft, KeptDraft.id, KeptDraft.exported < before)
        await self._delete(Seen, Seen.question, Seen.at < before)
        await self._delete(Claim, Claim.message, Claim.at < self._now() - CLAIMED)
        async with self._database.writing(locks.ROWS) as connection:
            for table in (Audit, KeptDraft):
                unnamed = await connection.execute(
                    update(table).where(table.at < before, table.person.is_not(None)).values(person=None)
                )
                expired += unnamed.rowcount
        # Each time, for a purge may have failed the last time.
        await self._database.purge()
        return expired

    async def guilds(self) -> set[int]:
        """Return the guilds of which anything is kept."""
        found: set[int] = set()
        async with self._database.reading() as connection:
            for table in GUILD_TABLES:
                rows = await connection.execute(select(table.__table__.c.guild).distinct())
                found |= {row[0] for row in rows if row[0]}
        return found

    async def forget_server(self, guild: int) -> None:
        """Delete everything of a guild."""
        async with self._database.writing(locks.ROWS, locks.guild(guild)) as connection:
            for table in GUILD_TABLES:
                await connection.execute(delete(table).where(table.__table__.c.guild == guild))
        await self._database.purge()

    async def _delete(self, table: type[Table], key: Mapped[int] | Mapped[str], is_old: ColumnElement[bool]) -> int:
        deleted = 0
        while True:
            async with self._database.writing(locks.ROWS) as connection:
                some = select(key).where(is_old).limit(AT_A_TIME)
                done = await connection.execute(delete(table).where(key.in_(some)))
            deleted += done.rowcount
            if done.rowcount < AT_A_TIME:
                return deleted
