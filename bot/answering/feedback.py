"""What people say of the answers, and where it is kept."""

import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.knowledge.model import Language

_log = logging.getLogger(__name__)


class Reason(StrEnum):
    """What may be wrong with an answer."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    OUTDATED = "outdated"
    OFFENSIVE = "offensive"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where feedback comes from, so that it counts once: the guild (None in a direct message), person and message.

    `question` is the id under which the question was recorded, where it was.
    """

    guild: int | None
    person: int
    message: int
    question: int | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """Whether an answer helped."""

    entries: tuple[str, ...]
    language: Language
    is_helpful: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The entry picked of those offered."""

    entry: str
    language: Language


@dataclass(frozen=True, slots=True)
class NoChoice:
    """None of the entries offered was meant."""

    offered: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Report:
    """An error in an answer, and what the person adds."""

    entries: tuple[str, ...]
    language: Language
    reason: Reason
    note: str


Feedback: TypeAlias = Rating | Choice | NoChoice | Report


class FeedbackSink(Protocol):
    """Takes feedback; returns at once and raises nothing, for nobody waits for it."""

    def record(self, feedback: Feedback, origin: Origin) -> None:
        """Take one piece of feedback."""
        ...


class FeedbackMemory:
    """Keeps feedback in memory."""

    def __init__(self) -> None:
        self.kept: list[tuple[Feedback, Origin]] = []

    def record(self, feedback: Feedback, origin: Origin) -> None:
        """Keep it."""
        self.kept.append((feedback, origin))


class FeedbackLog:
    """Logs feedback by entry and language: neither who gave it nor what they wrote."""

    def record(self, feedback: Feedback, origin: Origin) -> None:  # noqa: ARG002
        """Log it."""
        match feedback:
            case Rating(entries, language, is_helpful):
                fields = {"entries": entries, "language": language, "helpful": is_helpful}
            case Choice(entry, language):
                fields = {"entries": (entry,), "language": language}
            case NoChoice(offered, language):
                fields = {"entries": offered, "language": language}
            case Report(entries, language, reason, note):
                fields = {"entries": entries, "language": language, "reason": reason.value, "has_note": bool(note)}
        _log.info("feedback", extra={"kind": type(feedback).__name__.lower(), **fields})
