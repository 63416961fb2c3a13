"""Whether what a person wrote may be kept, and its end."""

from collections.abc import Set

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import DIRECT, KeptDraft, KeptFeedback, KeptQuestion, Person, Server


async def has_opted_out(connection: AsyncConnection, person: str) -> bool:
    """Return whether nothing of a person may be kept."""
    return bool(await connection.scalar(select(Person.has_opted_out).where(Person.person == person)))


async def may_keep(connection: AsyncConnection, guild: int, person: str) -> bool:
    """Return whether the guild keeps questions, or in direct messages the person agreed; never after opting out."""
    return bool(await allowed(connection, {(guild, person)}))


async def allowed(connection: AsyncConnection, places: Set[tuple[int, str]]) -> Set[tuple[int, str]]:
    """Return those of the guilds and people of which questions may be kept."""
    guilds = {guild for guild, _ in places}
    keeping = set(
        await connection.scalars(select(Server.guild).where(Server.guild.in_(guilds), Server.keeps_questions))
    )
    # In most servers nothing is kept, and nobody need be looked up.
    if not (candidates := {(guild, person) for guild, person in places if guild == DIRECT or guild in keeping}):
        return candidates
    people = await connection.execute(
        select(Person.person, Person.has_agreed, Person.has_opted_out).where(
            Person.person.in_({person for _, person in candidates})
        )
    )
    chosen = {person: (has_agreed, has_opted_out) for person, has_agreed, has_opted_out in people}
    kept = set[tuple[int, str]]()
    for guild, person in candidates:
        has_agreed, has_opted_out = chosen.get(person, (False, False))
        if not has_opted_out and (guild != DIRECT or has_agreed):
            kept.add((guild, person))
    return kept


async def delete_of_person(connection: AsyncConnection, person: str, guild: int | None = None) -> int:
    """Delete a person's questions and feedback, all or those in one guild; return how many rows that were.

    A draft in a question's very words goes with it, and the other questions behind that draft wait for a review again.
    The counts stay: they name nobody.
    """
    asked = [KeptQuestion.person == person, *([KeptQuestion.guild == guild] if guild is not None else [])]
    said = [KeptFeedback.person == person, *([KeptFeedback.guild == guild] if guild is not None else [])]
    drafted = await connection.scalars(
        select(KeptDraft.id)
        .join(KeptQuestion, KeptQuestion.draft == KeptDraft.id)
        .where(*asked, KeptQuestion.guild == KeptDraft.guild, KeptQuestion.text == KeptDraft.text)
    )
    if drafts := list(drafted):
        await connection.execute(
            update(KeptQuestion).where(KeptQuestion.draft.in_(drafts)).values(review=None, draft=None)
        )
        await connection.execute(delete(KeptDraft).where(KeptDraft.id.in_(drafts)))
    await connection.execute(
        update(KeptFeedback)
        .where(KeptFeedback.question.in_(select(KeptQuestion.id).where(*asked)))
        .values(question=None)
    )
    questions = (await connection.execute(delete(KeptQuestion).where(*asked))).rowcount
    return questions + (await connection.execute(delete(KeptFeedback).where(*said))).rowcount


async def delete_texts(connection: AsyncConnection, guild: int) -> None:
    """Delete the texts of a guild that no longer keeps any.

    Its feedback stays, without questions and, but for reports, without people: a report was sent in to be read.
    """
    await connection.execute(delete(KeptQuestion).where(KeptQuestion.guild == guild))
    await connection.execute(update(KeptFeedback).where(KeptFeedback.guild == guild).values(question=None))
    await connection.execute(
        update(KeptFeedback).where(KeptFeedback.guild == guild, KeptFeedback.kind != "report").values(person=None)
    )
