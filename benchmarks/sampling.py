"""Find out in which module the time goes, by looking again and again: unlike tracing, it slows no call down."""

import signal
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from time import thread_time
from types import FrameType

INTERVAL = 0.0005
"""Seconds between two looks; one that comes late, after a long call into a library, counts for as much longer."""

IS_POSSIBLE = hasattr(signal, "setitimer")


@contextmanager
def sampled(package: str) -> Generator[dict[str, float], None, None]:
    """Count this thread's processor time by the module of `package` that works or waits for a library's call."""
    seconds: defaultdict[str, float] = defaultdict(float)
    last = thread_time()

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = thread_time()
        if module := _innermost(package, frame):
            seconds[module] += now - last
        last = now

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, INTERVAL, INTERVAL)
    try:
        yield seconds
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _innermost(package: str, frame: FrameType | None) -> str | None:
    """Return the innermost module of `package` among a frame and its callers."""
    while frame is not None:
        name: str = frame.f_globals.get("__name__", "")
        if name.startswith(f"{package}."):
            return name.removeprefix(f"{package}.")
        frame = frame.f_back
    return None
