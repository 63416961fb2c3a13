"""What the tests of managing share: a bot that keeps records on a database of the test's own."""

import asyncio
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.answering.testigo import Testigo
from bot.storage.opening import opened_store
from tests.chat.management.house import House, house_of
from tests.chat.world import Wire


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an empty database and its secret; to copy it is faster than to migrate."""
    folder = tmp_path_factory.mktemp("migrated")

    async def migrate() -> None:
        async with opened_store(f"sqlite:///{folder / 'testigo.db'}", None, folder):
            pass

    asyncio.run(migrate())
    return folder


@pytest.fixture
def folder(migrated: Path, tmp_path: Path) -> Path:
    """Return the folder of a new database."""
    return Path(shutil.copytree(migrated, tmp_path / "state"))


@pytest_asyncio.fixture
async def house(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path
) -> AsyncGenerator[House, None]:
    """Run the bot of the invented event with records."""
    async with house_of(lighthouse, cache, wire, description, folder) as house:
        yield house
