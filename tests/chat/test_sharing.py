"""When a process may begin a session with Discord."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from bot.chat import sharing
from bot.chat.sharing import DAY, Alone, Permission
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
    """Seats whose turns a test sees."""

    shard = 2
    count = 4

    def __init__(self) -> None:
        self.seats: list[Bench.Seat] = []
        self.turns: list[Exception | None] = []

    class Seat:
        def __init__(self, bench: "Bench") -> None:
            self.lost = asyncio.Event()
            self.held = 0
            self._bench = bench

        @asynccontextmanager
        async def turn(self, bucket: int, budget: int) -> AsyncGenerator[int, None]:
            assert (bucket, budget) == (2, 1000)
            problem = self._bench.turns.pop() if self._bench.turns else None
            if problem is not None:
                raise problem
            self.held += 1
            yield 900
            self.held -= 1
            if self.lost.is_set():
                raise StorageError("gone", may_pass=True)

    @asynccontextmanager
    async def seat(self) -> AsyncGenerator[Seat, None]:
        self.seats.append(seat := Bench.Seat(self))
        yield seat


class Left:
    """Counts how often a connection was ended."""

    def __init__(self) -> None:
        self.number = 0
        self.once = asyncio.Event()

    async def __call__(self) -> None:
        self.number += 1
        self.once.set()


@asynccontextmanager
async def permitted(bench: Bench, meters: Meters, left: Left) -> AsyncGenerator[Permission, None]:
    permission = Permission(bench, meters)
    keeping = asyncio.create_task(permission.keep(left))
    yield permission
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)


async def test_a_turn_is_held_until_it_is_given_back() -> None:
    bench, meters = Bench(), Meters()
    async with permitted(bench, meters, Left()) as permission:
        await permission.obtain(2, 1000, True)
        [seat] = bench.seats
        assert seat.held == 1
        await permission.obtain(2, 1000, True)
        assert seat.held == 1, "the one before was given back"
        await permission.give_back()
        await permission.give_back()
        assert seat.held == 0
    assert meters.registry.get_sample_value("testigo_identifies_total") == 2
    assert meters.registry.get_sample_value("testigo_identifies_left") == 900


async def test_to_resume_a_session_takes_no_turn() -> None:
    bench = Bench()
    async with permitted(bench, Meters(), Left()) as permission:
        await permission.obtain(2, 1000, False)
        assert bench.seats[0].held == 0


async def test_nobody_holds_a_turn_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "LONGEST_TURN", 0.01)
    bench = Bench()
    async with permitted(bench, Meters(), Left()) as permission:
        await permission.obtain(2, 1000, True)
        async with asyncio.timeout(5):
            while bench.seats[0].held:  # noqa: ASYNC110 - it is given back by a timer
                await asyncio.sleep(0.005)


async def test_a_lost_seat_ends_the_connection_and_another_seat_permits_the_next() -> None:
    bench, left = Bench(), Left()
    async with permitted(bench, Meters(), left) as permission:
        await permission.obtain(2, 1000, True)
        bench.seats[0].lost.set()
        await left.once.wait()
        await permission.obtain(2, 1000, False)
        assert (len(bench.seats), left.number) == (2, 1)


async def test_a_turn_that_cannot_be_had_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "TRY_AGAIN", 0.001)
    bench = Bench()
    bench.turns = [StorageError("slow", may_pass=True), StorageError("slow", may_pass=True)]
    async with permitted(bench, Meters(), Left()) as permission:
        await permission.obtain(2, 1000, True)
        assert bench.seats[0].held == 1
