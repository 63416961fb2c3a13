"""Wait until something has become true."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Signal:
    """Wakes those who wait whenever something has happened."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def notify(self) -> None:
        """Let everybody who waits look again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def until(self, look: Callable[[], Found | None], what: str, seconds: float) -> Found:
        """Return what `look` finds as soon as it finds something, else raise TimeoutError."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := look()):
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.append(future)
                    await future
        except TimeoutError:
            raise TimeoutError(f"no {what} within {seconds:g} s") from None
        return found
