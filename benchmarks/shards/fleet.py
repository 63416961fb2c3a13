"""The processes: one for each shard, started anew whenever it ends, as a container's engine would."""

import asyncio
import signal
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import megabytes
from tests.wire.process import Process
from tests.wire.service import started
from tests.wire.simulator import SimulatedDiscord

AGAIN = 0.5
"""Seconds after which a process that has ended is started anew."""


@dataclass
class Life:
    """One process: when it began, and the memory it held since, in seconds and MB."""

    pid: int
    began: float
    memory: list[tuple[float, float]] = field(default_factory=list)


class Fleet:
    """Keeps the processes of all shards running."""

    def __init__(self, discord: SimulatedDiscord, cache: Path, count: int, settings: Mapping[str, str]) -> None:
        self._discord = discord
        self._cache = cache
        self._count = count
        self._settings = settings
        self._running: dict[int, Process] = {}
        self._keeping: list[asyncio.Task[None]] = []
        self._is_ending = False
        self.lives: dict[int, list[Life]] = defaultdict(list)
        self.unexpected: list[str] = []

    def start(self) -> None:
        """Start all at once."""
        self._keeping = [asyncio.create_task(self._keep(shard)) for shard in range(self._count)]

    async def stop(self) -> None:
        """End all as an operator would, and wait until they have ended."""
        self._is_ending = True
        for process in self._running.values():
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        await asyncio.gather(*self._keeping)

    def kill(self, shard: int) -> None:
        """End a process without a warning."""
        self._running[shard].send_signal(signal.SIGKILL)

    def weigh(self) -> None:
        """Note the memory that each process holds."""
        for lives in self.lives.values():
            with suppress(OSError, ValueError, StopIteration):
                lives[-1].memory.append((time.monotonic(), megabytes(lives[-1].pid)))

    async def _keep(self, shard: int) -> None:
        while not self._is_ending:
            settings = {**self._settings, "TESTIGO_SHARD_ID": str(shard), "TESTIGO_SHARD_COUNT": str(self._count)}
            async with started(self._discord, self._cache, **settings) as process:
                self._running[shard] = process
                self.lives[shard].append(Life(process.pid, time.monotonic()))
                status = await process.exited(float("inf"))
            if status not in {0, -signal.SIGKILL}:
                self.unexpected.append(f"shard {shard} ended with {status}: {process.lines[-1:]}")
            if any("Traceback" in line or "bug" in line.split() for line in process.lines):
                self.unexpected.append(f"shard {shard} logged a bug")
            await asyncio.sleep(AGAIN)
