"""People who ask on every shard, evenly, whether or not they are answered."""

import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from tests.wire.people import Posted
from tests.wire.simulator import SimulatedDiscord
from tests.wire.world import Interaction

REPEATED = 0.05
"""The share of messages that is delivered twice, as Discord does when it is unsure."""

PATIENCE = 15.0
"""Seconds after which a question that has no answer does not get one any more."""

SEED = 20100822


@dataclass(frozen=True)
class Asked:
    """A question, and whether its shard had a connection when it was asked."""

    what: Interaction | Posted
    at: float
    was_connected: bool


class Traffic:
    """Asks so many questions a second: in turn by command, by mention and, on the first shard, by direct message."""

    def __init__(self, discord: SimulatedDiscord, questions: Sequence[str], rate: float) -> None:
        self._discord = discord
        self._questions = itertools.cycle(questions)
        self._rate = rate
        self._chance = random.Random(SEED)
        self._names = itertools.cycle(f"person {number}" for number in range(3000))
        self.asked: list[Asked] = []
        self.repeated = 0

    async def run(self) -> None:
        """Ask until cancelled."""
        start = time.monotonic()
        for number in itertools.count():
            await asyncio.sleep(max(0.0, start + number / self._rate - time.monotonic()))
            await self._ask(number)

    async def _ask(self, number: int) -> None:
        discord, question = self._discord, next(self._questions)
        guild = self._chance.choice(discord.guilds)
        user, way = discord.user(next(self._names)), number % 10
        shard = 0 if way == 9 else (int(guild.id) >> 22) % discord.shards
        is_online = any(session.shard[0] == shard for session in discord.sessions_online())
        at = time.monotonic()
        if way < 5:
            what = await discord.slash("ask", {"question": question}, user=user, guild=guild, channel=guild.channels[0])
        elif way < 9:
            what = await discord.message(question, user=user, channel=guild.channels[0], mentions_bot=True)
        else:
            what = await discord.message(question, user=user, dm=True)
        self.asked.append(Asked(what, at, is_online))
        if isinstance(what, Posted) and self._chance.random() < REPEATED:
            self.repeated += 1
            await discord.publish(what.channel, what.payload)

    def answers(self, asked: Asked) -> int:
        """Return how often a question was answered."""
        if isinstance(asked.what, Interaction):
            return int(asked.what.is_shown) + len(asked.what.followups)
        message = asked.what.payload["id"]
        return sum(
            (each.get("message_reference") or {}).get("message_id") == message
            for each in self._discord.sent_so_far(asked.what.channel, after=asked.what.payload)
        )

    async def settle(self) -> None:
        """Wait until what was asked last can have its answer."""
        with suppress(IndexError):
            await asyncio.sleep(max(0.0, self.asked[-1].at + PATIENCE - time.monotonic()))
