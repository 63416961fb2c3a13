"""What each person chose, and all that is kept about them."""

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import locks
from bot.storage.consent import delete_of_person
from bot.storage.database import Database, insert
from bot.storage.hashing import Pseudonyms
from bot.storage.tables import DIRECT, Audit, KeptDraft, KeptFeedback, KeptQuestion, Person


@dataclass(frozen=True, slots=True)
class PersonStatus:
    """What a person chose."""

    agreed_in_direct_messages: bool = False
    has_opted_out: bool = False


class People:
    """The people who ask, known by a hash alone."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms) -> None:
        self._database = database
        self._pseudonyms = pseudonyms

    async def status(self, person: int) -> PersonStatus:
        """Return what a person chose."""
        async with self._database.reading() as connection:
            return await _status(connection, self._pseudonyms.person(person))

    async def agree(self, person: int, agrees: bool) -> None:
        """Let the texts of a person's direct messages be kept; or not, which deletes them."""
        pseudonym = self._pseudonyms.person(person)
        async with self._database.writing(locks.ROWS, locks.person(pseudonym)) as connection:
            await _choose(connection, pseudonym, has_agreed=agrees)
            if not agrees:
                await delete_of_person(connection, pseudonym, DIRECT)
        if not agrees:
            await self._database.purge()

    async def opt_out(self, person: int, opts_out: bool) -> None:
        """Let nothing that a person writes be kept, anywhere, and delete what is; or end that."""
        pseudonym = self._pseudonyms.person(person)
        async with self._database.writing(locks.ROWS, locks.person(pseudonym)) as connection:
            await _choose(connection, pseudonym, has_opted_out=opts_out)
            if opts_out:
                await delete_of_person(connection, pseudonym)
        if opts_out:
            await self._database.purge()

    async def delete(self, person: int) -> int:
        """Delete all that is kept about a person; return how many rows that were.

        Audit and drafts keep the act without the person. Of what they chose only the opt-out stays: to forget it would
        be to keep their texts again.
        """
        pseudonym = self._pseudonyms.person(person)
        async with self._database.writing(locks.ROWS, locks.person(pseudonym)) as connection:
            deleted = await delete_of_person(connection, pseudonym)
            for statement in (
                update(Audit).where(Audit.person == pseudonym).values(person=None),
                update(KeptDraft).where(KeptDraft.person == pseudonym).values(person=None),
                delete(Person).where(Person.person == pseudonym, Person.has_opted_out.is_(False)),
            ):
                deleted += (await connection.execute(statement)).rowcount
            await connection.execute(update(Person).where(Person.person == pseudonym).values(has_agreed=False))
        await self._database.purge()
        return deleted

    async def export(self, person: int) -> dict[str, Any]:
        """Return all that is kept about a person, ready for JSON."""
        pseudonym = self._pseudonyms.person(person)
        async with self._database.reading() as connection:
            status = await _status(connection, pseudonym)
            return {
                "agreed_in_direct_messages": status.agreed_in_direct_messages,
                "has_opted_out": status.has_opted_out,
                "questions": await _rows(
                    connection,
                    select(
                        KeptQuestion.guild,
                        KeptQuestion.text,
                        KeptQuestion.language,
                        KeptQuestion.outcome,
                        KeptQuestion.entries,
                        KeptQuestion.at,
                        KeptQuestion.review,
                    )
                    .where(KeptQuestion.person == pseudonym)
                    .order_by(KeptQuestion.at),
                ),
                "feedback": await _rows(
                    connection,
                    select(
                        KeptFeedback.guild,
                        KeptFeedback.kind,
                        KeptFeedback.verdict,
                        KeptFeedback.entries,
                        KeptFeedback.language,
                        KeptFeedback.note,
                        KeptFeedback.at,
                    )
                    .where(KeptFeedback.person == pseudonym)
                    .order_by(KeptFeedback.at),
                ),
                "drafts": await _rows(
                    connection,
                    select(
                        KeptDraft.guild,
                        KeptDraft.kind,
                        KeptDraft.text,
                        KeptDraft.language,
                        KeptDraft.entry,
                        KeptDraft.at,
                        KeptDraft.exported,
                    )
                    .where(KeptDraft.person == pseudonym)
                    .order_by(KeptDraft.id),
                ),
                "acts": await _rows(
                    connection,
                    select(Audit.guild, Audit.action, Audit.old, Audit.new, Audit.at)
                    .where(Audit.person == pseudonym)
                    .order_by(Audit.id),
                ),
            }


async def _status(connection: AsyncConnection, pseudonym: str) -> PersonStatus:
    found = await connection.execute(select(Person.has_agreed, Person.has_opted_out).where(Person.person == pseudonym))
    return PersonStatus(*(found.one_or_none() or ()))


async def _choose(connection: AsyncConnection, pseudonym: str, **chosen: bool) -> None:
    first = {"has_agreed": False, "has_opted_out": False, **chosen}
    statement = insert(connection, Person).values(person=pseudonym, **first)
    await connection.execute(statement.on_conflict_do_update(index_elements=[Person.person], set_=chosen))


async def _rows(connection: AsyncConnection, query: Executable) -> list[dict[str, Any]]:
    return [
        {name: _plain(name, value) for name, value in row.items()}
        for row in (await connection.execute(query)).mappings()
    ]


def _plain(name: str, value: Any) -> Any:
    if name == "guild":
        # As text: readers of JSON keep 53 bits of a number.
        return None if value == DIRECT else str(value)
    return value.isoformat() if isinstance(value, datetime.datetime) else value
