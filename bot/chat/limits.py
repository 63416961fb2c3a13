"""Refuse what is too much, honestly."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from cachetools import LRUCache

MAX_PEOPLE = 10_000
"""People whose pace is remembered; the one who asked longest ago goes first."""


class RefusedError(Exception):
    """A request is not served; the message `key` tells the person why."""

    def __init__(self, key: str, **arguments: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.arguments = arguments


class Cooldown:
    """Lets each person ask once in `seconds` in the long run, and `burst` questions at once (a token bucket)."""

    def __init__(self, seconds: float, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._burst = burst
        self._now = now
        self._full_at: LRUCache[int, float] = LRUCache(MAX_PEOPLE)

    def spend(self, person: int) -> None:
        """Count one question of a person.

        Raises:
            RefusedError: there were too many; it tells the seconds to wait.
        """
        now = self._now()
        # The moment at which the bucket would be full again; each question moves it by one interval.
        full_at = max(self._full_at.get(person, now), now) + self._seconds
        wait = round(full_at - now - self._seconds * self._burst, 6)
        self._full_at[person] = full_at if wait <= 0 else full_at - self._seconds
        if wait > 0:
            raise RefusedError("cooldown", seconds=int(wait) + 1)


class Admission:
    """Lets in at most `capacity` questions at a time; the rest is told that the bot is busy."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._inside = 0

    @contextmanager
    def enter(self) -> Generator[None, None, None]:
        """Be inside.

        Raises:
            RefusedError: there is no room.
        """
        if self._inside >= self._capacity:
            raise RefusedError("busy")
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
