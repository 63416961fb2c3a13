"""What happens to databases: each fault holds while its context is open."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.storage.address import read_address
from tests.storage.servers import PostgresServer

Fault = Callable[[str, PostgresServer | None], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def locked_file(address: str, server: PostgresServer | None) -> AsyncIterator[None]:
    """Let another process write without end."""
    del server
    connection = sqlite3.connect(Path(read_address(address).database or ""), isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    yield
    connection.close()


@contextmanager
def _while_used(statement: str, afterwards: str) -> Iterator[None]:
    """Run a statement when a connection is taken from the pool, and another when it is given back."""

    def run(text: str) -> Callable[..., None]:
        def on_event(connection: Any, *_: object) -> None:
            if connection is not None:
                cursor = connection.cursor()
                cursor.execute(text)
                cursor.close()

        return on_event

    taken, given_back = run(statement), run(afterwards)
    event.listen(Pool, "checkout", taken)
    event.listen(Pool, "checkin", given_back)
    yield
    event.remove(Pool, "checkout", taken)
    event.remove(Pool, "checkin", given_back)


@asynccontextmanager
async def read_only_file(address: str, server: PostgresServer | None) -> AsyncIterator[None]:
    """Refuse every write."""
    del address, server
    with _while_used("PRAGMA query_only = ON", "PRAGMA query_only = OFF"):
        yield


@asynccontextmanager
async def full_disk(address: str, server: PostgresServer | None) -> AsyncIterator[None]:
    """Let the file grow no more, as on a full disk."""
    del address, server
    with _while_used("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823"):
        yield


@asynccontextmanager
async def locked_tables(address: str, server: PostgresServer | None) -> AsyncIterator[None]:
    """Let somebody hold the tables."""
    assert server is not None
    connection = await server.connect(read_address(address).database or "")
    transaction = connection.transaction()
    await transaction.start()
    await connection.execute("LOCK TABLE seen, counts, servers, feedback, people IN ACCESS EXCLUSIVE MODE")
    yield
    await transaction.rollback()
    await connection.close()


@asynccontextmanager
async def read_only_server(address: str, server: PostgresServer | None) -> AsyncIterator[None]:
    """Be a stand-by server, which takes no writes."""
    assert server is not None
    name = read_address(address).database
    await server.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await _disconnect(server, name)
    yield
    await server.run(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
    await _disconnect(server, name)


@asynccontextmanager
async def no_server(address: str, server: PostgresServer | None) -> AsyncIterator[None]:
    """Take the database away: connections end and none is let in."""
    assert server is not None
    name = read_address(address).database
    await server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await _disconnect(server, name)
    yield
    await server.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@asynccontextmanager
async def full_server(address: str, server: PostgresServer | None) -> AsyncIterator[None]:
    """Answer every write as a server does whose disk is full."""
    assert server is not None
    name = read_address(address).database or ""
    tables = ("seen", "counts", "feedback")
    body = "BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END"
    await server.run(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $${body}$$", name)
    for table in tables:
        when = f"BEFORE INSERT OR UPDATE ON {table} FOR EACH STATEMENT"
        await server.run(f"CREATE TRIGGER full_disk {when} EXECUTE FUNCTION full_disk()", name)
    yield
    await server.run("DROP FUNCTION full_disk() CASCADE", name)


async def _disconnect(server: PostgresServer, name: str | None) -> None:
    await server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


@asynccontextmanager
async def silent_server() -> AsyncIterator[str]:
    """Listen and say nothing: the slowest of all databases."""
    writers: list[asyncio.StreamWriter] = []

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        writers.append(writer)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with server:
        yield f"postgresql://nobody@127.0.0.1:{server.sockets[0].getsockname()[1]}/testigo"
        for writer in writers:
            writer.close()


FAULTS: dict[str, list[tuple[Fault, str]]] = {
    "sqlite": [(locked_file, "slow"), (read_only_file, "failed"), (full_disk, "failed")],
    "postgresql": [
        (locked_tables, "slow"),
        (read_only_server, "failed"),
        (full_server, "failed"),
        (no_server, "failed"),
    ],
}
"""The faults of each database, and why the writes are lost meanwhile."""
