"""Write what is asked and said without anybody waiting for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial

from bot.answering.feedback import Feedback, Origin
from bot.errors import StorageError
from bot.storage.questions import Asked
from bot.storage.store import Store
from bot.telemetry.meters import Meters

_log = logging.getLogger(__name__)

MOST = 500
"""Writes that may wait or be under way; beyond, the database is not keeping up and memory would fill."""

SECONDS = 5.0
"""How long one write may take."""


LINGER = 0.2
"""Seconds for which questions are gathered, to be written together: a transaction costs more than a question."""


class Recorder:
    """Writes in short tasks; what cannot be written is counted, by the reason, and logged once until all is well again.

    The reasons are full, slow, failed, closed and gone (there is no store).
    """

    def __init__(
        self,
        store: Store | None,
        meters: Meters,
        *,
        seconds: float = SECONDS,
        most: int = MOST,
        linger: float = LINGER,
    ) -> None:
        self._meters = meters
        self._store = store
        self._seconds = seconds
        self._most = most
        self._linger = linger
        self._number = 0
        self._told = set[str]()
        self._questions: list[Asked] = []
        self._gathering: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()

    def use(self, store: Store | None) -> None:
        """Write to another store from now on: one that could not be opened at first, or none."""
        self._store = store

    def asked(self, asked: Asked) -> None:
        """Write a question down, soon."""
        if self._may_take("question"):
            self._questions.append(asked)
            if self._gathering is None:
                self._gathering = self._begin("questions", self._gather())

    def record(self, feedback: Feedback, origin: Origin) -> None:
        """Write feedback down, soon."""
        kind = type(feedback).__name__.lower()
        if self._may_take(kind):
            self._begin(kind, self._write(kind, 1, lambda store: store.feedback.record(feedback, origin)))

    async def close(self, seconds: float) -> None:
        """Wait for what is under way, `seconds` and one more at most; take nothing more."""
        self._closing.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            # A driver takes a moment to let go of its connection.
            await asyncio.wait(late, timeout=1.0)

    def _may_take(self, kind: str) -> bool:
        if self._closing.is_set():
            self._lose(kind, 1, "closed")
        elif self._store is None:
            self._lose(kind, 1, "gone")
        elif self._number >= self._most:
            self._lose(kind, 1, "full")
        else:
            self._number += 1
            return True
        return False

    def _begin(self, kind: str, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=f"store {kind}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _gather(self) -> None:
        """Write the questions that have come together, until there are no more."""
        try:
            while self._questions:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), self._linger)
                several, self._questions = self._questions, []
                await self._write("question", len(several), partial(_record_all, several))
        finally:
            self._gathering = None
            if self._questions:
                self._lose("question", len(self._questions), "closed")

    async def _write(self, kind: str, number: int, write: Callable[[Store], Awaitable[object]]) -> None:
        try:
            if self._store is None:
                self._lose(kind, number, "gone")
                return
            async with asyncio.timeout(self._seconds):
                await write(self._store)
            self._told.clear()
        except TimeoutError:
            self._lose(kind, number, "slow")
        except StorageError:
            self._lose(kind, number, "failed")
        except asyncio.CancelledError:
            self._lose(kind, number, "closed")
            raise
        except Exception as error:  # noqa: BLE001 - nobody waits for this task who could be told
            self._lose(kind, number, "failed")
            _log.error("write failed", extra={"kind": kind, "reason": type(error).__name__})
        finally:
            self._number -= number

    def _lose(self, kind: str, number: int, reason: str) -> None:
        self._meters.writes_lost.labels(reason).inc(number)
        # A log of each would be one more load when there is too much already; the meter counts them all.
        if reason not in self._told:
            self._told.add(reason)
            _log.warning("writes lost", extra={"kind": kind, "reason": reason})


async def _record_all(several: Sequence[Asked], store: Store) -> None:
    await store.questions.record_all(several)
