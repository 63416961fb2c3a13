"""Remember what each person asked last, in each channel, for ten minutes."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TTLCache

from bot.answering.conversation import Turn
from bot.knowledge.model import Language

SECONDS = 600.0
MAX_CONVERSATIONS = 10_000
"""Conversations remembered; the one that was silent longest goes first."""


@dataclass(frozen=True, slots=True)
class Place:
    """One person in one channel or direct message."""

    channel: int
    person: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """The last turn, and the language that was asked for explicitly, if any."""

    turn: Turn | None = None
    language: Language | None = None


class Conversations:
    """The conversations of the last ten minutes; nothing is shared between people or channels."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._kept: TTLCache[Place, Conversation] = TTLCache(MAX_CONVERSATIONS, SECONDS, now)

    def at(self, place: Place) -> Conversation:
        """Return what was said last at a place."""
        return self._kept.get(place, Conversation())

    def keep(self, place: Place, conversation: Conversation) -> None:
        """Remember what was said."""
        self._kept[place] = conversation
