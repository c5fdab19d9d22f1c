"""What people leave behind: comments, downtimes, changed settings, and when contacts were told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the tables."""
    for name in ("comment", "downtime"):
        op.create_table(
            name,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("host", sa.Text, nullable=False),
            sa.Column("service", sa.Text, nullable=False),
            sa.Column("data", sa.Text, nullable=False),
        )
    op.create_table(
        "change",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("service", sa.Text, primary_key=True),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "contact_state",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("data", sa.Text, nullable=False),
    )
