"""Remember what each person asked last, in each channel, for ten minutes."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

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
        self._now = now
        self._kept: OrderedDict[Place, tuple[float, Conversation]] = OrderedDict()

    def at(self, place: Place) -> Conversation:
        """Return what was said last at a place."""
        until, conversation = self._kept.get(place, (0.0, Conversation()))
        return conversation if self._now() < until else Conversation()

    def keep(self, place: Place, conversation: Conversation) -> None:
        """Remember what was said."""
        self._kept.pop(place, None)
        self._kept[place] = (self._now() + SECONDS, conversation)
        while len(self._kept) > MAX_CONVERSATIONS:
            self._kept.popitem(last=False)
