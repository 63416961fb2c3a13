"""Transactions on either database, with their errors in one form."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import groupby
from typing import Any

from asyncpg import DataError, InterfaceError, PostgresError
from sqlalchemy import ARRAY, URL, BigInteger, Connection, cast, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage import locks
from bot.storage.tables import Table
from bot.telemetry.meters import Meters, timed

_log = logging.getLogger(__name__)

PATIENCE = 5
"""Seconds of waiting for a connection or for another process's lock."""

PURGE_ATTEMPTS = 6
"""A purge waits each time for as long as `PATIENCE` says; half a minute outlasts every reader of ours."""


class Database:
    """A database, SQLite or PostgreSQL."""

    def __init__(self, engine: AsyncEngine, meters: Meters) -> None:
        self._engine = engine
        self._meters = meters
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time. Those of one process take turns here, in order, instead of polling the file.
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection, None]:
        """Open a transaction that reads.

        Raises:
            StorageError: the database cannot be used now.
        """
        with self._measured("read"):
            async with self._engine.execution_options(begin="BEGIN").connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self, *held: str) -> AsyncGenerator[AsyncConnection, None]:
        """Open a transaction that writes, committed at the end; on PostgreSQL it takes the locks `held`, in this order.

        A lock that begins with ``shared`` may be held by many. SQLite needs none: its writers come one after another.

        Raises:
            StorageError: the database cannot be used now; nothing is written.
        """
        with self._measured("write"):
            if not self.is_sqlite:
                async with self._engine.begin() as connection:
                    await _take(connection, held)
                    yield connection
                return
            # Without IMMEDIATE two transactions that read before they write would both go on from the old value, or one
            # would fail at once without waiting.
            async with self._turn, self._engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
                yield connection

    @asynccontextmanager
    async def outside(self) -> AsyncGenerator[AsyncConnection, None]:
        """Open a connection to SQLite without a transaction, for what cannot be done within one.

        Raises:
            StorageError: the database cannot be used now.
        """
        with clear_errors():
            async with self._engine.execution_options(begin=None).connect() as connection:
                yield connection

    @contextmanager
    def _measured(self, operation: str) -> Generator[None, None, None]:
        with timed(self._meters.store.labels(operation).observe):
            try:
                with clear_errors():
                    yield
            except StorageError:
                self._meters.store_errors.inc()
                raise

    async def purge(self) -> None:
        """Remove what was deleted from SQLite's write-ahead log, too; secure_delete has removed it from the file.

        Where that cannot be done now, it is logged: the rows are deleted all the same, and the next purge does it.
        """
        if not self.is_sqlite:
            return
        with suppress(StorageError):
            async with self.outside() as connection:
                for _ in range(PURGE_ATTEMPTS):
                    is_busy, *_ = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()
                    if not is_busy:
                        return
        _log.warning("deleted rows are still in the write-ahead log: the database is in use")


@asynccontextmanager
async def open_database(
    url: URL, patience: float = PATIENCE, meters: Meters | None = None
) -> AsyncGenerator[Database, None]:
    """Open a database; a connection is made when one is needed."""
    # At DEBUG aiosqlite logs every statement with its values, which hold what people wrote.
    if logging.getLogger("aiosqlite").level < logging.INFO:
        logging.getLogger("aiosqlite").setLevel(logging.INFO)
    if url.drivername.startswith("sqlite"):
        arguments: dict[str, Any] = {"timeout": patience, "isolation_level": None}
    else:
        arguments = {"timeout": patience, "command_timeout": patience}
    engine = create_async_engine(
        url,
        connect_args=arguments,
        # Values never stand in an error's text.
        hide_parameters=True,
        pool_timeout=patience,
        # A PostgreSQL that was restarted left us dead connections; a file leaves none.
        pool_pre_ping=not url.drivername.startswith("sqlite"),
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    try:
        yield Database(engine, meters or Meters())
    finally:
        await engine.dispose()


def _prepare(connection: Any, record: object) -> None:
    """Set what SQLite keeps by connection."""
    del record
    cursor = connection.cursor()
    # synchronous FULL: what is confirmed outlives a power cut. secure_delete: deleted text is overwritten.
    for pragma in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL", "temp_store = MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin as the caller wants it: the driver itself begins nothing, since its isolation level is None."""
    statement = connection.get_execution_options().get("begin")
    if statement is not None:
        connection.exec_driver_sql(statement)


@contextmanager
def clear_errors() -> Generator[None, None, None]:
    """Turn what goes wrong with a database into a StorageError, whose message holds no value."""
    try:
        yield
    except (SQLAlchemyError, PostgresError, InterfaceError, OSError) as error:
        complaint: BaseException = getattr(error, "orig", None) or error
        complaint = complaint.__cause__ or complaint
        if isinstance(complaint, ValueError | DataError):
            # The driver shows the value that it cannot send: neither the message nor a traceback may repeat it.
            raise StorageError(f"the database cannot be used: {type(complaint).__name__}") from None
        # Further lines of a complaint hold statements.
        first = next(iter(str(complaint).splitlines()), type(complaint).__name__)
        # SQLite says so of a file that is damaged or none of its own; all else has a kind of its own.
        is_damaged = type(error) is DatabaseError
        raise StorageError(f"the database cannot be used: {first}", may_pass=not is_damaged) from error


async def _take(connection: AsyncConnection, held: Sequence[str]) -> None:
    """Take locks, in this order; those of a kind that follow each other with one statement."""
    for is_shared, several in groupby(held, lambda lock: lock.startswith("shared ")):
        take: Callable[[Any], Any] = func.pg_advisory_xact_lock_shared if is_shared else func.pg_advisory_xact_lock
        keys = [locks.key(lock.removeprefix("shared ")) for lock in several]
        key = func.unnest(cast(keys, ARRAY(BigInteger))).column_valued("key")
        await connection.execute(select(take(key)))


def insert(connection: AsyncConnection, table: type[Table]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that can say ON CONFLICT, which both databases write alike and SQLAlchemy keeps apart."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
