"""The rows of the decisions store. Every row says its city: cities are shards.

Types are those that SQLite and Postgres share. A change here asks for a migration in
`migrations/versions/`; a test compares the two.
"""

from __future__ import annotations

__all__ = [
    "AcceptedWeights",
    "AuditEntry",
    "Base",
    "Consent",
    "Contact",
    "Correction",
    "Invitation",
    "LinkedAccount",
    "Member",
    "Objection",
    "Occasion",
    "Preference",
    "PreferenceSide",
    "Relay",
    "RuleChange",
    "SetAside",
    "UtcDateTime",
]

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Float,
    ForeignKey,
    Index,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from decisions.moments import UtcDateTime

# Marks the columns in which people write words of their own: erasure redacts them.
WORDS = {"is_free_text": True}


class Base(DeclarativeBase):
    """Root of the rows; constraints bear stable names, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime}


class OfAuthor:
    """A row that names an author by its natural key, in a city."""

    city_id: Mapped[str] = mapped_column(String(60))
    platform: Mapped[str] = mapped_column(String(40))
    author_id: Mapped[str] = mapped_column(String(500))


class Member(Base):
    """A person who said yes; `themes` are those that they chose, sorted."""

    __tablename__ = "members"

    member_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    city_id: Mapped[str] = mapped_column(String(60), index=True)
    display_name: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    is_resident: Mapped[bool | None]
    themes: Mapped[list[str]] = mapped_column(JSON)
    joined_at: Mapped[datetime]


class Consent(Base):
    """What a member agreed to, and when; the newest counts. It leaves with the member."""

    __tablename__ = "consents"

    consent_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    city_id: Mapped[str] = mapped_column(String(60))
    member_id: Mapped[str] = mapped_column(
        ForeignKey("members.member_id", ondelete="CASCADE"), index=True
    )
    text_version: Mapped[str] = mapped_column(String(60))
    given_at: Mapped[datetime]


class LinkedAccount(Base):
    """An account that a member linked; an account has at most one member in a city."""

    __tablename__ = "linked_accounts"

    city_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    platform: Mapped[str] = mapped_column(String(40), primary_key=True)
    author_id: Mapped[str] = mapped_column(String(500), primary_key=True)
    member_id: Mapped[str] = mapped_column(
        ForeignKey("members.member_id", ondelete="CASCADE"), index=True
    )
    linked_at: Mapped[datetime]


class Correction(OfAuthor, Base):
    """An analyst's word on an author; it counts until `withdrawn_at`."""

    __tablename__ = "corrections"
    __table_args__ = (Index(None, "city_id", "platform", "author_id"),)

    correction_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(200), info=WORDS)
    withdrawn_at: Mapped[datetime | None]


class Objection(Base):
    """An author who must never come back, known by the keyed hash alone."""

    __tablename__ = "objections"

    city_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    block_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    objected_at: Mapped[datetime]


class Contact(OfAuthor, Base):
    """One time that the city wrote to an author."""

    __tablename__ = "contacts"
    __table_args__ = (Index(None, "city_id", "platform", "author_id"),)

    contact_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    contacted_at: Mapped[datetime]
    contacted_by: Mapped[str] = mapped_column(String(200), info=WORDS)


class Occasion(Base):
    """What residents are invited to, under way until `closed_at`.

    One opening, or one project of the city file, gives one occasion at most. `address` and
    `handle` are those of the business, where people wrote them down.
    """

    __tablename__ = "occasions"
    __table_args__ = (
        UniqueConstraint("city_id", "opening_id"),
        Index(None, "city_id", "project_id", unique=True),
    )

    occasion_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    city_id: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), info=WORDS)
    opening_id: Mapped[str | None] = mapped_column(String(500))
    trade: Mapped[str | None] = mapped_column(String(60))
    theme: Mapped[str | None] = mapped_column(String(60))
    held_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    project_id: Mapped[str | None] = mapped_column(String(60))
    activity: Mapped[str | None] = mapped_column(String(60))
    address: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    handle: Mapped[str | None] = mapped_column(String(200), info=WORDS)


class SetAside(Base):
    """An opening for which nobody is to be invited, and why; it counts until the row leaves."""

    __tablename__ = "set_asides"

    city_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    opening_id: Mapped[str] = mapped_column(String(500), primary_key=True)
    reason: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(200), info=WORDS)


class Invitation(OfAuthor, Base):
    """One author asked to one occasion. Nothing here asks for a post in return."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("occasion_id", "platform", "author_id"),
        Index(None, "city_id", "platform", "author_id"),
    )

    invitation_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    occasion_id: Mapped[str] = mapped_column(ForeignKey("occasions.occasion_id"))
    state: Mapped[str] = mapped_column(String(20))
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200), info=WORDS)
    sent_at: Mapped[datetime | None]


class Relay(OfAuthor, Base):
    """One post that the city asks to relay: its author's answer, and whether it was relayed."""

    __tablename__ = "relays"
    __table_args__ = (
        UniqueConstraint("city_id", "platform", "post_id"),
        Index(None, "city_id", "platform", "author_id"),
    )

    relay_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    occasion_id: Mapped[str] = mapped_column(ForeignKey("occasions.occasion_id"))
    post_id: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(20))
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200), info=WORDS)


class Preference(Base):
    """An analyst would rather ask one author than another; `theme` is '' when overall."""

    __tablename__ = "preferences"
    __table_args__ = (Index(None, "city_id", "decided_at"),)

    preference_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    city_id: Mapped[str] = mapped_column(String(60))
    theme: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(200), info=WORDS)


class PreferenceSide(OfAuthor, Base):
    """One of the two authors of a preference."""

    __tablename__ = "preference_sides"
    __table_args__ = (Index(None, "city_id", "platform", "author_id"),)

    preference_id: Mapped[str] = mapped_column(
        ForeignKey("preferences.preference_id", ondelete="CASCADE"), primary_key=True
    )
    is_preferred: Mapped[bool] = mapped_column(primary_key=True)


class AcceptedWeights(Base):
    """The weights of the rankings that a person accepted; the city's own count without a row."""

    __tablename__ = "accepted_weights"

    city_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    proposal_id: Mapped[str] = mapped_column(String(40))
    reach: Mapped[float] = mapped_column(Float)
    affinity: Mapped[float] = mapped_column(Float)
    regularity: Mapped[float] = mapped_column(Float)
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(200), info=WORDS)


class RuleChange(Base):
    """One number of the city file that people have set otherwise, such as `team.size`."""

    __tablename__ = "rule_changes"

    city_id: Mapped[str] = mapped_column(String(60), primary_key=True)
    block: Mapped[str] = mapped_column(String(40), primary_key=True)
    field: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[float] = mapped_column(JSON)
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(200), info=WORDS)


class AuditEntry(Base):
    """One act: who, when, what kind, on which decision (its id) or author (its block hash)."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "city_id", "at"),)

    entry_id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(200), info=WORDS)
    kind: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(String(64))
