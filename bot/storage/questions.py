"""Count the questions, and keep their text where that is allowed."""

import datetime
from dataclasses import dataclass

from bot.answering.reply import Outcome
from bot.knowledge.model import Language
from bot.storage import locks
from bot.storage.consent import may_keep
from bot.storage.counting import ASKED, count, measure, once
from bot.storage.database import Database, insert
from bot.storage.hashing import Pseudonyms
from bot.storage.masking import masked
from bot.storage.tables import DIRECT, KeptQuestion, Seen


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was replied to; `id` is the message's or the interaction's."""

    id: int
    guild: int | None
    person: int
    text: str
    language: Language
    outcome: Outcome
    entries: tuple[str, ...]
    at: datetime.datetime


class Questions:
    """The questions asked."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms) -> None:
        self._database = database
        self._pseudonyms = pseudonyms

    async def record(self, asked: Asked) -> bool:
        """Count a question, and keep its masked text where that is allowed; return whether it is new."""
        guild, person = asked.guild or DIRECT, self._pseudonyms.person(asked.person)
        question = self._pseudonyms.question(asked.id)
        async with self._database.writing(
            locks.shared(locks.guild(guild)), locks.shared(locks.person(person))
        ) as connection:
            seen = insert(connection, Seen).values(question=question, guild=guild, at=asked.at)
            if (await connection.execute(seen.on_conflict_do_nothing())).rowcount == 0:
                return False
            day = asked.at.astimezone(datetime.UTC).date()
            counted = once(measure(ASKED, asked.outcome), asked.entries, asked.language)
            await count(connection, day, guild, counted)
            if await may_keep(connection, guild, person):
                await connection.execute(
                    insert(connection, KeptQuestion).values(
                        id=question,
                        guild=guild,
                        person=person,
                        text=masked(asked.text),
                        language=asked.language,
                        outcome=asked.outcome.value,
                        entries=list(asked.entries),
                        at=asked.at,
                    )
                )
        return True
