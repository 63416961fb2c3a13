"""What each server's managers chose."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.model import Language
from bot.storage import changes, locks
from bot.storage.auditing import Act, Action, acts, audit
from bot.storage.consent import delete_texts
from bot.storage.database import Database, insert
from bot.storage.hashing import Pseudonyms
from bot.storage.tables import Server


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server's managers can choose.

    `channels` are those where the bot answers mentions; where there is none, it does so in all.
    """

    language: Language | None = None
    answers_privately: bool = False
    keeps_questions: bool = False
    curator_role: int | None = None
    channels: frozenset[int] = field(default_factory=frozenset[int])


class Servers:
    """The settings of the servers."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, now: Callable[[], datetime.datetime]) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._now = now

    async def of(self, guild: int) -> ServerSettings:
        """Return a server's settings; where its managers chose nothing, the defaults."""
        async with self._database.reading() as connection:
            return await _read(connection, guild)

    async def change(self, guild: int, person: int, settings: ServerSettings) -> ServerSettings:
        """Put `settings` in force and write down what changed; what a server no longer keeps is deleted."""
        async with self._database.writing(locks.ROWS, locks.guild(guild)) as connection:
            old = await _read(connection, guild)
            changed = [
                name.name for name in fields(settings) if getattr(old, name.name) != getattr(settings, name.name)
            ]
            if not changed:
                return settings
            columns = _plain(settings)
            statement = insert(connection, Server).values(guild=guild, **columns)
            await connection.execute(statement.on_conflict_do_update(index_elements=[Server.guild], set_=columns))
            was = _plain(old)
            await audit(
                connection,
                Act(
                    self._now(),
                    guild,
                    self._pseudonyms.person(person),
                    Action.SETTINGS,
                    {name: was[name] for name in changed},
                    {name: columns[name] for name in changed},
                ),
            )
            await changes.announce(connection, changes.server(guild))
            stops_keeping = old.keeps_questions and not settings.keeps_questions
            if stops_keeping:
                await delete_texts(connection, guild)
        if stops_keeping:
            await self._database.purge()
        return settings

    async def audit(self, guild: int, limit: int = 100) -> list[Act]:
        """Return the last acts in a server, the newest first."""
        async with self._database.reading() as connection:
            return await acts(connection, guild, limit)


def _plain(settings: ServerSettings) -> dict[str, Any]:
    values = {name.name: getattr(settings, name.name) for name in fields(settings)}
    return {**values, "channels": sorted(settings.channels)}


async def _read(connection: AsyncConnection, guild: int) -> ServerSettings:
    found = await connection.execute(
        select(
            Server.language, Server.answers_privately, Server.keeps_questions, Server.curator_role, Server.channels
        ).where(Server.guild == guild)
    )
    row = found.one_or_none()
    if row is None:
        return ServerSettings()
    language, answers_privately, keeps_questions, curator_role, channels = row
    return ServerSettings(language, answers_privately, keeps_questions, curator_role, frozenset(channels))
