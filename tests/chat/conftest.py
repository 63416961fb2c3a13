"""What the tests of the bot on Discord share: a simulated Discord whose every payload is checked."""

import contextlib
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord
import simcord.http.client
import simcord.interactions

from bot.answering.feedback import FeedbackMemory
from bot.answering.testigo import Testigo
from bot.rooms import open_rooms
from bot.settings import Settings
from tests.chat.payloads import load_description
from tests.chat.world import Clock, Wire, World, rooms_by_hand, world_of

RESET = 104
"""As the status of a simulated error: the connection is cut."""

Serving = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture(scope="session")
def description() -> Any:
    """Return Discord's description of its API, or None where there is no copy."""
    return load_description()


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    """Close two gaps of simcord: what interactions come with, and how a failing server or connection shows."""
    wire = Wire()
    base_payload, raise_for = simcord.interactions.base_payload, simcord.http.client._raise_for

    def with_fields(*arguments: Any, **named: Any) -> Any:
        record, payload = base_payload(*arguments, **named)
        changed = {**payload, **wire.fields}
        return record, {key: value for key, value in changed.items() if value is not None}

    def as_the_library_does(error: Any) -> None:
        if error.status == RESET:
            raise ConnectionResetError(RESET, "Connection reset by peer")
        if error.status >= 500:
            response = simcord.http.client._FakeResponse(error.status)
            raise discord.DiscordServerError(response, error.to_json())
        raise_for(error)

    monkeypatch.setattr(simcord.interactions, "base_payload", with_fields)
    monkeypatch.setattr(simcord.http.client, "_raise_for", as_the_library_does)
    # simcord looks whether the bot is done every 50 ms, which would be most of the time that these tests take.
    monkeypatch.setitem(simcord.Env._settle_internal.__kwdefaults__, "idle", 0.001)
    return wire


@pytest.fixture
def serving(cache: Path, wire: Wire, description: Any) -> Serving:
    """Return a function that runs the bot with parts of the test's own."""

    @contextlib.asynccontextmanager
    async def serve(testigo: Testigo, **parts: Any) -> AsyncGenerator[World, None]:
        feedback, clock = FeedbackMemory(), parts.pop("clock", None) or Clock()
        with rooms_by_hand(testigo, cache, feedback, clock=clock, **parts) as rooms:
            async with world_of(testigo, rooms, feedback, wire, clock, description) as world:
                yield world

    return serve


@contextlib.contextmanager
def _shipped(testigo: Testigo, cache: Path, feedback: FeedbackMemory) -> Generator[Any, None, None]:
    with open_rooms(Settings(_env_file=None, cache=cache, cooldown=0), testigo, feedback) as rooms:
        yield rooms


@pytest_asyncio.fixture
async def world(testigo: Testigo, cache: Path, wire: Wire, description: Any) -> AsyncGenerator[World, None]:
    """Run the bot as it is shipped, without a cooldown."""
    feedback = FeedbackMemory()
    with _shipped(testigo, cache, feedback) as rooms:
        async with world_of(testigo, rooms, feedback, wire, Clock(), description) as world:
            yield world


@pytest_asyncio.fixture
async def marrow(lighthouse: Testigo, cache: Path, wire: Wire, description: Any) -> AsyncGenerator[World, None]:
    """Run the bot with the invented event, whose article it has."""
    feedback = FeedbackMemory()
    with _shipped(lighthouse, cache, feedback) as rooms:
        async with world_of(lighthouse, rooms, feedback, wire, Clock(), description) as world:
            yield world
