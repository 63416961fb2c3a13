"""Keep what people say of the answers."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.feedback import Choice, Feedback, NoChoice, Origin, Rating, Report
from bot.knowledge.model import Language
from bot.storage import locks
from bot.storage.consent import has_opted_out, may_keep
from bot.storage.counting import count, measure, once
from bot.storage.database import Database, insert
from bot.storage.hashing import Pseudonyms
from bot.storage.masking import MAX_NOTE, masked
from bot.storage.tables import DIRECT, KeptFeedback


class Kind(StrEnum):
    """What feedback is about; a person has one of each kind on a message, the last one."""

    RATING = "rating"
    PICK = "pick"
    REPORT = "report"


HELPFUL = "helpful"
NOT_HELPFUL = "not helpful"
PICKED = "picked"
NONE_OF_THESE = "none"


@dataclass(frozen=True, slots=True)
class _Opinion:
    kind: Kind
    verdict: str
    entries: tuple[str, ...]
    language: Language
    note: str | None = None


class Opinions:
    """The feedback of people, each once."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, now: Callable[[], datetime.datetime]) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._now = now

    async def record(self, feedback: Feedback, origin: Origin) -> None:
        """Count a piece of feedback in the place of an earlier one of its kind by the same person on that message."""
        opinion = _opinion(feedback)
        guild, person = origin.guild or DIRECT, self._pseudonyms.person(origin.person)
        key = self._pseudonyms.feedback(guild, origin.person, origin.message, opinion.kind)
        async with self._database.writing(
            locks.shared(locks.guild(guild)), locks.shared(locks.person(person))
        ) as connection:
            keeps = await may_keep(connection, guild, person)
            asked = self._pseudonyms.question(origin.question) if keeps and origin.question is not None else None
            # A report is sent in to be read, so it is kept where questions are not.
            is_named = keeps or (opinion.kind is Kind.REPORT and not await has_opted_out(connection, person))
            await self._write(connection, opinion, key, guild, person if is_named else None, asked)

    async def _write(
        self,
        connection: AsyncConnection,
        opinion: _Opinion,
        key: str,
        guild: int,
        person: str | None,
        question: int | None,
    ) -> None:
        now = self._now()
        # What changes with the person's mind; the day does not, so that the day's counts stay right.
        columns = {
            "verdict": opinion.verdict,
            "entries": list(opinion.entries),
            "language": opinion.language,
            "person": person,
            "question": question,
            "note": opinion.note if person is not None else None,
        }
        day = now.astimezone(datetime.UTC).date()
        first = insert(connection, KeptFeedback).values(
            id=key, guild=guild, kind=opinion.kind.value, day=day, at=now, **columns
        )
        changes = once(day, guild, measure(opinion.kind, opinion.verdict), opinion.entries, opinion.language)
        if (await connection.execute(first.on_conflict_do_nothing())).rowcount == 0:
            found = await connection.execute(
                select(KeptFeedback.day, KeptFeedback.verdict, KeptFeedback.entries, KeptFeedback.language)
                .where(KeptFeedback.id == key)
                .with_for_update()
            )
            first_day, verdict, entries, language = found.one()
            await connection.execute(update(KeptFeedback).where(KeptFeedback.id == key).values(columns))
            changes = once(first_day, guild, measure(opinion.kind, opinion.verdict), opinion.entries, opinion.language)
            changes.subtract(once(first_day, guild, measure(opinion.kind, verdict), entries, language))
        await count(connection, changes)


def _opinion(feedback: Feedback) -> _Opinion:
    match feedback:
        case Rating(entries, language, is_helpful):
            return _Opinion(Kind.RATING, HELPFUL if is_helpful else NOT_HELPFUL, entries, language)
        case Choice(entry, language):
            return _Opinion(Kind.PICK, PICKED, (entry,), language)
        case NoChoice(offered, language):
            return _Opinion(Kind.PICK, NONE_OF_THESE, offered, language)
        case Report(entries, language, reason, note):
            return _Opinion(Kind.REPORT, reason.value, entries, language, masked(note, MAX_NOTE) or None)
