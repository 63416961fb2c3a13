"""The faults of the machine: the database, the process, the clock."""

import asyncio
import datetime
import resource
import signal
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from benchmarks.faults.cases import Case, Inject, Story
from benchmarks.faults.clock import COMPILER, Clock
from benchmarks.faults.house import House, Means, opened_house
from benchmarks.faults.stream import Question, Stream
from tests.storage.faults import full_server, locked_file, locked_tables
from tests.wire.databases import KINDS, Cable, new_database
from tests.wire.service import HASTY

PART = "Host"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
DAY = 86_400
BURST = 15
STOP_SECONDS = 15.0
WAITS = 30.0
AWAY = 3.0
LOCKED = 8.0
SLOW = 5.0
"""Seconds for which a database is away or full, locked, slow; a write waits for five at most."""


def host_stories() -> list[Story]:
    """Return the stories, each database's in bots of their own."""
    stories: list[Story] = []
    for kind in KINDS:
        name, has_server = NAMES[kind], kind == "postgresql"
        opened = _cabled if has_server else opened_house
        faults: dict[str, Inject] = {"locked": _felt(_lock), "slow by 5 s": _slow, "full disk": _felt(_fill)}
        faults |= {"down midway": _felt(_cut)} if has_server else {"folder moved away and back": _move}
        cases = [Case(f"{name}: {fault}", inject, House.counts) for fault, inject in faults.items()]
        start = Case(f"{name}: down at the start", _start_without, House.counts, ends_session=True)
        kill = Case(f"{name}: kill −9 in a write", _kill, _counts_whole)
        stories += [
            Story(PART, cases, opened, has_server),
            Story(PART, [start], partial(_unreachable, kind), has_server),
            Story(PART, [kill], opened, has_server),
        ]
    stories.append(Story(PART, [Case("one shard run twice, then one of them killed", _run_twice)], _sharded, True))
    others = [Case("event loop stalled for 5 s", _stall), Case("SIGTERM under load", _terminate)]
    if COMPILER is not None:
        others[1:1] = [
            Case("clock a day ahead", partial(_jump, DAY), _counts_tomorrow),
            Case("clock a day behind", partial(_jump, -DAY), House.counts),
        ]
    stories.append(Story(PART, others, _shifted if COMPILER is not None else opened_house))
    return stories


@asynccontextmanager
async def _cabled(means: Means) -> AsyncGenerator[House, None]:
    """Open a house whose database is at the other end of a cable."""
    assert means.server is not None
    cable = await new_database("postgresql", means.folder, means.server)
    await cable.mend()
    async with opened_house(means, address=cable.address) as house:
        house.database = cable
        yield house
    await cable.cut()


@asynccontextmanager
async def _unreachable(kind: str, means: Means) -> AsyncGenerator[House, None]:
    """Open a house whose database cannot be reached, and which looks for it again and again."""
    assert means.server is not None or kind == "sqlite"
    database = await new_database(kind, means.new_folder(), means.server)
    async with opened_house(means, args=HASTY, address=database.address, starts=False) as house:
        house.database = database
        yield house
    await database.cut()


@asynccontextmanager
async def _sharded(means: Means) -> AsyncGenerator[House, None]:
    """Open a house whose bot is one shard, by a lease of PostgreSQL."""
    assert means.server is not None
    cable = await new_database("postgresql", means.folder, means.server)
    await cable.mend()
    settings = {"TESTIGO_SHARD_ID": "0", "TESTIGO_SHARD_COUNT": "1"}
    async with opened_house(means, address=cable.address, settings=settings) as house:
        house.database = cable
        yield house
    await cable.cut()


@asynccontextmanager
async def _shifted(means: Means) -> AsyncGenerator[House, None]:
    """Open a house whose clock can be shifted."""
    clock = Clock(means.new_folder())
    async with opened_house(means, settings=clock.environment) as house:
        house.clock = clock
        yield house


