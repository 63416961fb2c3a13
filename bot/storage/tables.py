"""The tables, one noun each.

Nothing here is an id of a person, a message or an interaction in the clear: these are keyed hashes (see `hashing`).
A guild of 0 stands for direct messages, because a primary key cannot be NULL.
"""

import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, DateTime, Dialect, Index, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

DIRECT = 0
"""The guild of direct messages."""

# SQLite numbers rows by itself only in a column called INTEGER, which holds 64 bits there.
Number = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime.datetime]):
    """A moment, in UTC; SQLite, which knows no time zones, is given none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """Write it in UTC."""
        if value is None:
            return None
        moment = value.astimezone(datetime.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """Read it in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=datetime.UTC) if dialect.name == "sqlite" else value.astimezone(datetime.UTC)


class Table(DeclarativeBase):
    """What the tables share."""

    metadata = MetaData(
        naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own form
        int: BigInteger,
        str: Text,
        datetime.datetime: UtcDateTime,
        datetime.date: Date,
        list[str]: JSON,
        list[int]: JSON,
        dict[str, Any]: JSON,
    }


PersonHash = String(32)


class KeyCheck(Table):
    """The secret's fingerprint: with another secret nobody could find and delete what is theirs."""

    __tablename__ = "key_check"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(32))


class Server(Table):
    """What a server's managers chose."""

    __tablename__ = "servers"
    guild: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    language: Mapped[str | None]
    answers_privately: Mapped[bool]
    keeps_questions: Mapped[bool]
    curator_role: Mapped[int | None]
    channels: Mapped[list[int]]


class Person(Table):
    """What a person chose."""

    __tablename__ = "people"
    person: Mapped[str] = mapped_column(PersonHash, primary_key=True)
    has_agreed: Mapped[bool]
    has_opted_out: Mapped[bool]


class Audit(Table):
    """Who changed what, when."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(Number, primary_key=True)
    at: Mapped[datetime.datetime]
    guild: Mapped[int]
    person: Mapped[str | None] = mapped_column(PersonHash, index=True)
    action: Mapped[str] = mapped_column(String(40))
    old: Mapped[dict[str, Any]]
    new: Mapped[dict[str, Any]]

    __table_args__ = (Index(None, "guild", "id"),)


class Seen(Table):
    """A question that was counted, so that it counts once."""

    __tablename__ = "seen"
    question: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guild: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime.datetime] = mapped_column(index=True)


class Count(Table):
    """How often something happened on a day; the row without an entry is the total."""

    __tablename__ = "counts"
    day: Mapped[datetime.date] = mapped_column(primary_key=True)
    guild: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    entry: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]

    __table_args__ = (Index(None, "guild", "day"),)


class KeptQuestion(Table):
    """A question whose text is kept, masked."""

    __tablename__ = "questions"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guild: Mapped[int]
    person: Mapped[str] = mapped_column(PersonHash, index=True)
    text: Mapped[str]
    language: Mapped[str]
    outcome: Mapped[str] = mapped_column(String(20))
    entries: Mapped[list[str]]
    at: Mapped[datetime.datetime] = mapped_column(index=True)
    review: Mapped[str | None] = mapped_column(String(20))
    draft: Mapped[int | None] = mapped_column(index=True)

    __table_args__ = (Index(None, "guild", "review", "at"),)


class KeptFeedback(Table):
    """One piece of feedback; `id` is a keyed hash of who, on which message and of which kind, so that it counts once.

    The question stands only where its text may be kept, the person there and with a report, the note with a report.
    """

    __tablename__ = "feedback"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    guild: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(40))
    entries: Mapped[list[str]]
    language: Mapped[str]
    day: Mapped[datetime.date]
    at: Mapped[datetime.datetime] = mapped_column(index=True)
    person: Mapped[str | None] = mapped_column(PersonHash, index=True)
    question: Mapped[int | None] = mapped_column(index=True)
    note: Mapped[str | None]
    review: Mapped[str | None] = mapped_column(String(20))


class KeptDraft(Table):
    """A curator's decision that waits for the next edit of the data files."""

    __tablename__ = "drafts"
    id: Mapped[int] = mapped_column(Number, primary_key=True)
    guild: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str]
    language: Mapped[str]
    entry: Mapped[str | None]
    person: Mapped[str | None] = mapped_column(PersonHash, index=True)
    at: Mapped[datetime.datetime]
    exported: Mapped[datetime.datetime | None]

    __table_args__ = (Index(None, "guild", "id"),)


class RetractedEntry(Table):
    """An entry that is no longer answered."""

    __tablename__ = "retractions"
    entry: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    at: Mapped[datetime.datetime]


class Claim(Table):
    """A message that is answered, or about to be, so that it is answered once."""

    __tablename__ = "claims"
    message: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guild: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime.datetime] = mapped_column(index=True)


class Identify(Table):
    """A session with Discord that a process began, or is about to."""

    __tablename__ = "identifies"
    id: Mapped[int] = mapped_column(Number, primary_key=True)
    bucket: Mapped[int]
    shard: Mapped[int]
    at: Mapped[datetime.datetime]

    __table_args__ = (Index(None, "bucket", "at"),)
