"""Nobody waits for a write, whatever happens to the database, and what is lost is counted."""

import asyncio
import datetime
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answering.reply import Outcome
from bot.storage.address import read_address
from bot.storage.caching import ServerSettingsCache
from bot.storage.claiming import Claimer
from bot.storage.database import open_database
from bot.storage.hashing import Pseudonyms
from bot.storage.recorder import Recorder
from bot.storage.servers import ServerSettings
from bot.storage.store import Store, open_store, utc_now
from bot.telemetry.meters import Meters
from tests.metering import numbers
from tests.storage.faults import FAULTS, Fault, full_disk, silent_server
from tests.storage.samples import CURATOR, GUILD, HELPFUL, KEEPING, OTHER_GUILD, SECRET, asked, origin

pytestmark = pytest.mark.asyncio

LONG_AGO = datetime.date(2020, 1, 1)
ALL_FAULTS = [
    pytest.param(kind, fault, reason, id=f"{kind}-{fault.__name__}")
    for kind, faults in FAULTS.items()
    for fault, reason in faults
]


async def questions(store: Store) -> int:
    return (await store.statistics.everywhere(LONG_AGO)).questions


async def within(milliseconds: float, cache: ServerSettingsCache, *guilds: int) -> ServerSettings:
    """Return the settings that are found for each; one may take longer, for this machine does other things too."""
    found, seconds = set[ServerSettings](), list[float]()
    for guild in guilds:
        start = time.perf_counter()
        found.add(await cache.of(guild))
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < milliseconds / 1000
    [settings] = found
    return settings


@pytest_asyncio.fixture
async def unreachable() -> AsyncIterator[Store]:
    """Return a store whose database says nothing."""
    async with silent_server() as address, open_database(read_address(address)) as database:
        yield Store(database, Pseudonyms(SECRET), utc_now)


async def test_what_is_recorded_is_written_soon(store: Store) -> None:
    meters = Meters()
    recorder = Recorder(store, meters)
    for _ in range(20):
        question = asked()
        recorder.asked(question)
        recorder.record(HELPFUL, origin(question))
    await recorder.close(10)
    assert numbers(meters.writes_lost) == {}
    found = await store.statistics.of(GUILD, LONG_AGO)
    assert (found.questions, found.by_feedback) == (20, {"rating helpful": 20})


