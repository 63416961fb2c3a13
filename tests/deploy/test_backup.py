"""What is kept can be copied while it is used, and put back."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.storage.migration import upgrade
from bot.terminal.commands import main
from tests.deploy.backup import Postgres, Sqlite, programs, prove
from tests.storage.servers import PostgresServer

Run = Callable[..., Result]


def test_a_copy_of_sqlite_made_while_it_is_written_to_is_restored_whole(tmp_path: Path) -> None:
    assert prove(Sqlite(tmp_path)) == []


def test_a_copy_of_postgresql_made_while_it_is_written_to_is_restored_whole(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    found = programs()
    if found is None:
        pytest.skip("pg_dump is not in this package of PostgreSQL")
    asyncio.run(postgres.run("CREATE DATABASE backup"))
    assert prove(Postgres(postgres, found, tmp_path, "backup")) == []


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return the file of an empty store."""
    asyncio.run(upgrade(f"sqlite:///{tmp_path / 'testigo.db'}"))
    return tmp_path / "testigo.db"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs `testigo db`."""

    def run(*args: str | Path, address: str = f"sqlite:///{tmp_path / 'testigo.db'}") -> Result:
        return CliRunner().invoke(
            main, ["db", *map(str, args)], env={"TESTIGO_DATABASE_URL": address, "TESTIGO_SECRET": "", "HOME": "/"}
        )

    return run


def refusal(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_copy_is_one_file_for_its_owner_alone(database: Path, run: Run) -> None:
    copy = database.with_name("copy.db")
    done = run("backup", copy)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Database copied to {copy}.\nKeep ")
    assert [file.name for file in copy.parent.glob("copy*")] == ["copy.db"]
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_written_over(database: Path, run: Run) -> None:
    assert "there is a file already" in refusal(run("backup", database))


def test_without_a_database_there_is_nothing_to_copy(tmp_path: Path, run: Run) -> None:
    assert "there is no database" in refusal(run("backup", tmp_path / "copy.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(database: Path, run: Run) -> None:
    assert "No such file" in refusal(run("backup", database.parent / "none" / "copy.db"))


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_for_postgresql_its_own_programs_are_named(tmp_path: Path, run: Run, command: str) -> None:
    told = refusal(run(command, tmp_path / "copy", address="postgresql://ana:hunter2@host/name"))
    assert "pg_dump" in told
    assert "hunter2" not in told


def test_a_database_in_use_is_not_written_over(database: Path, run: Run) -> None:
    copy = database.with_name("copy.db")
    run("backup", copy)
    with closing(sqlite3.connect(database)) as bot:
        bot.execute("SELECT * FROM alembic_version").fetchall()
        assert "in use: stop the bot first" in refusal(run("restore", copy))
    assert run("restore", copy).exit_code == 0


@pytest.mark.parametrize("content", [None, b"", b"not a database" * 100, "other", "cut"])
def test_what_is_no_copy_is_not_restored(database: Path, run: Run, content: bytes | str | None) -> None:
    copy = database.with_name("copy.db")
    if content == "other":
        with closing(sqlite3.connect(copy)) as other:
            other.execute("CREATE TABLE cats (name)")
    elif content == "cut":
        run("backup", copy)
        copy.write_bytes(copy.read_bytes()[:-4096])
    elif isinstance(content, bytes):
        copy.write_bytes(content)
    before = database.read_bytes()
    assert refusal(run("restore", copy)).startswith(f"testigo: {copy}: ")
    assert database.read_bytes() == before
