"""Find the questions that want a curator's look."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.answering.reply import Outcome
from bot.knowledge.model import Language
from bot.storage.database import Database
from bot.storage.opinions import NONE_OF_THESE, NOT_HELPFUL, PICKED, Kind
from bot.storage.tables import DIRECT, KeptFeedback, KeptQuestion


class Why(StrEnum):
    """Why a question wants a look."""

    GAP = "gap"
    OFF_TOPIC = "off_topic"
    UNCLEAR = "unclear"
    NONE_OF_THESE = "none_of_these"
    NOT_HELPFUL = "not_helpful"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept question that wants a look; `id` is the store's own, which leads to nobody, and `note` a report's."""

    id: int
    guild: int | None
    text: str
    language: Language
    outcome: Outcome
    entries: tuple[str, ...]
    asked_at: datetime.datetime
    reasons: frozenset[Why]
    note: str | None


@dataclass(frozen=True, slots=True)
class KeptReport:
    """An error reported in the answer to a question that is not kept; `reason` is the report's."""

    id: str
    guild: int | None
    entries: tuple[str, ...]
    language: Language
    reason: str
    note: str | None


class Reviews:
    """The questions and reports that nobody has drafted or dismissed yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pending(self, guild: int | None, limit: int = 500) -> list[Kept]:
        """Return those of a guild, the newest first; of direct messages where `guild` is None."""
        return await self._find([KeptQuestion.guild == (guild or DIRECT)], limit)

    async def everywhere(self, limit: int = 500) -> list[Kept]:
        """Return those of all guilds and direct messages: for the bot's owner alone."""
        return await self._find([], limit)

    async def reports(self, guild: int | None, limit: int = 500) -> list[KeptReport]:
        """Return the reports of a guild, or of direct messages, whose question is not kept; the newest first."""
        query = (
            select(
                KeptFeedback.id, KeptFeedback.entries, KeptFeedback.language, KeptFeedback.verdict, KeptFeedback.note
            )
            .where(
                KeptFeedback.guild == (guild or DIRECT),
                KeptFeedback.kind == Kind.REPORT.value,
                ~exists().where(KeptQuestion.id == KeptFeedback.question, KeptQuestion.guild == KeptFeedback.guild),
                KeptFeedback.person.is_not(None),
                KeptFeedback.review.is_(None),
            )
            .order_by(KeptFeedback.at.desc(), KeptFeedback.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return [
                KeptReport(id_, guild, tuple(entries), language, reason, note)
                for id_, entries, language, reason, note in rows
            ]

    async def _find(self, where: list[ColumnElement[bool]], limit: int) -> list[Kept]:
        query = (
            select(
                KeptQuestion.id,
                KeptQuestion.guild,
                KeptQuestion.text,
                KeptQuestion.language,
                KeptQuestion.outcome,
                KeptQuestion.entries,
                KeptQuestion.at,
            )
            .where(*where, KeptQuestion.review.is_(None), _wants_a_look())
            .order_by(KeptQuestion.at.desc(), KeptQuestion.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            questions = (await connection.execute(query)).all()
            said = await _feedback(connection, [row[0] for row in questions])
        found: list[Kept] = []
        for id_, guild, text, language, outcome, entries, at in questions:
            feedback = said.get((id_, guild), [])
            notes = [note for _, _, note in feedback if note]
            found.append(
                Kept(
                    id_,
                    guild or None,
                    text,
                    language,
                    Outcome(outcome),
                    tuple(entries),
                    at,
                    _reasons(Outcome(outcome), feedback),
                    notes[-1] if notes else None,
                )
            )
        return found


def _wants_a_look() -> ColumnElement[bool]:
    def has(*verdict: ColumnElement[bool]) -> ColumnElement[bool]:
        # The guild too, so that feedback forged in one guild never brings up another's question.
        return exists().where(
            KeptFeedback.question == KeptQuestion.id, KeptFeedback.guild == KeptQuestion.guild, *verdict
        )

    return or_(
        KeptQuestion.outcome.in_((Outcome.GAP.value, Outcome.OFF_TOPIC.value)),
        and_(KeptQuestion.outcome == Outcome.CLARIFY.value, not_(has(KeptFeedback.verdict == PICKED))),
        has(KeptFeedback.verdict.in_((NOT_HELPFUL, NONE_OF_THESE))),
        has(KeptFeedback.kind == Kind.REPORT.value),
    )


_Said = tuple[str, str, str | None]


async def _feedback(connection: AsyncConnection, questions: Sequence[int]) -> Mapping[tuple[int, int], list[_Said]]:
    """Return kind, verdict and note of all feedback, by question and guild, the oldest first."""
    found: dict[tuple[int, int], list[_Said]] = {}
    rows = await connection.execute(
        select(KeptFeedback.question, KeptFeedback.guild, KeptFeedback.kind, KeptFeedback.verdict, KeptFeedback.note)
        .where(KeptFeedback.question.in_(questions))
        .order_by(KeptFeedback.at)
    )
    for question, guild, kind, verdict, note in rows:
        if question is not None:
            found.setdefault((question, guild), []).append((kind, verdict, note))
    return found


def _reasons(outcome: Outcome, feedback: Sequence[_Said]) -> frozenset[Why]:
    kinds, verdicts = {kind for kind, _, _ in feedback}, {verdict for _, verdict, _ in feedback}
    reasons = {
        Why.GAP: outcome is Outcome.GAP,
        Why.OFF_TOPIC: outcome is Outcome.OFF_TOPIC,
        Why.UNCLEAR: outcome is Outcome.CLARIFY and PICKED not in verdicts,
        Why.NONE_OF_THESE: NONE_OF_THESE in verdicts,
        Why.NOT_HELPFUL: NOT_HELPFUL in verdicts,
        Why.REPORTED: Kind.REPORT in kinds,
    }
    return frozenset(reason for reason, holds in reasons.items() if holds)
