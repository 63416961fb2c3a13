"""Count the questions, and keep their text where that is allowed."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.reply import Outcome
from bot.knowledge.model import Language
from bot.storage import locks
from bot.storage.consent import allowed
from bot.storage.counting import ASKED, Counted, count, measure, once
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
        return await self.record_all([asked]) == 1

    async def record_all(self, several: Sequence[Asked]) -> int:
        """Do so with several questions in one transaction; return how many are new."""
        rows = [
            _Row(self._pseudonyms.question(each.id), self._pseudonyms.person(each.person), each) for each in several
        ]
        guilds, people = sorted({row.guild for row in rows}), sorted({row.person for row in rows})
        held = [locks.shared(each) for each in (*map(locks.guild, guilds), *map(locks.person, people))]
        async with self._database.writing(*held) as connection:
            seen = [{"question": row.id, "guild": row.guild, "at": row.asked.at} for row in rows]
            statement = insert(connection, Seen).on_conflict_do_nothing().returning(Seen.question)
            left = set(await connection.scalars(statement, seen))
            # A question that stands twice in `several` counts once.
            new = [row for row in {row.id: row for row in rows}.values() if row.id in left]
            await count(connection, _counted(new))
            keeping = await allowed(connection, {(row.guild, row.person) for row in new})
            if kept := [row.kept() for row in new if (row.guild, row.person) in keeping]:
                await connection.execute(insert(connection, KeptQuestion), kept)
        return len(new)


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    person: str
    asked: Asked

    @property
    def guild(self) -> int:
        return self.asked.guild or DIRECT

    def kept(self) -> dict[str, object]:
        asked = self.asked
        return {
            "id": self.id,
            "guild": self.guild,
            "person": self.person,
            "text": masked(asked.text),
            "language": asked.language,
            "outcome": asked.outcome.value,
            "entries": list(asked.entries),
            "at": asked.at,
        }


def _counted(rows: Iterable[_Row]) -> Counter[Counted]:
    total = Counter[Counted]()
    for row in rows:
        asked, day = row.asked, row.asked.at.astimezone(datetime.UTC).date()
        total.update(once(day, row.guild, measure(ASKED, asked.outcome), asked.entries, asked.language))
    return total
