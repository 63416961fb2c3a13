"""What a fault is, and how one is gone through."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TypeAlias

from benchmarks.faults.house import House, Means
from benchmarks.faults.stream import Stream, Tally

BEFORE = AFTER = 0.5
"""Seconds of questions before a fault and after it."""

Inject: TypeAlias = Callable[[House, Stream], Awaitable[None]]


@dataclass(frozen=True)
class Case:
    """One fault: `inject` returns when it is over, unless it told the stream of an earlier end."""

    name: str
    inject: Inject
    check: Callable[[House], Awaitable[None]] | None = None
    """What must be so afterwards, else raises AssertionError or TimeoutError."""
    ends_session: bool = False
    """Whether Discord itself drops the session, so that it keeps no events for the bot."""
    patience: float = 60.0
    """Seconds to recover, beyond which it did not survive."""
    is_long: bool = False
    """Whether it takes more than 15 s."""
    is_fatal: bool = False
    """Whether the bot must end: nobody can ask anything."""


@dataclass(frozen=True)
class Story:
    """Cases that one bot goes through in turn."""

    part: str
    cases: Sequence[Case]
    open: Callable[[Means], AbstractAsyncContextManager[House]]
    needs_postgres: bool = False
    is_aside: bool = False
    """Whether it is mostly waiting, and goes on beside the others."""


@dataclass(frozen=True)
class Row:
    """What became of a fault."""

    part: str
    fault: str
    problem: str
    tally: Tally
    seconds: float | None
    came_back: str

    @property
    def has_failed(self) -> bool:
        """Tell whether the bot did not survive, or answered somebody twice."""
        return bool(self.problem) or self.tally.twice > 0


async def go_through(story: Story, case: Case, house: House) -> Row:
    """Inject a fault, while people ask unless nobody can."""
    discord = house.discord
    resumed, identified = len(discord.resumes), len(discord.identifies)
    stream = Stream(discord, 1 if story.is_aside else 4)
    problem, seconds = "", None
    try:
        if case.is_fatal:
            await case.inject(house, stream)
        else:
            seconds = await _ask_meanwhile(case, house, stream)
    except (AssertionError, TimeoutError) as error:
        problem = str(error) or type(error).__name__
    finally:
        stream.close()
    tally = stream.tally(ends_session=case.ends_session)
    ways = {
        "resumed": any(resume.is_accepted for resume in discord.resumes[resumed:]),
        "new session": any(identify.session_id for identify in discord.identifies[identified:]),
    }
    came_back = ", ".join(way for way, is_so in ways.items() if is_so)
    return Row(story.part, case.name, problem, tally, seconds, came_back)


async def _ask_meanwhile(case: Case, house: House, stream: Stream) -> float:
    """Return the seconds until the bot had recovered.

    Raises:
        AssertionError: something is not as it must be.
        TimeoutError: it has not recovered in time.
    """
    async with stream.flowing():
        await asyncio.sleep(BEFORE)
        await case.inject(house, stream)
        stream.end()
        await stream.command()
        await stream.write()
        seconds = await stream.recovery(case.patience)
        await asyncio.sleep(AFTER)
    if case.check is not None:
        await case.check(house)
    assert house.is_running, "the process has ended"
    return seconds
