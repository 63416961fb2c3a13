"""Do again and again what must not be forgotten."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

_log = logging.getLogger(__name__)


async def every(seconds: float, work: Callable[[], Awaitable[object]], sooner: asyncio.Event | None = None) -> None:
    """Do `work` at once, then every so many seconds, and whenever `sooner` is set.

    What goes wrong is logged, and tried again the next time.
    """
    sooner = sooner or asyncio.Event()
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the next time may go well, and the others must go on
            _log.error("upkeep failed", exc_info=error, extra={"kind": getattr(work, "__name__", "work")})
        with suppress(TimeoutError):
            await asyncio.wait_for(sooner.wait(), seconds)
        sooner.clear()
