"""The first tables: submissions, events, and the tallies that events become."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take the tables one step forward."""
    op.create_table(
        "submission",
        sa.Column("receipt", sa.String(32), primary_key=True, comment="derived from the idempotency key"),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("node", sa.String(120), nullable=False),
        sa.Column("locale", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, comment="masked; emptied by retention"),
    )
    op.create_index("submission_at", "submission", ["at"])
    op.create_table(
        "event",
        sa.Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(40), nullable=False, unique=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("walk", sa.String(120), nullable=False, comment="random, one for each walk"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("node", sa.String(120), nullable=False),
        sa.Column("locale", sa.String(40), nullable=False),
    )
    op.create_index("event_walk", "event", ["walk", "seq"])
    op.create_table(
        "tally",
        sa.Column("week", sa.String(8), primary_key=True, comment="ISO week, such as 2026-W48"),
        sa.Column("locale", sa.String(40), primary_key=True),
        sa.Column("node", sa.String(120), primary_key=True, comment="empty: whole walks"),
        sa.Column("kind", sa.String(20), nullable=False, comment="walk, question or outcome"),
        sa.Column("views", sa.Integer, nullable=False),
        sa.Column("helped", sa.Integer, nullable=False),
        sa.Column("not_helped", sa.Integer, nullable=False),
        sa.Column("left_here", sa.Integer, nullable=False),
        sa.CheckConstraint("helped >= 0 AND not_helped >= 0 AND left_here >= 0", name="tally_counts"),
        sa.CheckConstraint("helped + not_helped + left_here <= views", name="tally_parts"),
    )
