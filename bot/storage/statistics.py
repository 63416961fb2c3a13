"""Add up the counts."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from bot.answering.reply import Outcome
from bot.knowledge.model import Language
from bot.storage.counting import ASKED, TOTAL, measure
from bot.storage.database import Database
from bot.storage.opinions import HELPFUL, NOT_HELPFUL, Kind
from bot.storage.tables import DIRECT, Count


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much was asked and how well it went; `by_feedback` holds measures such as ``rating helpful``."""

    questions: int
    by_day: Mapping[datetime.date, int]
    by_outcome: Mapping[Outcome, int]
    by_language: Mapping[Language, int]
    by_entry: Mapping[str, int]
    by_feedback: Mapping[str, int]

    @property
    def share_answered(self) -> float | None:
        """The share of answers among the questions, greetings and the like left out; None where there are none."""
        asked = self.questions - self.by_outcome.get(Outcome.META, 0)
        return self.by_outcome.get(Outcome.ANSWER, 0) / asked if asked else None

    @property
    def helpful_rate(self) -> float | None:
        """The share of helpful answers among those rated; None where none is."""
        helpful = self.by_feedback.get(measure(Kind.RATING, HELPFUL), 0)
        rated = helpful + self.by_feedback.get(measure(Kind.RATING, NOT_HELPFUL), 0)
        return helpful / rated if rated else None


class Counts:
    """The counts of all that happened."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, guild: int | None, since: datetime.date) -> Statistics:
        """Return the statistics of a guild; of direct messages where `guild` is None."""
        return await self._add_up([Count.guild == (guild or DIRECT), Count.day >= since])

    async def everywhere(self, since: datetime.date) -> Statistics:
        """Return the statistics of all guilds and direct messages: for the bot's owner alone."""
        return await self._add_up([Count.day >= since])

    async def _add_up(self, where: list[ColumnElement[bool]]) -> Statistics:
        query = (
            select(Count.day, Count.measure, Count.entry, Count.language, func.sum(Count.number))
            .where(*where)
            .group_by(Count.day, Count.measure, Count.entry, Count.language)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return _added((day, name, entry, language, int(number)) for day, name, entry, language, number in rows)


def _added(rows: Iterable[tuple[datetime.date, str, str, Language, int]]) -> Statistics:
    by_day: Counter[datetime.date] = Counter()
    by_outcome: Counter[Outcome] = Counter()
    by_language: Counter[Language] = Counter()
    by_entry: Counter[str] = Counter()
    by_feedback: Counter[str] = Counter()
    for day, name, entry, language, number in rows:
        kind, verdict = name.split(" ", 1)
        if kind != ASKED:
            by_feedback[name] += number if entry == TOTAL else 0
        elif entry != TOTAL:
            by_entry[entry] += number
        else:
            by_day[day] += number
            by_outcome[Outcome(verdict)] += number
            by_language[language] += number
    return Statistics(
        questions=by_day.total(),
        by_day=dict(sorted(by_day.items())),
        by_outcome=+by_outcome,
        by_language=+by_language,
        by_entry=dict(by_entry.most_common()),
        by_feedback=+by_feedback,
    )
