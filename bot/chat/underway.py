"""Know what is under way, so that a stop can wait for it."""

import asyncio
import contextlib
from collections.abc import Generator

from bot.chat.limits import RefusedError


class Underway:
    """The tasks that serve somebody now; its length is their number."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._tasks)

    @contextlib.contextmanager
    def entered(self) -> Generator[None, None, None]:
        """Count the current task in while this is open, when closed too: it has to tell the person so."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    def require_open(self) -> None:
        """Go on only where nothing is being stopped.

        Raises:
            RefusedError: it is.
        """
        if self._is_closed:
            raise RefusedError("closing")

    async def close(self, seconds: float) -> None:
        """Refuse more, and wait up to `seconds` for what is under way and for what begins meanwhile to be refused."""
        self._is_closed = True
        await self.idle(seconds)

    async def idle(self, seconds: float) -> None:
        """Wait up to `seconds` until nothing is under way."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(self._tasks)
