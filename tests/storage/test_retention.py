"""What is kept ends, and is gone from every file."""

import asyncio
import logging
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.answering.feedback import Reason, Report
from bot.answering.reply import Outcome
from bot.storage.address import read_address
from bot.storage.database import open_database
from bot.storage.drafts import Draft, DraftKind
from bot.storage.servers import ServerSettings
from bot.storage.store import Store, open_store
from bot.storage.tables import Table
from tests.storage.conftest import Clock
from tests.storage.samples import ADA, CURATOR, GUILD, KEEPING, OTHER_GUILD, SECRET, START, asked, origin

pytestmark = pytest.mark.asyncio

CANARY = "canariaxyzzy"
"""A word that stands nowhere else."""


async def fill(store: Store, guild: int, clock: Clock) -> None:
    """Let Ada ask, report and agree in a guild and in direct messages, and draft and change settings."""
    await store.servers.change(guild, ADA, KEEPING)
    await store.people.agree(ADA, True)
    for where in (guild, None):
        question = asked(f"Where is {CANARY}?", Outcome.GAP, guild=where, at=clock())
        await store.questions.record(question)
        await store.feedback.record(Report(("fire",), "en", Reason.WRONG, f"Note {CANARY}"), origin(question))
        for kept in await store.reviews.pending(where):
            draft = Draft(DraftKind.GAP, kept.text, "en", None, where, ADA, (kept.id,))
            await store.drafts.add(draft)


async def rows(address: str) -> str:
    """Return all rows of all tables as one text."""
    async with open_database(read_address(address)) as database, database.reading() as connection:
        found = [(await connection.execute(select(table))).all() for table in Table.metadata.sorted_tables]
    return str(found)


def file_contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_texts_notes_and_people_expire(store: Store, clock: Clock) -> None:
    await fill(store, GUILD, clock)
    (draft, direct) = await store.drafts.everywhere()
    await store.drafts.exported([draft.id, direct.id])
    clock.pass_days(29.9)
    await store.servers.change(GUILD, CURATOR, ServerSettings("es", keeps_questions=True))
    young = asked("Is it kept?", Outcome.GAP, person=CURATOR, at=clock())
    await store.questions.record(young)
    assert await store.expire(30) == 0
    clock.pass_days(0.2)
    # Two questions, two reports, two drafts, and three acts; the export is nobody's.
    assert await store.expire(30) == 2 + 2 + 2 + 3
    assert await store.expire(30) == 0
    assert [kept.text for kept in await store.reviews.everywhere()] == ["Is it kept?"]
    exported = await store.people.export(ADA)
    assert exported.pop("agreed_in_direct_messages") is True, "what a person chose is no text"
    assert not any(exported.values())
    assert [act.person is None for act in await store.servers.audit(GUILD)] == [False, True, True]
    assert (await store.statistics.everywhere(START.date())).questions == 3, "the counts name nobody and stay"


async def test_many_rows_expire(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.retention.AT_A_TIME", 3)
    await store.servers.change(GUILD, CURATOR, KEEPING)
    for _ in range(7):
        await store.questions.record(asked("Why?", Outcome.GAP, at=clock()))
    clock.pass_days(31)
    assert await store.expire(30) == 7 + 1


async def test_a_server_that_is_gone_leaves_nothing(store: Store, clock: Clock, address: str) -> None:
    await fill(store, GUILD, clock)
    await fill(store, OTHER_GUILD, clock)
    assert str(GUILD) in await rows(address)
    await store.forget_server(GUILD)
    found = await rows(address)
    assert str(GUILD) not in found
    assert str(OTHER_GUILD) in found
    assert len(await store.reviews.everywhere()) == 0
    assert len(await store.drafts.everywhere()) == 3, "the other guild's and two of direct messages"


async def test_what_was_deleted_is_in_no_file_and_nothing_personal_in_the_log(
    kind: str, address: str, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("aiosqlite").setLevel(logging.NOTSET)
    ids = [str(ADA).encode(), ADA.to_bytes(8, "big"), ADA.to_bytes(8, "little")]
    async with open_store(address, SECRET, clock) as store, open_store(address, SECRET, clock) as another:
        await fill(store, GUILD, clock)
        assert await another.reviews.pending(GUILD) == []
        if kind == "sqlite":
            written = file_contents(tmp_path)
            assert CANARY.encode() in written, "otherwise the test would see nothing"
            assert str(GUILD).encode() in written or GUILD.to_bytes(8, "big") in written
        assert CANARY in await rows(address)
        assert str(ADA) not in await rows(address)

        await store.people.delete(ADA)
        assert CANARY not in await rows(address)
        if kind == "sqlite":
            assert CANARY.encode() not in file_contents(tmp_path)
        await store.forget_server(GUILD)
        assert str(GUILD) not in await rows(address)
        if kind == "sqlite":
            ids += [str(GUILD).encode(), GUILD.to_bytes(8, "big")]
            left = file_contents(tmp_path)
            assert [id_ for id_ in ids if id_ in left] == []
    logged = "\n".join(f"{record.getMessage()} {record.__dict__} {record.exc_text}" for record in caplog.records)
    assert CANARY not in logged
    assert str(ADA) not in logged


async def test_a_deletion_waits_for_who_still_reads(clock: Clock, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'testigo.db'}"
    async with open_store(address, SECRET, clock) as store:
        await fill(store, GUILD, clock)
        reader = sqlite3.connect(tmp_path / "testigo.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM questions").fetchone()
        deleting = asyncio.create_task(store.people.delete(ADA))
        while (await store.people.export(ADA))["questions"]:
            pass
        assert CANARY.encode() in file_contents(tmp_path), "as long as somebody reads what was there"
        reader.close()
        assert await deleting
        assert CANARY.encode() not in file_contents(tmp_path)


async def test_expired_text_is_in_no_file(address: str, clock: Clock, tmp_path: Path) -> None:
    async with open_store(address, SECRET, clock) as store:
        await fill(store, GUILD, clock)
        await store.drafts.exported([draft.id for draft in await store.drafts.everywhere()])
        clock.pass_days(31)
        await store.expire(30)
        assert CANARY.encode() not in file_contents(tmp_path)
        assert CANARY not in await rows(address)
