"""The first tables."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade(op: Operations) -> None:
    """Make the first tables."""
    op.create_table(
        "audit",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_guild_id", "audit", ["guild", "id"], unique=False)
    op.create_index("ix_audit_person", "audit", ["person"], unique=False)
    op.create_table(
        "counts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("guild", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "guild", "measure", "entry", "language", name="pk_counts"),
    )
    op.create_index("ix_counts_guild_day", "counts", ["guild", "day"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=True),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exported", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_guild_id", "drafts", ["guild", "id"], unique=False)
    op.create_index("ix_drafts_person", "drafts", ["person"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("question", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("review", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"], unique=False)
    op.create_index("ix_feedback_guild", "feedback", ["guild"], unique=False)
    op.create_index("ix_feedback_person", "feedback", ["person"], unique=False)
    op.create_index("ix_feedback_question", "feedback", ["question"], unique=False)
    op.create_table(
        "key_check",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_key_check"),
    )
    op.create_table(
        "people",
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("has_agreed", sa.Boolean(), nullable=False),
        sa.Column("has_opted_out", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_people"),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review", sa.String(length=20), nullable=True),
        sa.Column("draft", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_at", "questions", ["at"], unique=False)
    op.create_index("ix_questions_draft", "questions", ["draft"], unique=False)
    op.create_index("ix_questions_guild_review_at", "questions", ["guild", "review", "at"], unique=False)
    op.create_index("ix_questions_person", "questions", ["person"], unique=False)
    op.create_table(
        "retractions",
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_retractions"),
    )
    op.create_table(
        "seen",
        sa.Column("question", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("question", name="pk_seen"),
    )
    op.create_index("ix_seen_at", "seen", ["at"], unique=False)
    op.create_index("ix_seen_guild", "seen", ["guild"], unique=False)
    op.create_table(
        "servers",
        sa.Column("guild", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("answers_privately", sa.Boolean(), nullable=False),
        sa.Column("keeps_questions", sa.Boolean(), nullable=False),
        sa.Column("curator_role", sa.BigInteger(), nullable=True),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("guild", name="pk_servers"),
    )