async def _lock(house: House, stream: Stream) -> None:
    del stream
    lock = locked_tables if isinstance(house.database, Cable) else locked_file
    async with lock(house.address, house.server):
        await asyncio.sleep(LOCKED)


async def _slow(house: House, stream: Stream) -> None:
    del stream
    if isinstance(house.database, Cable):
        house.database.delay_seconds = SLOW
        await asyncio.sleep(2 * SLOW)
        house.database.delay_seconds = 0.0
    else:
        async with locked_file(house.address, None):
            await asyncio.sleep(SLOW)


async def _fill(house: House, stream: Stream) -> None:
    del stream
    if isinstance(house.database, Cable):
        async with full_server(house.address, house.server):
            await asyncio.sleep(AWAY)
        return
    _, most = resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    await asyncio.sleep(AWAY)
    resource.prlimit(house.process.pid, resource.RLIMIT_FSIZE, (most, most))


async def _cut(house: House, stream: Stream) -> None:
    del stream
    assert house.database is not None
    await house.database.cut()
    await asyncio.sleep(AWAY)
    await house.database.mend()


async def _move(house: House, stream: Stream) -> None:
    del stream
    # A file that is open stays usable: this is the nearest that SQLite has to a server that is down.
    folder = house.file.parent
    elsewhere = folder.rename(folder.with_name("elsewhere"))
    await asyncio.sleep(AWAY)
    elsewhere.rename(folder)


def _felt(inject: Inject) -> Inject:
    """See that the fault was felt: something could not be written."""

    def lost(house: House) -> int:
        return sum("writes lost" in line for line in house.process.lines)

    async def inject_and_look(house: House, stream: Stream) -> None:
        before = lost(house)
        await inject(house, stream)
        assert lost(house) > before, "the fault was not felt"

    return inject_and_look


async def _start_without(house: House, stream: Stream) -> None:
    del stream
    await house.start()
    await asyncio.sleep(AWAY)
    assert house.database is not None
    await house.database.mend()


async def _run_twice(house: House, stream: Stream) -> None:
    first = house.process
    await house.launch()
    await house.process.line("another process is this shard", WAITS)
    await asyncio.sleep(AWAY)
    assert len(house.discord.identifies) == 1, "both are the shard"
    first.send_signal(signal.SIGKILL)
    await house.discord.until(lambda: not house.discord.sessions_online(), "end of the connection")
    stream.end()
    await house.discord.connected()


async def _burst(stream: Stream) -> list[Question]:
    return [await ask() for _ in range(BURST) for ask in (stream.write, stream.command)]


async def _kill(house: House, stream: Stream) -> None:
    asked = await _burst(stream)
    await house.discord.until(lambda: any(each.answered_at for each in asked), "answer")
    await house.kill()
    stream.end()
    await house.start()


async def _counts_whole(house: House) -> None:
    await house.counts()
    if house.database is None:
        connection = sqlite3.connect(house.file)
        [[told]] = connection.execute("PRAGMA integrity_check").fetchall()
        connection.close()
        assert told == "ok", told


async def _stall(house: House, stream: Stream) -> None:
    del stream
    house.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(SLOW)
    house.process.send_signal(signal.SIGCONT)


async def _jump(seconds: int, house: House, stream: Stream) -> None:
    assert house.clock is not None
    house.clock.jump(seconds)
    stream.end()


async def _counts_tomorrow(house: House) -> None:
    await house.counts(datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1))


async def _terminate(house: House, stream: Stream) -> None:
    asked = await _burst(stream)
    house.process.send_signal(signal.SIGTERM)
    status = await house.process.exited(STOP_SECONDS)
    stream.end()
    assert status == 0, f"it ended with status {status}"
    missing = sum(each.answered_at is None for each in asked)
    assert not missing, f"{missing} of {len(asked)} questions of before the signal have no answer"
    await house.start()
