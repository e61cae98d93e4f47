"""What staff did about a submission: its state, and how often it was changed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the tables one step forward."""
    op.create_table(
        "work",
        sa.Column("receipt", sa.String(32), primary_key=True, comment="of the submission"),
        sa.Column("state", sa.String(10), nullable=False, comment="seen or solved; new again, too"),
        sa.Column("version", sa.Integer, nullable=False, comment="how often it was changed"),
        sa.CheckConstraint("version > 0", name="work_version"),
    )
