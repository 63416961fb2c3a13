"""What the tests of the bot on Discord share: a simulated Discord whose every payload is checked."""

import contextlib
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.answering.feedback import FeedbackMemory
from bot.answering.testigo import Testigo
from bot.rooms import open_rooms
from bot.settings import Settings
from tests.chat.payloads import load_description
from tests.chat.wires import mended
from tests.chat.world import Clock, Wire, World, rooms_by_hand, world_of

Serving = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture(scope="session")
def description() -> Any:
    """Return Discord's description of its API, or None where there is no copy."""
    return load_description()


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    """Close two gaps of simcord."""
    return mended(monkeypatch)


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
