"""The event loop's heartbeat: that it beats, how late it beats, and how another process sees it."""

import asyncio
import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

BEAT = 0.25
"""Seconds between two beats."""

SHOWN = 1.0
"""Seconds between two times that a beat is written down."""

FRESH = 15.0
"""Seconds after which a heartbeat counts as stopped: longer than any stall that passes by itself."""

_log = logging.getLogger(__name__)


async def beat(path: Path, late: Callable[[float], None], seconds: float = BEAT) -> None:
    """Beat until cancelled: tell `late` by how many seconds each beat came late, and show others that the loop lives.

    What is written is a moment of the machine's monotonic clock, which no change of the time moves.
    """
    with _opened(path) as show:
        shown = float("-inf")
        while True:
            due = time.monotonic() + seconds
            await asyncio.sleep(seconds)
            late(max(time.monotonic() - due, 0.0))
            if time.monotonic() - shown >= SHOWN:
                shown = time.monotonic()
                # On the loop itself, on purpose: a heartbeat from elsewhere would prove nothing.
                show(shown)


def is_fresh(path: Path, seconds: float = FRESH) -> bool:
    """Tell whether the loop that writes to `path` has beaten within so many seconds."""
    try:
        shown = float(path.read_text("ascii"))
    except (OSError, ValueError):
        return False
    # A moment in the future is from before the machine was started anew.
    return 0 <= time.monotonic() - shown <= seconds


@contextmanager
def _opened(path: Path) -> Generator[Callable[[float], None], None, None]:
    """Yield what writes a moment to the file, always in one piece of the same length; the file ends with it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb", buffering=0)
    except OSError as error:
        _log.warning("heartbeat not shown", exc_info=error)
        yield lambda _: None
        return

    def show(moment: float) -> None:
        with suppress(OSError):
            file.seek(0)
            file.write(f"{moment:020.3f}".encode("ascii"))

    try:
        yield show
    finally:
        file.close()
        with suppress(OSError):
            path.unlink()
