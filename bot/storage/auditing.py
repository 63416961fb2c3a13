"""Write down who changed what."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import DIRECT, Audit


class Action(StrEnum):
    """What was done."""

    SETTINGS = "settings"
    DRAFT = "draft"
    DISMISS = "dismiss"
    EXPORT = "export"
    RETRACT = "retract"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the person is a hash, and None once their data is deleted or has expired."""

    at: datetime.datetime
    guild: int | None
    person: str | None
    action: Action
    old: Mapping[str, Any]
    new: Mapping[str, Any]


async def audit(connection: AsyncConnection, act: Act) -> None:
    """Write an act down, in the transaction that does it."""
    await connection.execute(
        insert(Audit).values(
            at=act.at,
            guild=act.guild or DIRECT,
            person=act.person,
            action=act.action.value,
            old=dict(act.old),
            new=dict(act.new),
        )
    )


async def acts(connection: AsyncConnection, guild: int | None, limit: int) -> list[Act]:
    """Return the last acts in a guild, the newest first; None for what belongs to no guild."""
    found = await connection.execute(
        select(Audit.at, Audit.person, Audit.action, Audit.old, Audit.new)
        .where(Audit.guild == (guild or DIRECT))
        .order_by(Audit.id.desc())
        .limit(limit)
    )
    return [Act(at, guild, person, Action(action), old, new) for at, person, action, old, new in found]
