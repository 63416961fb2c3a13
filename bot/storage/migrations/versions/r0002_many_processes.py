"""What several processes share: claims of messages, and the identifies."""

import sqlalchemy as sa
from alembic.operations import Operations

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade(op: Operations) -> None:
    """Make both tables."""
    op.create_table(
        "claims",
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message", name="pk_claims"),
    )
    op.create_index("ix_claims_guild", "claims", ["guild"], unique=False)
    op.create_index("ix_claims_at", "claims", ["at"], unique=False)
    op.create_table(
        "identifies",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("bucket", sa.BigInteger(), nullable=False),
        sa.Column("shard", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identifies"),
    )
    op.create_index("ix_identifies_bucket_at", "identifies", ["bucket", "at"], unique=False)
