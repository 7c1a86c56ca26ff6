"""Openings set aside, what an occasion says of its business or project, posts to relay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
AUTHOR = ("city_id", "platform", "author_id")


def upgrade() -> None:
    """Add two tables and the new columns of occasions and invitations."""
    _occasions()
    op.create_table(
        "set_asides",
        sa.Column("city_id", sa.String(60), nullable=False),
        sa.Column("opening_id", sa.String(500), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("city_id", "opening_id", name="pk_set_asides"),
    )
    op.create_table(
        "relays",
        sa.Column("relay_id", sa.String(40), nullable=False),
        sa.Column("city_id", sa.String(60), nullable=False),
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("author_id", sa.String(500), nullable=False),
        sa.Column("occasion_id", sa.String(40), nullable=False),
        sa.Column("post_id", sa.String(500), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("relay_id", name="pk_relays"),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.occasion_id"], name="fk_relays_occasion_id"
        ),
        sa.UniqueConstraint(
            "city_id", "platform", "post_id", name="uq_relays_city_id_platform_post_id"
        ),
    )
    op.create_index("ix_relays_city_id_platform_author_id", "relays", AUTHOR)


def _occasions() -> None:
    # An index, not a constraint: SQLite would copy the table, which invitations refer to.
    for name, length in (("project_id", 60), ("activity", 60), ("address", 200), ("handle", 200)):
        op.add_column("occasions", sa.Column(name, sa.String(length)))
    columns = ["city_id", "project_id"]
    op.create_index("ix_occasions_city_id_project_id", "occasions", columns, unique=True)
    op.add_column("invitations", sa.Column("sent_at", MOMENT))
