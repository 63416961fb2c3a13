"""What is known of the connection to Discord: when it last said something, how it ended."""

import time
from collections.abc import Callable

from bot.telemetry.meters import Meters

CODES = frozenset(map(str, (1000, 1001, 1006, *range(4000, 4015))))
"""Codes with which a connection of the gateway ends; another counts as other."""


class Pulse:
    """Counts the beginnings and ends of connections."""

    def __init__(self, meters: Meters, latency: Callable[[], float]) -> None:
        self._meters = meters
        self._last_event = time.monotonic()
        meters.connected.set(0)
        meters.shard_latency.set_function(latency)
        meters.last_event_age.set_function(lambda: time.monotonic() - self._last_event)

    def felt(self) -> None:
        """Discord sent an event."""
        self._last_event = time.monotonic()

    def began(self) -> None:
        """A session has begun."""
        self._meters.connected.set(1)

    def resumed(self) -> None:
        """A session was taken up again."""
        self._meters.connected.set(1)
        self._meters.resumes.inc()

    def ended(self, code: int | None) -> None:
        """A connection has ended, with this code if any."""
        self._meters.connected.set(0)
        name = "none" if code is None else str(code)
        self._meters.reconnects.labels(name if name in CODES or code is None else "other").inc()
