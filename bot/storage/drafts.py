"""Keep what curators decide until the next edit of the data files."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.curation.drafts import DraftKind
from bot.knowledge.model import Language
from bot.storage import locks
from bot.storage.auditing import Act, Action, audit
from bot.storage.database import Database
from bot.storage.hashing import Pseudonyms
from bot.storage.masking import masked
from bot.storage.tables import DIRECT, KeptDraft, KeptFeedback, KeptQuestion


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision of a curator, and the questions of the review (their ids there) that it is made of."""

    kind: DraftKind
    text: str
    language: Language
    entry: str | None
    guild: int | None
    person: int
    questions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """A decision that is not in the data files yet."""

    id: int
    guild: int | None
    kind: DraftKind
    text: str
    language: Language
    entry: str | None
    at: datetime.datetime


DRAFTED = "drafted"
DISMISSED = "dismissed"


class Drafts:
    """The curators' decisions."""

    def __init__(self, database: Database, pseudonyms: Pseudonyms, now: Callable[[], datetime.datetime]) -> None:
        self._database = database
        self._pseudonyms = pseudonyms
        self._now = now

    async def add(self, draft: Draft) -> int:
        """Keep a decision, which takes its questions out of the review; return its id."""
        guild, person, now = draft.guild or DIRECT, self._pseudonyms.person(draft.person), self._now()
        async with self._writing(guild) as connection:
            added = await connection.execute(
                insert(KeptDraft)
                .values(
                    guild=guild,
                    kind=draft.kind.value,
                    text=masked(draft.text),
                    language=draft.language,
                    entry=draft.entry,
                    person=person,
                    at=now,
                )
                .returning(KeptDraft.id)
            )
            id_ = added.one()[0]
            reviewed = await _review(connection, guild, draft.questions, DRAFTED, id_)
            new = {"draft": id_, "kind": draft.kind.value, "entry": draft.entry, "questions": reviewed}
            await audit(connection, Act(now, draft.guild, person, Action.DRAFT, {}, new))
        return id_

    async def dismiss(self, guild: int | None, person: int, questions: Iterable[int]) -> int:
        """Take questions out of the review; return how many were still in it."""
        async with self._writing(guild or DIRECT) as connection:
            dismissed = await _review(connection, guild or DIRECT, list(questions), DISMISSED, None)
            if dismissed:
                who = self._pseudonyms.person(person)
                await audit(connection, Act(self._now(), guild, who, Action.DISMISS, {}, {"questions": dismissed}))
        return dismissed

    async def dismiss_report(self, guild: int | None, person: int, report: str) -> bool:
        """Take a report out of the review; return whether it was still in it."""
        async with self._writing(guild or DIRECT) as connection:
            done = await connection.execute(
                update(KeptFeedback)
                .where(
                    KeptFeedback.guild == (guild or DIRECT), KeptFeedback.id == report, KeptFeedback.review.is_(None)
                )
                .values(review=DISMISSED)
            )
            if done.rowcount:
                who = self._pseudonyms.person(person)
                await audit(connection, Act(self._now(), guild, who, Action.DISMISS, {}, {"reports": done.rowcount}))
        return done.rowcount > 0

    async def waiting(self, guild: int | None) -> list[WaitingDraft]:
        """Return the decisions of a guild that are not exported, the oldest first; of direct messages for None."""
        return await self._find([KeptDraft.guild == (guild or DIRECT)])

    async def everywhere(self) -> list[WaitingDraft]:
        """Return those of all guilds and direct messages: for the bot's owner alone."""
        return await self._find([])

    async def exported(self, drafts: Sequence[int], person: int | None = None) -> int:
        """Take decisions out of the waiting ones, for the owner has them in the data files; return how many."""
        now = self._now()
        async with self._database.writing(locks.ROWS) as connection:
            done = await connection.execute(
                update(KeptDraft).where(KeptDraft.id.in_(drafts), KeptDraft.exported.is_(None)).values(exported=now)
            )
            who = None if person is None else self._pseudonyms.person(person)
            await audit(connection, Act(now, None, who, Action.EXPORT, {}, {"drafts": sorted(drafts)}))
        return done.rowcount

    def _writing(self, guild: int) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._database.writing(locks.ROWS, locks.guild(guild))

    async def _find(self, where: list[ColumnElement[bool]]) -> list[WaitingDraft]:
        query = (
            select(
                KeptDraft.id,
                KeptDraft.guild,
                KeptDraft.kind,
                KeptDraft.text,
                KeptDraft.language,
                KeptDraft.entry,
                KeptDraft.at,
            )
            .where(*where, KeptDraft.exported.is_(None))
            .order_by(KeptDraft.id)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return [
                WaitingDraft(id_, guild or None, DraftKind(kind), text, language, entry, at)
                for id_, guild, kind, text, language, entry, at in rows
            ]


async def _review(
    connection: AsyncConnection, guild: int, questions: Sequence[int], review: str, draft: int | None
) -> int:
    """Mark questions of a guild as reviewed; of two curators at the same question the first one's decision holds."""
    done = await connection.execute(
        update(KeptQuestion)
        .where(KeptQuestion.guild == guild, KeptQuestion.id.in_(questions), KeptQuestion.review.is_(None))
        .values(review=review, draft=draft)
    )
    return done.rowcount
