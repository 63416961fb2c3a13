"""Processes that write as fast as they can, and what must be true afterwards."""

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from sqlalchemy import func, select

from bot.answering.reply import Outcome
from bot.storage.address import read_address
from bot.storage.database import open_database
from bot.storage.servers import ServerSettings
from bot.storage.store import Store, open_store
from bot.storage.tables import Audit, Count, KeptQuestion, Seen
from tests.storage.samples import CURATOR, GUILD, HELPFUL, KEEPING, NOT_HELPFUL, SECRET, START, asked, origin

LONG_AGO = START.date()


@dataclass(frozen=True)
class Written:
    """What a process wrote and how long the slowest of a hundred writes took."""

    rounds: int
    errors: tuple[str, ...]
    p99_seconds: float


def _context() -> multiprocessing.context.ForkServerContext:
    # Its children start in milliseconds, with everything imported.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.storage.writing"])
    return context


async def prepare(address: str) -> None:
    """Let the guild keep its questions."""
    async with open_store(address, SECRET) as store:
        await store.servers.change(GUILD, CURATOR, KEEPING)


def _text(number: int) -> str:
    # Short numbers, for long ones are masked.
    return f"Question {number % 10**9} of process {number // 10**9}"


async def _round(store: Store, number: int) -> None:
    """Write a question, two opinions on it and a change of settings, all on rows that the others write too."""
    question = asked(_text(number), Outcome.GAP, id=number)
    await store.questions.record(question)
    await store.feedback.record(HELPFUL, origin(question))
    await store.feedback.record(NOT_HELPFUL, origin(question))
    if number % 5 == 0:
        await store.servers.change(GUILD, CURATOR, ServerSettings(keeps_questions=True, curator_role=number))


def _write(address: str, process: int, seconds: float, results: Connection) -> None:
    async def write() -> Written:
        rounds, errors, took = 0, list[str](), list[float]()
        async with open_store(address, SECRET) as store:
            end = time.monotonic() + seconds
            while (start := time.monotonic()) < end:
                rounds += 1
                try:
                    await _round(store, process * 10**9 + rounds)
                except Exception as error:  # noqa: BLE001 - whatever it is, it is one of the errors that must not be
                    errors.append(repr(error))
                took.append(time.monotonic() - start)
        return Written(rounds, tuple(errors), sorted(took)[int(len(took) * 0.99)])

    results.send(asyncio.run(write()))


def write_together(address: str, processes: int, seconds: float) -> list[Written]:
    """Let some processes write for some seconds."""
    started = [_start(_write, address, number + 1, seconds) for number in range(processes)]
    written = [results.recv() for _, results in started]
    for process, _ in started:
        process.join()
    return written


def _confirm(address: str, process: int, seconds: float, results: Connection) -> None:
    async def write() -> None:
        async with open_store(address, SECRET) as store:
            end, number = time.monotonic() + seconds, process * 10**9
            while time.monotonic() < end:
                number += 1
                await store.questions.record(asked(_text(number), Outcome.GAP, id=number))
                results.send(number)

    asyncio.run(write())


def write_until_killed(address: str, process: int, confirmations: int) -> list[int]:
    """Let a process write, kill it after some confirmations, and return all it confirmed."""
    child, results = _start(_confirm, address, process, 60.0)
    confirmed = [results.recv() for _ in range(confirmations)]
    child.kill()
    child.join()
    with suppress(EOFError, OSError):
        while True:
            confirmed.append(results.recv())
    return confirmed


def _start(target: object, address: str, process: int, seconds: float) -> tuple[BaseProcess, Connection]:
    context = _context()
    results, sender = context.Pipe(duplex=False)
    child = context.Process(target=target, args=(address, process, seconds, sender))  # type: ignore[arg-type]
    child.start()
    sender.close()
    return child, results


async def lost_by(address: str, written: Sequence[Written]) -> list[str]:
    """Return what is missing or too much after `write_together`."""
    rounds = sum(one.rounds for one in written)
    async with open_store(address, SECRET) as store:
        found = await store.statistics.of(GUILD, LONG_AGO)
        acts = [act for act in reversed(await store.servers.audit(GUILD, 10**6)) if "curator_role" in act.new]
    wrong = [f"{one.errors[:3]}" for one in written if one.errors]
    if found.questions != rounds or found.by_entry != {"fire": rounds}:
        wrong.append(f"{rounds} questions written, {found.questions} counted")
    if found.by_feedback != {"rating not helpful": rounds}:
        wrong.append(f"{rounds} opinions written, {found.by_feedback} counted")
    olds, news = [act.old["curator_role"] for act in acts], [act.new["curator_role"] for act in acts]
    if olds != [None, *news][:-1] or len(acts) != sum(one.rounds // 5 for one in written):
        wrong.append(f"{len(acts)} changes of settings do not follow one from the other")
    return wrong


async def missing_of(address: str, confirmed: Sequence[int], kills: int) -> list[str]:
    """Return what is missing or damaged after `write_until_killed`."""
    wrong: list[str] = []
    async with open_store(address, SECRET) as store:
        kept = {question.text for question in await store.reviews.pending(GUILD, 10**6)}
    wrong += [f"{number} was confirmed and is lost" for number in confirmed if _text(number) not in kept]
    async with open_database(read_address(address)) as database, database.reading() as connection:
        if database.is_sqlite:
            checks = [row[0] for row in await connection.exec_driver_sql("PRAGMA integrity_check")]
            wrong += [] if checks == ["ok"] else checks
        numbers = [
            await connection.scalar(select(func.count()).select_from(KeptQuestion)),
            await connection.scalar(select(func.count()).select_from(Seen)),
            await connection.scalar(select(func.sum(Count.number)).where(Count.entry == "")),
        ]
        assert await connection.scalar(select(func.count()).select_from(Audit)) == 1
    if len(set(numbers)) != 1 or not len(confirmed) <= int(numbers[0] or 0) <= len(confirmed) + kills:
        wrong.append(f"{len(confirmed)} confirmed; kept, seen, counted: {numbers}")
    return wrong
