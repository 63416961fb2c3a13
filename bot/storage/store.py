"""The store: opens the database and groups its rooms."""

import datetime
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from sqlalchemy import select

from bot.errors import StorageError
from bot.storage.address import read_address
from bot.storage.claims import Claims
from bot.storage.database import Database, insert, open_database
from bot.storage.drafts import Drafts
from bot.storage.hashing import Pseudonyms
from bot.storage.migration import upgrade
from bot.storage.opinions import Opinions
from bot.storage.people import People
from bot.storage.questions import Questions
from bot.storage.retention import Retention
from bot.storage.retractions import Retractions
from bot.storage.reviews import Reviews
from bot.storage.servers import Servers
from bot.storage.statistics import Counts
from bot.storage.tables import KeyCheck
from bot.telemetry.meters import Meters


def utc_now() -> datetime.datetime:
    """Return the time."""
    return datetime.datetime.now(datetime.UTC)


class Store:
    """All that is kept, by room.

    Each call is one transaction: it is done and confirmed when it returns. Each may raise a StorageError.
    """

    def __init__(self, database: Database, pseudonyms: Pseudonyms, now: Callable[[], datetime.datetime]) -> None:
        self.servers = Servers(database, pseudonyms, now)
        self.claims = Claims(database, pseudonyms, now)
        self.questions = Questions(database, pseudonyms)
        self.feedback = Opinions(database, pseudonyms, now)
        self.people = People(database, pseudonyms)
        self.reviews = Reviews(database)
        self.drafts = Drafts(database, pseudonyms, now)
        self.retractions = Retractions(database, pseudonyms, now)
        self.statistics = Counts(database)
        self._retention = Retention(database, now)

    async def expire(self, days: int) -> int:
        """Delete texts, notes and hashes of people that are older than `days`; return how many rows that were."""
        return await self._retention.expire(days)

    async def guilds(self) -> set[int]:
        """Return the guilds of which anything is kept."""
        return await self._retention.guilds()

    async def forget_server(self, guild: int) -> None:
        """Delete everything of a guild."""
        await self._retention.forget_server(guild)


@asynccontextmanager
async def open_store(
    address: str, secret: bytes, now: Callable[[], datetime.datetime] = utc_now, meters: Meters | None = None
) -> AsyncGenerator[Store, None]:
    """Open the store, its schema brought up to date first.

    Raises:
        StorageError: the database cannot be opened, is newer than this program, or was made with another secret.
    """
    pseudonyms = Pseudonyms(secret)
    await upgrade(address)
    async with open_database(read_address(address), meters=meters) as database:
        await _check_secret(database, pseudonyms.fingerprint)
        yield Store(database, pseudonyms, now)


async def _check_secret(database: Database, fingerprint: str) -> None:
    query = select(KeyCheck.fingerprint).where(KeyCheck.name == "secret")
    async with database.reading() as connection:
        found = await connection.scalar(query)
    if found is None:
        async with database.writing() as connection:
            first = insert(connection, KeyCheck).values(name="secret", fingerprint=fingerprint)
            await connection.execute(first.on_conflict_do_nothing())
            found = await connection.scalar(query)
    if found != fingerprint:
        raise StorageError(
            "the secret is not the one that this database was made with: nobody could delete what is kept about them"
        )
