"""The brief: what people have decided, frozen in one file for one night.

Every room reads it; none reads the decisions store upward. It is written once for an `as_of`
and never changed after (but by an erasure).
"""

from __future__ import annotations

__all__ = [
    "Account",
    "Brief",
    "Contact",
    "Correction",
    "Invitation",
    "Member",
    "Occasion",
    "Preference",
    "Relay",
    "Weights",
    "read_brief",
]

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from cities.errors import PortevoixError

Key = Annotated[str, Field(min_length=1, max_length=500)]


class Part(BaseModel):
    """A frozen part of the brief that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Account(Part):
    """One author, by its natural key."""

    platform: Key
    author_id: Key


class Member(Part):
    """A person who said yes, with the accounts that they linked themselves.

    `is_resident` is their own word: true or false, or None when they did not say.
    """

    member_id: Key
    joined_at: AwareDatetime
    accounts: tuple[Account, ...]
    is_resident: bool | None = None
    themes: tuple[str, ...] = ()


class Correction(Part):
    """An analyst's word on an author, stronger than a score.

    `subject` and `value`: residency → resident | not_resident; account_type → one of the six
    types; theme → `<theme>` to set aside (the author does not speak of it); team → excluded.
    """

    account: Account
    subject: Literal["residency", "account_type", "theme", "team"]
    value: Key
    decided_at: AwareDatetime


class Contact(Part):
    """The last time that the city wrote to an author."""

    account: Account
    contacted_at: AwareDatetime


class Occasion(Part):
    """An occasion under way.

    `opening_id` is set when it comes of a register, `project_id` of the city file; `activity`
    when a person chose one; `address` and `handle` are those of the business.
    """

    occasion_id: Key
    kind: Literal["opening", "business", "project"]
    title: Key
    opening_id: str | None = None
    trade: str | None = None
    theme: str | None = None
    on: date | None = None
    project_id: str | None = None
    activity: str | None = None
    address: str | None = None
    handle: str | None = None


class Invitation(Part):
    """Who is asked to an occasion, and where it stands; `sent_at`: when they were asked."""

    invitation_id: Key
    occasion_id: Key
    account: Account
    state: Literal["chosen", "sent", "accepted", "declined", "came"]
    changed_at: AwareDatetime
    sent_at: AwareDatetime | None = None


class Relay(Part):
    """A post of a guest whose author was asked whether the city may pass it on."""

    relay_id: Key
    occasion_id: Key
    account: Account
    post_id: Key
    state: Literal["asked", "granted", "refused", "relayed"]
    changed_at: AwareDatetime


class Preference(Part):
    """An analyst would rather ask one author than another, for a theme ('' is overall)."""

    preference_id: Key
    preferred: Account
    other: Account
    theme: str = ""
    decided_at: AwareDatetime


class Weights(Part):
    """Weights of the rankings that a person accepted; `proposal_id`: what was proposed then."""

    proposal_id: Key
    reach: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    affinity: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    regularity: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    decided_at: AwareDatetime


class Brief(Part):
    """All that was decided when the night began.

    `settled` names proposals that are not to be made again, as `opening:…` or `project:…`: an
    opening that a person set aside, an occasion that is over.
    `blocked` holds keyed hashes (`cities.blocking.block_hash`), never a name; `settings`
    overrides top-level blocks of the city file (`ranking`, `team`, `retention`). `weights`, while
    there are any, stand over the city's own weights of `ranking`, whatever it says of them.
    """

    version: Literal[1] = 1
    city_id: Key
    as_of: AwareDatetime
    blocked: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    corrections: tuple[Correction, ...] = ()
    contacts: tuple[Contact, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    relays: tuple[Relay, ...] = ()
    settled: tuple[Key, ...] = ()
    settings: dict[str, dict[str, float | int]] = {}
    preferences: tuple[Preference, ...] = ()
    weights: Weights | None = None


def read_brief(path: Path) -> Brief:
    """Read one brief; raises `PortevoixError` with one sentence when it is absent or broken."""
    try:
        return Brief.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise PortevoixError(
            f"{path.name}: the brief of this night is missing; run the brief step first"
        ) from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise PortevoixError(
            f"{path.name}: field {field}: {first['msg']}; remove the file and write it again"
        ) from None


def blank_brief(city_id: str, as_of: datetime) -> Brief:
    """A brief in which nobody has decided anything yet."""
    return Brief(city_id=city_id, as_of=as_of)
