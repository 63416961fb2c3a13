"""Count what happens by day, guild, measure, entry and language."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.model import Language
from bot.storage.database import insert
from bot.storage.tables import Count

ASKED = "asked"
"""The kind of the measure of questions, whose verdicts are outcomes."""

TOTAL = ""
"""The entry of the row that counts all, whatever their entries."""


class Counted(NamedTuple):
    """What is counted."""

    day: datetime.date
    guild: int
    measure: str
    entry: str
    language: Language


def measure(kind: str, verdict: str) -> str:
    """Return what is counted of a kind, such as questions or ratings, with a verdict, such as their outcome."""
    return f"{kind} {verdict}"


def once(day: datetime.date, guild: int, name: str, entries: Iterable[str], language: Language) -> Counter[Counted]:
    """Return what one event adds to the counts: one to the total and one to each of its entries."""
    return Counter(Counted(day, guild, name, entry, language) for entry in {TOTAL, *entries})


async def count(connection: AsyncConnection, changes: Counter[Counted]) -> None:
    """Add `changes` to the counts, in one order, so that no two transactions on PostgreSQL wait for each other."""
    rows = [{**counted._asdict(), "number": by} for counted, by in sorted(changes.items()) if by]
    if not rows:
        return
    statement = insert(connection, Count)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[Count.day, Count.guild, Count.measure, Count.entry, Count.language],
            set_={"number": Count.number + statement.excluded.number},
        ),
        rows,
    )
