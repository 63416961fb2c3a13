"""The real process ends when it is told to: what it has begun is finished, what comes after is told so."""

import asyncio
import signal
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answering.testigo import Testigo
from tests.wire.description import IS_PRESENT, problems
from tests.wire.faults import Hang, Status
from tests.wire.process import Process
from tests.wire.reading import said
from tests.wire.service import serving, started
from tests.wire.simulator import SimulatedDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION, ANSWERED = "How many people were killed?", "72"
IN_FLIGHT = 6
SECONDS = 10.0
"""Until a process has ended after the signal."""

Scenario = Callable[[SimulatedDiscord, Process, signal.Signals], Awaitable[None]]


async def _idle(_: SimulatedDiscord, process: Process, number: signal.Signals) -> None:
    process.send_signal(number)


async def _loaded(discord: SimulatedDiscord, process: Process, number: signal.Signals) -> None:
    """Signal while answers are on their way, and ask again before they have arrived."""
    discord.fail("POST", "/interactions/*", *[Hang(1.2)] * IN_FLIGHT)
    discord.fail("POST", "/channels/*/messages", Hang(1.2))
    begun = [
        await discord.slash("ask", {"question": QUESTION}, user=discord.user(f"person {index}"))
        for index in range(IN_FLIGHT)
    ]
    written = await discord.message(QUESTION, dm=True)
    await discord.request("POST", "/interactions/*", count=IN_FLIGHT)
    await discord.request("POST", "/channels/*/messages")
    process.send_signal(number)
    await process.line("stopping")
    late = await discord.slash("ask", {"question": QUESTION}, user=discord.user("late"))
    late_written = await discord.message(QUESTION, user=discord.user("late"), dm=True)
    assert "being restarted" in said(await late.answer())
    assert "being restarted" in said((await late_written.reply())[0])
    for asked in begun:
        assert ANSWERED in said(await asked.answer())
    assert ANSWERED in said((await written.reply())[0])


async def _loaded_late(discord: SimulatedDiscord, process: Process, number: signal.Signals) -> None:
    """Ask just before the last answer that is waited for arrives, where what is told then is slow itself."""
    discord.fail("POST", "/interactions/*", Hang(1.0), Hang(1.8))
    begun = await discord.slash("ask", {"question": QUESTION})
    await discord.request("POST", "/interactions/*")
    process.send_signal(number)
    await process.line("stopping")
    late = await discord.slash("ask", {"question": QUESTION}, user=discord.user("late"))
    assert ANSWERED in said(await begun.answer())
    assert "being restarted" in said(await late.answer(timeout=4))


async def _figures(discord: SimulatedDiscord, process: Process, number: signal.Signals) -> None:
    """Signal while a picture is being drawn that was promised."""
    asked = await discord.slash("figures", locale="pt-BR")
    await asked.response()
    process.send_signal(number)
    assert ANSWERED in said(await asked.answer())


async def _hanging(discord: SimulatedDiscord, process: Process, number: signal.Signals) -> None:
    """Signal while an answer hangs for longer than there is time."""
    discord.fail("POST", "/channels/*/messages", Hang(60))
    await discord.message(QUESTION, dm=True)
    await discord.request("POST", "/channels/*/messages")
    process.send_signal(number)


async def _paused(discord: SimulatedDiscord, process: Process, number: signal.Signals) -> None:
    """Signal while the supervisor waits before another client."""
    await discord.send_raw("{")
    await discord.until(lambda: not discord.sessions_online())
    process.send_signal(number)


async def _unreached(discord: SimulatedDiscord, process: Process, number: signal.Signals) -> None:
    """Signal while the gateway cannot be reached."""
    discord.refuse_connections()
    await discord.drop()
    await discord.until(lambda: not discord.sessions_online())
    process.send_signal(number)


SCENARIOS: Mapping[str, tuple[Scenario, signal.Signals]] = {
    "idle, SIGTERM": (_idle, signal.SIGTERM),
    "idle, SIGINT": (_idle, signal.SIGINT),
    "under load, SIGTERM": (_loaded, signal.SIGTERM),
    "under load, SIGINT": (_loaded, signal.SIGINT),
    "a late question": (_loaded_late, signal.SIGTERM),
    "a picture": (_figures, signal.SIGTERM),
    "a hanging answer": (_hanging, signal.SIGTERM),
    "a pause": (_paused, signal.SIGTERM),
    "no gateway": (_unreached, signal.SIGTERM),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worlds() -> list[SimulatedDiscord]:
    """Return every Discord of this module, for what was sent there."""
    return []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def endings(
    cache: Path, testigo: Testigo, worlds: list[SimulatedDiscord]
) -> AsyncGenerator[Mapping[str, asyncio.Task[None]], None]:
    """Go through the scenarios, three at a time."""
    del testigo
    free = asyncio.Semaphore(3)

    async def through(scenario: Scenario, number: signal.Signals) -> None:
        async with free, SimulatedDiscord() as discord:
            worlds.append(discord)
            async with serving(discord, cache) as process:
                began = time.monotonic()
                await scenario(discord, process, number)
                assert await process.exited(SECONDS) == 0
                assert time.monotonic() - began < SECONDS
            assert not [line for line in process.lines if "Traceback" in line and scenario is not _paused]
            assert not discord.sessions_online()

    tasks = {name: asyncio.create_task(through(*scenario)) for name, scenario in SCENARIOS.items()}
    yield tasks
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)


@pytest.mark.parametrize("name", SCENARIOS)
async def test_a_signal_ends_the_process_when_all_is_answered(
    endings: Mapping[str, asyncio.Task[None]], name: str
) -> None:
    await endings[name]


async def test_a_signal_ends_a_process_that_is_still_logging_in(cache: Path, testigo: Testigo) -> None:
    del testigo
    async with SimulatedDiscord() as discord:
        discord.fail("GET", "/users/@me", Hang(60))
        async with started(discord, cache) as process:
            await discord.request("GET", "/users/@me", timeout=30)
            process.send_signal(signal.SIGTERM)
            assert await process.exited(SECONDS) == 0


async def test_a_refused_token_after_hours_ends_the_process_too(cache: Path, testigo: Testigo) -> None:
    del testigo
    async with SimulatedDiscord() as discord, serving(discord, cache) as process:
        discord.fail("*", "*", *[Status(401)] * 99)
        await discord.close(4004)
        assert await process.exited(SECONDS) == 3
        assert process.errors[-1].startswith("testigo: ")


@pytest.mark.skipif(not IS_PRESENT, reason="Discord's description is not beside this project")
async def test_all_that_was_sent_fits_discords_description(worlds: list[SimulatedDiscord]) -> None:
    assert problems(request for discord in worlds for request in discord.requests) == []
    assert [request for discord in worlds for request in discord.unknown_routes] == []
