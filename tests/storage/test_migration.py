"""A database of any age is brought up to date, a newer one is refused."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from bot.errors import StorageError
from bot.storage.address import read_address
from bot.storage.database import open_database
from bot.storage.migration import revisions, upgrade
from bot.storage.servers import ServerSettings
from bot.storage.store import open_store
from bot.storage.tables import Table
from tests.storage.samples import GUILD, KEEPING, SECRET, asked

pytestmark = pytest.mark.asyncio


async def run(address: str, statement: str) -> None:
    async with open_database(read_address(address)) as database, database.writing() as connection:
        await connection.exec_driver_sql(statement)


async def differences(address: str) -> list[object]:
    """Return what differs between the database and the tables."""

    def compare(connection: Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), Table.metadata)

    async with open_database(read_address(address)) as database, database.reading() as connection:
        return await connection.run_sync(compare)


@pytest.mark.parametrize("revision", revisions())
async def test_every_past_schema_is_brought_up_to_date(empty: str, revision: str) -> None:
    assert await upgrade(empty, revision)
    await upgrade(empty)
    assert not await upgrade(empty), "there is nothing left to do"
    assert await differences(empty) == []


async def test_a_new_database_needs_no_preparation(empty: str) -> None:
    async with open_store(empty, SECRET) as store:
        await store.questions.record(asked())
    assert await differences(empty) == []


async def test_processes_that_start_together_migrate_once(empty: str) -> None:
    done = await asyncio.gather(*(upgrade(empty) for _ in range(5)))
    assert sum(done) == 1
    assert await differences(empty) == []


async def test_databases_of_one_process_are_migrated_at_the_same_time(tmp_path: Path) -> None:
    addresses = [f"sqlite:///{tmp_path / f'{number}.db'}" for number in range(5)]
    assert all(await asyncio.gather(*map(upgrade, addresses)))
    for address in addresses:
        assert await differences(address) == []


async def test_a_newer_schema_is_refused(address: str) -> None:
    await upgrade(address)
    await run(address, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"newer than this program \(its revision 9999 is unknown here\)") as caught:
        async with open_store(address, SECRET):
            pass
    assert "\n" not in str(caught.value)
    assert not caught.value.may_pass


async def test_what_is_stored_outlives_a_restart(address: str) -> None:
    async with open_store(address, SECRET) as store:
        await store.servers.change(GUILD, 1, KEEPING)
    async with open_store(address, SECRET) as store:
        assert await store.servers.of(GUILD) == KEEPING


async def test_a_database_that_is_locked_opens(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'testigo.db'}"
    async with open_store(address, SECRET):
        pass
    writer = sqlite3.connect(tmp_path / "testigo.db", isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    async with open_store(address, SECRET) as store:
        assert await store.servers.of(GUILD) == ServerSettings()
    writer.close()


async def test_a_restored_file_has_a_write_ahead_log_again(tmp_path: Path) -> None:
    path = tmp_path / "testigo.db"
    async with open_store(f"sqlite:///{path}", SECRET):
        pass
    for statement, mode in (("PRAGMA journal_mode = DELETE", "delete"), ("PRAGMA journal_mode", "wal")):
        with closing(sqlite3.connect(path)) as file:
            assert file.execute(statement).fetchone() == (mode,)
        async with open_store(f"sqlite:///{path}", SECRET):
            pass


async def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "testigo.db"
    async with open_store(f"sqlite:///{path}", SECRET) as store:
        await store.questions.record(asked())
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "address",
    ["sqlite:////proc/nowhere/testigo.db", "sqlite:///{folder}/text", "postgresql://a:hunter2@127.0.0.1:1/testigo"],
)
async def test_what_cannot_be_opened_is_told_in_one_line(address: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("This is no database.\n" * 100)
    with pytest.raises(StorageError) as caught:
        async with open_store(address.format(folder=tmp_path), SECRET):
            pass
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)
