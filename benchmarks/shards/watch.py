"""Watch who is which shard, and what a disturbance costs."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.shards.fleet import Fleet
from tests.wire.simulator import SimulatedDiscord

LOOK = 0.05
WEIGH = 5.0
"""Seconds between two looks at the owners, and at the memory."""


@dataclass
class Disturbance:
    """Something that was done to the processes: what, when, to which shards, and when each was back."""

    what: str
    at: float
    shards: frozenset[int]
    back: dict[int, float] = field(default_factory=dict)


class Watch:
    """Looks again and again."""

    def __init__(self, discord: SimulatedDiscord, fleet: Fleet) -> None:
        self._discord = discord
        self._fleet = fleet
        self.disturbances: list[Disturbance] = []
        self.double_owners = 0

    def disturbed(self, what: str, shards: frozenset[int]) -> None:
        """Begin to watch for the shards' return."""
        self.disturbances.append(Disturbance(what, time.monotonic(), shards))

    async def run(self) -> None:
        """Look until cancelled."""
        weighed = 0.0
        while True:
            self._look()
            if time.monotonic() - weighed > WEIGH:
                weighed = time.monotonic()
                self._fleet.weigh()
            await asyncio.sleep(LOOK)

    def _look(self) -> None:
        online = self._discord.sessions_online()
        self.double_owners += sum(number > 1 for number in Counter(session.shard for session in online).values())
        for each in self.disturbances:
            for session in online:
                shard = session.shard[0]
                if shard in each.shards and shard not in each.back and self._began(session.id) > each.at:
                    each.back[shard] = time.monotonic()

    def _began(self, session: str) -> float:
        return max(
            [each.at for each in self._discord.identifies if each.session_id == session]
            + [each.at for each in self._discord.resumes if each.session_id == session and each.is_accepted]
        )

    def queue(self, each: Disturbance, shard: int) -> int:
        """Return how many others identified between a disturbance and a shard's return."""
        end = each.back[shard]
        return sum(each.at < other.at < end and other.shard[0] != shard for other in self._discord.identifies)
