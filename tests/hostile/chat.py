"""A simulated Discord that is entered again and again, and what came of it each time."""

import asyncio
import contextlib
import io
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Generic, TypeVar

import pytest

from bot.answering.feedback import FeedbackMemory
from bot.answering.testigo import Testigo
from bot.matching.text import fold
from bot.storage.opening import opened_store
from tests.chat.logs import logging_as_the_bot_does
from tests.chat.management.house import House, house_of
from tests.chat.wires import mended
from tests.chat.world import Clock, Wire, World, hosts_of, rooms_by_hand, world_of
from tests.hostile.doors import Came, Door

Place = TypeVar("Place")
Step = Callable[[Place, Any], Awaitable[Any]]


class Chat(Generic[Place]):
    """A place, as it is entered; `world` is the one that it is or has."""

    def __init__(self, place: Place, world: World, run: Callable[[Any], Any]) -> None:
        self.place = place
        self.world = world
        self.run = run
        self._errors = 0
        [self._log] = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]

    def door(
        self,
        name: str,
        inputs: Any,
        step: Step[Place],
        prepare: Step[Place] | None = None,
        *,
        may_fail: bool = False,
        **more: Any,
    ) -> Door:
        """Return the way in by a step, which is given the input or what `prepare` makes of it.

        Where it `may_fail`, a handler of the bot may raise what discord.py then catches.
        """

        def enter(given: Any) -> Came:
            came = self._take(step, given if prepare is None else self.run(prepare(self.place, given)))
            handled = self.world.env.errors[self._errors :]
            self._errors += len(handled)
            came.raised += [] if may_fail else handled
            return came

        return Door(name, inputs, enter, hosts=hosts_of(self.world.testigo), forget=self._forget, **more)

    def _forget(self) -> None:
        """Forget replies and texts, so that what is asked again takes as long as at first."""
        self.world.rooms.messages._asking._replies.clear()
        fold.cache_clear()
        matcher = self.world.testigo.matcher
        matcher._mended.cache_clear()
        matcher._lexical.cache_clear()

    def _take(self, step: Step[Place], given: Any) -> Came:
        """Take a step with an input, and return what came of it."""
        env = self.world.env
        requests, told, came = len(env.http_requests), io.StringIO(), Came()
        self._log.setStream(told)
        with came.watched():
            self.run(step(self.place, given))
        came.requests = [(each.method, each.path, each.json) for each in env.http_requests[requests:]]
        came.logged = told.getvalue()
        return came


@contextlib.contextmanager
def opened_chat(testigo: Testigo, cache: Path) -> Generator[Chat[World], None, None]:
    """Run the bot without records."""

    @contextlib.asynccontextmanager
    async def entered(wire: Wire) -> AsyncGenerator[World, None]:
        feedback, clock = FeedbackMemory(), Clock()
        with rooms_by_hand(testigo, cache, feedback, clock=clock) as rooms:
            async with world_of(testigo, rooms, feedback, wire, clock, None) as world:
                yield world

    with _running(entered) as (world, run):
        yield Chat(world, world, run)


@contextlib.contextmanager
def opened_house(testigo: Testigo, cache: Path, folder: Path) -> Generator[Chat[House], None, None]:
    """Run the bot on a new database in `folder`; its server keeps questions, and has curators."""

    @contextlib.asynccontextmanager
    async def entered(wire: Wire) -> AsyncGenerator[House, None]:
        async with opened_store(f"sqlite:///{folder / 'testigo.db'}", None, folder):
            pass
        async with house_of(testigo, cache, wire, None, folder) as house:
            await house.set(keeps_questions=True, curator_role=house.role.id)
            yield house

    with _running(entered) as (house, run):
        yield Chat(house, house.world, run)


@contextlib.contextmanager
def _running(
    enter: Callable[[Wire], AbstractAsyncContextManager[Place]],
) -> Generator[tuple[Place, Callable[[Any], Any]], None, None]:
    """Enter a place in a loop of its own, and yield it with what runs a coroutine there."""
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner, logging_as_the_bot_does():
        stack = contextlib.AsyncExitStack()

        async def entered() -> Place:
            return await stack.enter_async_context(enter(mended(patch)))

        try:
            yield runner.run(entered()), runner.run
        finally:
            runner.run(stack.aclose())
