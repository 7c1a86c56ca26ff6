"""Whom analysts would rather ask, and weights of the rankings that a person accepted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add three tables."""
    _preferences()
    op.create_table(
        "accepted_weights",
        sa.Column("city_id", sa.String(60), nullable=False),
        sa.Column("proposal_id", sa.String(40), nullable=False),
        sa.Column("reach", sa.Float(), nullable=False),
        sa.Column("affinity", sa.Float(), nullable=False),
        sa.Column("regularity", sa.Float(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("city_id", name="pk_accepted_weights"),
    )


def _preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("preference_id", sa.String(40), nullable=False),
        sa.Column("city_id", sa.String(60), nullable=False),
        sa.Column("theme", sa.String(60), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("preference_id", name="pk_preferences"),
    )
    op.create_index("ix_preferences_city_id_decided_at", "preferences", ["city_id", "decided_at"])
    op.create_table(
        "preference_sides",
        sa.Column("preference_id", sa.String(40), nullable=False),
        sa.Column("is_preferred", sa.Boolean(), nullable=False),
        sa.Column("city_id", sa.String(60), nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("author_id", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("preference_id", "is_preferred", name="pk_preference_sides"),
        sa.ForeignKeyConstraint(
            ["preference_id"],
            ["preferences.preference_id"],
            name="fk_preference_sides_preference_id",
            ondelete="CASCADE",
        ),
    )
    author = ["city_id", "platform", "author_id"]
    op.create_index("ix_preference_sides_city_id_platform_author_id", "preference_sides", author)
