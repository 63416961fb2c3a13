"""Bring a database's schema up to date."""

import asyncio
import os
import time
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection

from bot.errors import StorageError
from bot.storage.address import read_address
from bot.storage.database import Database, open_database

LOCK = "migration"

LOCK_SECONDS = 60
"""How long a migration waits for another process's, or for writers to finish."""


async def upgrade(address: str, revision: str = "head") -> bool:
    """Bring the schema up to `revision`, one process at a time; return whether there was something to do.

    Raises:
        StorageError: the database cannot be opened, or its schema is newer than this program.
    """
    url = read_address(address)
    if url.drivername.startswith("sqlite"):
        await asyncio.to_thread(_make_file, url)
    async with open_database(url, LOCK_SECONDS) as database:
        if database.is_sqlite:
            await _use_write_ahead_log(database)
        # A schema that is up to date needs no lock, so that a start does not wait for anybody.
        async with database.reading() as connection:
            if revision == "head" and await connection.run_sync(_is_current):
                return False
        async with database.writing(LOCK) as connection:
            if await connection.run_sync(_is_current):
                return False
            await connection.run_sync(_migrate, revision)
        return True


def revisions() -> list[str]:
    """Return the ids of all migrations, the first one first."""
    return [script.revision for script in reversed(list(_scripts().walk_revisions()))]


def _make_file(url: URL) -> None:
    """Make an empty file that only its owner may read; SQLite's other files take its rights over."""
    path = Path(url.database or "")
    if str(path).startswith("file:"):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StorageError(f"{path}: the database cannot be opened: {error.strerror}", may_pass=True) from error


async def _use_write_ahead_log(database: Database) -> None:
    """Switch to the write-ahead log, which stays so until the file is restored from a copy.

    SQLite does not wait by itself for another process that does the same.
    """
    end = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            async with database.outside() as connection:
                if (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar_one() != "wal":
                    await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                return
        except StorageError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            await asyncio.sleep(0.05)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent / "migrations"))


def _is_current(connection: Connection) -> bool:
    """Return whether nothing is to be done.

    Raises:
        StorageError: the schema is newer than this program.
    """
    script = _scripts()
    found = MigrationContext.configure(connection).get_current_heads()
    known = {revision.revision for revision in script.walk_revisions()}
    if unknown := [revision for revision in found if revision not in known]:
        raise StorageError(
            f"the database is newer than this program (its revision {unknown[0]} is unknown here): update Testigo"
        )
    return set(found) == set(script.get_heads())


def _migrate(connection: Connection, revision: str) -> None:
    """Run the migrations with objects of their own: Alembic's commands use a global that two of them cannot share."""
    scripts = _scripts()

    def steps(heads: tuple[str, ...], context: MigrationContext) -> list[MigrationStep]:
        del context
        found = reversed(list(scripts.iterate_revisions(revision, heads, implicit_base=True)))
        return [MigrationStep.upgrade_from_script(scripts.revision_map, script) for script in found]

    context = MigrationContext.configure(connection, opts={"fn": steps})
    with context.begin_transaction():
        context.run_migrations(op=Operations(context))