@pytest.mark.parametrize(("kind", "fault", "reason"), ALL_FAULTS)
async def test_a_fault_delays_nobody_and_passes(
    kind: str,
    fault: Fault,
    reason: str,
    address: str,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = request.getfixturevalue("postgres") if kind == "postgresql" else None
    async with open_store(address, SECRET) as store:
        await store.servers.change(GUILD, CURATOR, KEEPING)
        cache = ServerSettingsCache(store, fresh=0, seconds=0.5)
        async with asyncio.timeout(5):
            while await cache.of(GUILD) != KEEPING:
                pass  # a busy machine needs longer than an answer waits
        meters = Meters()
        recorder = Recorder(store, meters, seconds=0.5)
        async with fault(address, server):
            start = time.perf_counter()
            for _ in range(20):
                recorder.asked(asked("Secret words " * 40, Outcome.GAP))
            assert time.perf_counter() - start < 0.05
            assert await within(100, cache, GUILD) == KEEPING, "what was last known"
            assert await within(100, cache, *range(OTHER_GUILD, OTHER_GUILD + 3)) == ServerSettings()
            claimer = Claimer(store)
            seconds = list[float]()
            for message in range(3):
                start = time.perf_counter()
                assert await claimer.may_answer(message, GUILD), "an answer needs no claim"
                seconds.append(time.perf_counter() - start)
            assert min(seconds) < 0.1
            await recorder.close(8)
            await cache.close()
            await claimer.close()
        [(why, lost)] = numbers(meters.writes_lost).items()
        assert why == reason
        # A few may still fit on the pages that a full disk has.
        assert lost == 20 or (fault is full_disk and lost > 0)
        assert "Secret words" not in caplog.text
        again = Recorder(store, meters)
        again.asked(asked())
        await again.close(10)
        assert numbers(meters.writes_lost) == {reason: lost}, "the fault has passed"
        assert await questions(store) == 20 - lost + 1


async def test_questions_that_come_together_are_written_together(address: str) -> None:
    meters = Meters()
    async with open_store(address, SECRET, meters=meters) as store:
        recorder = Recorder(store, meters)
        before = writes(meters)
        for _ in range(50):
            recorder.asked(asked())
        await recorder.close(10)
        assert writes(meters) - before == 1
        assert await questions(store) == 50


def writes(meters: Meters) -> float:
    return meters.registry.get_sample_value("testigo_store_seconds_count", {"operation": "write"}) or 0


async def test_a_silent_database_delays_nobody(unreachable: Store) -> None:
    meters = Meters()
    recorder = Recorder(unreachable, meters, seconds=0.2)
    cache = ServerSettingsCache(unreachable, seconds=0.2)
    recorder.asked(asked())
    for _ in range(3):
        assert await within(100, cache, GUILD) == ServerSettings()
    await recorder.close(5)
    await cache.close()
    assert numbers(meters.writes_lost) == {"slow": 1}


async def test_a_silent_database_claims_nothing_and_delays_nobody(
    unreachable: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    claimer = Claimer(unreachable)
    start = time.perf_counter()
    assert all(await asyncio.gather(*(claimer.may_answer(number, GUILD) for number in range(500))))
    assert time.perf_counter() - start < 1
    await claimer.close()


async def test_a_message_is_answered_once_whoever_gets_it(store: Store) -> None:
    first, second = Claimer(store), Claimer(store)
    assert await first.may_answer(1, GUILD)
    assert not await second.may_answer(1, GUILD)
    assert await Claimer(None).may_answer(1, GUILD), "where there is no store, memory alone tells"


async def test_no_more_writes_are_begun_than_memory_holds(unreachable: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    meters = Meters()
    recorder = Recorder(unreachable, meters)
    for _ in range(600):
        recorder.asked(asked())
    assert numbers(meters.writes_lost) == {"full": 100}
    start = time.perf_counter()
    await recorder.close(0.1)
    assert time.perf_counter() - start < 2.5
    assert numbers(meters.writes_lost) == {"full": 100, "closed": 500}
    recorder.asked(asked())
    assert numbers(meters.writes_lost)["closed"] == 501


async def test_without_a_store_everything_is_lost_and_counted(tmp_path: Path) -> None:
    meters = Meters()
    recorder, cache = Recorder(None, meters), ServerSettingsCache(None)
    recorder.asked(asked())
    assert numbers(meters.writes_lost) == {"gone": 1}
    assert await cache.of(GUILD) == ServerSettings()
    async with open_store(f"sqlite:///{tmp_path / 'late.db'}", SECRET) as store:
        await store.servers.change(GUILD, CURATOR, KEEPING)
        recorder.use(store)
        cache.use(store)
        recorder.asked(asked())
        assert await cache.of(GUILD) == KEEPING
        await recorder.close(5)
        assert await questions(store) == 1


async def test_settings_are_read_again_after_a_while_and_after_a_change(store: Store) -> None:
    times = [0.0]
    cache = ServerSettingsCache(store, fresh=30, now=lambda: times[0])
    assert await cache.of(GUILD) == ServerSettings()
    assert await cache.of(None) == ServerSettings()
    await store.servers.change(GUILD, CURATOR, KEEPING)
    times[0] = 29
    assert await cache.of(GUILD) == ServerSettings(), "known for less than half a minute"
    cache.forget(GUILD)
    assert await cache.of(GUILD) == KEEPING
    await store.servers.change(GUILD, CURATOR, ServerSettings("es"))
    times[0] = 60
    assert await cache.of(GUILD) == KEEPING, "nobody waits for the reading"
    await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name() == "store settings"))
    assert await cache.of(GUILD) == ServerSettings("es")
    await cache.close()
