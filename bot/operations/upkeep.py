"""Do again and again what must not be forgotten."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

_log = logging.getLogger(__name__)


async def every(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    """Do `work` at once and then every so many seconds; what goes wrong is logged, and tried again the next time."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the next time may go well, and the others must go on
            _log.error("upkeep failed", exc_info=error, extra={"kind": getattr(work, "__name__", "work")})
        await asyncio.sleep(seconds)
