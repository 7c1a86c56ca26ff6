"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
AUTHOR = ("city_id", "platform", "author_id")


def upgrade() -> None:
    """Make every table."""
    _people()
    _words_on_authors()
    _occasions()
    _rules_and_log()


def _city() -> sa.Column[str]:
    return sa.Column("city_id", sa.String(60), nullable=False)


def _author() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("platform", sa.String(40), nullable=False),
        sa.Column("author_id", sa.String(500), nullable=False),
    )


def _member_id(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("member_id", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.member_id"],
            name=f"fk_{table}_member_id",
            ondelete="CASCADE",
        ),
    )


def _people() -> None:
    op.create_table(
        "members",
        sa.Column("member_id", sa.String(40), nullable=False),
        _city(),
        sa.Column("display_name", sa.String(200)),
        sa.Column("is_resident", sa.Boolean),
        sa.Column("themes", sa.JSON, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_members"),
    )
    op.create_index("ix_members_city_id", "members", ["city_id"])
    op.create_table(
        "consents",
        sa.Column("consent_id", sa.String(40), nullable=False),
        _city(),
        *_member_id("consents"),
        sa.Column("text_version", sa.String(60), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("consent_id", name="pk_consents"),
    )
    op.create_index("ix_consents_member_id", "consents", ["member_id"])
    op.create_table(
        "linked_accounts",
        _city(),
        *_author(),
        *_member_id("linked_accounts"),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(*AUTHOR, name="pk_linked_accounts"),
    )
    op.create_index("ix_linked_accounts_member_id", "linked_accounts", ["member_id"])


def _words_on_authors() -> None:
    op.create_table(
        "corrections",
        sa.Column("correction_id", sa.String(40), nullable=False),
        _city(),
        *_author(),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("correction_id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_city_id_platform_author_id", "corrections", AUTHOR)
    op.create_table(
        "objections",
        _city(),
        sa.Column("block_hash", sa.String(64), nullable=False),
        sa.Column("objected_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("city_id", "block_hash", name="pk_objections"),
    )
    op.create_table(
        "contacts",
        sa.Column("contact_id", sa.String(40), nullable=False),
        _city(),
        *_author(),
        sa.Column("contacted_at", MOMENT, nullable=False),
        sa.Column("contacted_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_city_id_platform_author_id", "contacts", AUTHOR)


def _occasions() -> None:
    op.create_table(
        "occasions",
        sa.Column("occasion_id", sa.String(40), nullable=False),
        _city(),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("opening_id", sa.String(500)),
        sa.Column("trade", sa.String(60)),
        sa.Column("theme", sa.String(60)),
        sa.Column("held_on", sa.Date),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("occasion_id", name="pk_occasions"),
        sa.UniqueConstraint("city_id", "opening_id", name="uq_occasions_city_id_opening_id"),
    )
    op.create_index("ix_occasions_city_id", "occasions", ["city_id"])
    op.create_table(
        "invitations",
        sa.Column("invitation_id", sa.String(40), nullable=False),
        _city(),
        *_author(),
        sa.Column("occasion_id", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("invitation_id", name="pk_invitations"),
        sa.ForeignKeyConstraint(
            ["occasion_id"], ["occasions.occasion_id"], name="fk_invitations_occasion_id"
        ),
        sa.UniqueConstraint(
            "occasion_id",
            "platform",
            "author_id",
            name="uq_invitations_occasion_id_platform_author_id",
        ),
    )
    op.create_index("ix_invitations_city_id_platform_author_id", "invitations", AUTHOR)


def _rules_and_log() -> None:
    op.create_table(
        "rule_changes",
        _city(),
        sa.Column("block", sa.String(40), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("city_id", "block", "field", name="pk_rule_changes"),
    )
    op.create_table(
        "audit",
        sa.Column("entry_id", sa.Integer, nullable=False),
        _city(),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_audit"),
    )
    op.create_index("ix_audit_city_id_at", "audit", ["city_id", "at"])
