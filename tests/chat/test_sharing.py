"""When a process may begin a session with Discord."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bot.chat import sharing
from bot.chat.sharing import DAY, Alone, Turns
from bot.errors import StorageError
from bot.storage.identify_gate import APART, RESERVE
from bot.telemetry.meters import Meters
from tests.chat.world import Clock

pytestmark = pytest.mark.asyncio


async def test_one_process_waits_five_seconds_between_two_sessions() -> None:
    clock = Clock()
    alone = Alone(clock)
    async with alone.turn(0, 1000) as left:
        assert left == 999
    clock.seconds += APART - 0.05
    start = time.monotonic()
    async with alone.turn(0, 1000) as left:
        assert left == 998
    assert time.monotonic() - start >= 0.04


async def test_one_process_keeps_the_days_last_identifies() -> None:
    clock = Clock()
    alone = Alone(clock)
    async with alone.turn(0, RESERVE + 1):
        pass
    clock.seconds += APART
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), alone.turn(0, RESERVE + 1):
            pass
    clock.seconds += DAY
    async with alone.turn(0, RESERVE + 1) as left:
        assert left == RESERVE


class Bench:
    """A seat whose turns a test sees."""

    def __init__(self, *, breaks: bool = False) -> None:
        self.lost = asyncio.Event()
        self.held = 0
        self._breaks = breaks

    @asynccontextmanager
    async def turn(self, bucket: int, budget: int) -> AsyncGenerator[int, None]:
        assert (bucket, budget) == (2, 1000)
        self.held += 1
        yield 900
        self.held -= 1
        if self._breaks:
            raise StorageError("gone", may_pass=True)


async def test_a_turn_is_held_until_it_is_given_back() -> None:
    bench, meters = Bench(), Meters()
    turns = Turns(bench, 2, 1000, meters)
    assert not turns.is_held
    await turns.take()
    assert (turns.is_held, bench.held) == (True, 1)
    await turns.take()
    assert bench.held == 1, "the one before was given back"
    await turns.give_back()
    await turns.give_back()
    assert (turns.is_held, bench.held) == (False, 0)
    assert meters.registry.get_sample_value("testigo_identifies_total") == 2
    assert meters.registry.get_sample_value("testigo_identifies_left") == 900


async def test_nobody_holds_a_turn_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "LONGEST_TURN", 0.01)
    bench = Bench()
    turns = Turns(bench, 2, 1000, Meters())
    await turns.take()
    async with asyncio.timeout(5):
        while bench.held:  # noqa: ASYNC110 - it is given back by a timer
            await asyncio.sleep(0.005)


async def test_a_turn_that_ends_with_its_connection_is_given_back() -> None:
    turns = Turns(Bench(breaks=True), 2, 1000, Meters())
    await turns.take()
    await turns.give_back()
    assert not turns.is_held
