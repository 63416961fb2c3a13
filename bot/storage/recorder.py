"""Write what is asked and said without anybody waiting for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from bot.answering.feedback import Feedback, Origin
from bot.errors import StorageError
from bot.storage.questions import Asked
from bot.storage.store import Store
from bot.telemetry.meters import Meters

_log = logging.getLogger(__name__)

MOST = 500
"""Writes that may be under way; beyond, the database is not keeping up and memory would fill."""

SECONDS = 5.0
"""How long one write may take."""


class Recorder:
    """Starts one short task for each write; what cannot be written is counted, by the reason, and logged.

    The reasons are full, slow, failed, closed and gone (there is no store).
    """

    def __init__(self, store: Store | None, meters: Meters, *, seconds: float = SECONDS, most: int = MOST) -> None:
        self._meters = meters
        self._store = store
        self._seconds = seconds
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def use(self, store: Store | None) -> None:
        """Write to another store from now on: one that could not be opened at first, or none."""
        self._store = store

    def asked(self, asked: Asked) -> None:
        """Write a question down, soon."""
        self._start("question", lambda store: partial(store.questions.record, asked))

    def record(self, feedback: Feedback, origin: Origin) -> None:
        """Write feedback down, soon."""
        self._start(type(feedback).__name__.lower(), lambda store: partial(store.feedback.record, feedback, origin))

    async def close(self, seconds: float) -> None:
        """Wait for what is under way, `seconds` and one more at most; take nothing more."""
        self._is_closed = True
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            # A driver takes a moment to let go of its connection.
            await asyncio.wait(late, timeout=1.0)

    def _start(self, kind: str, choose: Callable[[Store], Callable[[], Awaitable[object]]]) -> None:
        if self._is_closed:
            self._lose(kind, "closed")
        elif self._store is None:
            self._lose(kind, "gone")
        elif len(self._tasks) >= self._most:
            self._lose(kind, "full")
        else:
            task = asyncio.create_task(self._write(kind, choose(self._store)), name=f"store {kind}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _write(self, kind: str, write: Callable[[], Awaitable[object]]) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await write()
        except TimeoutError:
            self._lose(kind, "slow")
        except StorageError:
            self._lose(kind, "failed")
        except asyncio.CancelledError:
            self._lose(kind, "closed")
            raise
        except Exception as error:  # noqa: BLE001 - nobody waits for this task who could be told
            self._lose(kind, "failed")
            _log.error("write failed", extra={"kind": kind, "reason": type(error).__name__})

    def _lose(self, kind: str, reason: str) -> None:
        self._meters.writes_lost.labels(reason).inc()
        _log.warning("write lost", extra={"kind": kind, "reason": reason})
