"""Both databases, a new one for each test."""

import datetime
import itertools
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.migration import upgrade
from bot.storage.store import Store, open_store
from tests.storage.samples import SECRET, START
from tests.storage.servers import PostgresServer

_numbers = itertools.count()


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime.datetime:
        return self.time

    def pass_days(self, days: float) -> None:
        """Let time pass."""
        self.time += datetime.timedelta(days=days)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return which database the test runs on."""
    return request.param


@pytest_asyncio.fixture
async def empty(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Return the address of a database without tables."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'testigo.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"test{next(_numbers)}"
    await server.run(f"CREATE DATABASE {name}")
    yield server.address(name)
    await server.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest_asyncio.fixture
async def address(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """Return the address of a database with its tables; PostgreSQL copies it, which is faster than to migrate."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'testigo.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    if not server.has_template:
        await server.run("CREATE DATABASE migrated")
        await upgrade(server.address("migrated"))
        server.has_template = True
    name = f"test{next(_numbers)}"
    await server.run(f"CREATE DATABASE {name} TEMPLATE migrated")
    yield server.address(name)
    await server.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still until it is moved."""
    return Clock()


@pytest_asyncio.fixture
async def store(address: str, clock: Callable[[], datetime.datetime]) -> AsyncIterator[Store]:
    """Open a new store."""
    async with open_store(address, SECRET, clock) as store:
        yield store
