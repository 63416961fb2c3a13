"""Databases of either kind that go and come while the bot runs."""

import asyncio
import itertools
import socket
import sqlite3
from contextlib import suppress
from pathlib import Path

from tests.storage.servers import PostgresServer

KINDS = ("sqlite", "postgresql")
PASSWORD = "hunter2"

_numbers = itertools.count()


async def new_address(kind: str, folder: Path, server: PostgresServer) -> str:
    """Return the address of a database without tables."""
    number = next(_numbers)
    if kind == "sqlite":
        return f"sqlite:///{folder / f'{number}.db'}"
    await server.run(f"CREATE DATABASE wire{number}")
    return server.address(f"wire{number}")


class File:
    """A SQLite file: a thing stands in its place at first; later somebody holds it."""

    def __init__(self, folder: Path) -> None:
        self.address = f"sqlite:///{folder / 'place' / 'testigo.db'}"
        self._path = folder / "place" / "testigo.db"
        self._path.parent.touch()
        self._holder: sqlite3.Connection | None = None

    async def cut(self) -> None:
        """Let nobody write."""
        self._holder = sqlite3.connect(self._path, isolation_level=None)
        self._holder.execute("BEGIN EXCLUSIVE")

    async def mend(self) -> None:
        """Let everybody write."""
        if self._holder is not None:
            self._holder.close()
        elif self._path.parent.is_file():
            self._path.parent.unlink()


class Cable:
    """A port of this machine that leads to PostgreSQL's socket unless the cable is cut, as it is at first."""

    def __init__(self, server: PostgresServer, name: str) -> None:
        self._path = f"{server.host}/.s.PGSQL.{server.port or 5432}"
        self._port = unused_port()
        self.address = f"postgresql://{server.user}:{PASSWORD}@127.0.0.1:{self._port}/{name}"
        self._listening: asyncio.Server | None = None
        self._streams: set[asyncio.StreamWriter] = set()
        self.delay_seconds = 0.0

    async def mend(self) -> None:
        """Let everybody through."""
        self._listening = await asyncio.start_server(self._lead, "127.0.0.1", self._port)

    async def cut(self) -> None:
        """End every connection, and let nobody through."""
        if self._listening is not None:
            self._listening.close()
            for stream in list(self._streams):
                stream.transport.abort()
            self._listening = None

    async def _lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_unix_connection(self._path)
        streams = {writer, server_writer}
        self._streams |= streams
        await asyncio.gather(self._pass_on(reader, server_writer), self._pass_on(server_reader, writer))
        self._streams -= streams

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while part := await reader.read(65536):
                await asyncio.sleep(self.delay_seconds)
                writer.write(part)
                await writer.drain()
        writer.close()


async def new_database(kind: str, folder: Path, server: PostgresServer | None) -> File | Cable:
    """Return a database that cannot be reached yet."""
    if kind == "sqlite":
        return File(folder)
    assert server is not None
    name = f"wire{next(_numbers)}"
    await server.run(f"CREATE DATABASE {name}")
    return Cable(server, name)


def unused_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
