"""The sources that a city file can declare: one model a platform, and a way where there are two."""

from __future__ import annotations

__all__ = [
    "Agreement",
    "BlogSource",
    "BodaccSource",
    "Budget",
    "ImportSource",
    "InstagramOfficialSource",
    "InstagramWebSource",
    "MastodonSource",
    "SireneSource",
    "Source",
    "XSource",
    "off_reason",
    "source_mistakes",
    "use_of",
]

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from cities.part import Host, Part, Slug, Text

Use = Literal["listen", "members", "rank"]
HistoryDays = Annotated[int, Field(ge=1, le=3650)]
Dollars = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Tag = Annotated[str, Field(pattern=r"^\w+$", max_length=100)]
WebAddress = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500)]

# How far each use goes: what an agreement permits, it permits of all that comes before.
EXTENT: dict[str, int] = {"listen": 0, "members": 1, "rank": 2}
# Their terms forbid what they do not grant in writing (docs/sources/<platform>.md).
GUARDED_PLATFORMS = ("x", "instagram", "facebook", "youtube")


class Agreement(Part):
    """The written agreement on which a source rests, and the most that it permits."""

    title: Text
    permits: Use = "listen"


class Budget(Part):
    """The most that a source may spend, and what each read costs, in US dollars."""

    night_usd: Dollars
    month_usd: Dollars
    post_usd: Dollars = 0.005
    author_usd: Dollars = 0.010
    count_usd: Dollars = 0.005


class MastodonSource(Part):
    """Hashtag timelines of one Mastodon instance."""

    source_id: Slug
    platform: Literal["mastodon"]
    instance: Host
    use: Use = "listen"
    agreement: Agreement | None = None
    history_days: HistoryDays = 120


class XSource(Part):
    """Recent posts of X that name the city. Off until `agreement` is named: see `off_reason`."""

    source_id: Slug
    platform: Literal["x"]
    use: Use = "listen"
    agreement: Agreement | None = None
    budget: Budget
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None


class InstagramOfficialSource(Part):
    """Meta's Graph API: the city's hashtags (no author), and what tags the city's own account.

    `account_id` is the number of the city's professional account, `api_version` Meta's.
    """

    source_id: Slug
    platform: Literal["instagram"]
    way: Literal["official"]
    account_id: Annotated[str, Field(pattern=r"^[0-9]{1,30}$")]
    use: Use = "listen"
    agreement: Agreement | None = None
    api_version: Annotated[str, Field(pattern=r"^v[0-9]+\.[0-9]+$")] = "v25.0"


class InstagramWebSource(Part):
    """Hashtag and place pages of Instagram's site. Off until `agreement` is named."""

    source_id: Slug
    platform: Literal["instagram"]
    way: Literal["instaloader"]
    places: tuple[Annotated[str, Field(pattern=r"^[0-9]{1,30}$")], ...] = ()
    use: Use = "listen"
    agreement: Agreement | None = None
    history_days: HistoryDays = 30


class BlogSource(Part):
    """Blogs and local media: the addresses of sites or of their feeds.

    `is_about_city`: all that these sites write is kept; otherwise only what names the city.
    """

    source_id: Slug
    platform: Literal["blog"]
    sites: tuple[WebAddress, ...] = Field(min_length=1, max_length=200)
    is_about_city: bool = False
    use: Use = "listen"
    agreement: Agreement | None = None
    history_days: HistoryDays = 120


class ImportSource(Part):
    """Files that other tools exported, with a map each, put in a folder of the city."""

    source_id: Slug
    platform: Literal["import"]
    folder: Annotated[str, Field(pattern=r"^[\w-]+$", max_length=60)] = "imports"
    use: Use = "listen"
    agreement: Agreement | None = None


class BodaccSource(Part):
    """Openings announced in the official bulletin of civil and commercial announcements."""

    source_id: Slug
    platform: Literal["bodacc"]
    history_days: HistoryDays = 120


class SireneSource(Part):
    """New establishments of the commune in Insee's register."""

    source_id: Slug
    platform: Literal["sirene"]
    history_days: HistoryDays = 90


Register = BodaccSource | SireneSource
Instagram = Annotated[InstagramOfficialSource | InstagramWebSource, Field(discriminator="way")]
Source = Annotated[
    MastodonSource | XSource | Instagram | BlogSource | ImportSource | BodaccSource | SireneSource,
    Field(discriminator="platform"),
]


def use_of(source: Source) -> Use | None:
    """The use of a source; None for registers of businesses, which speak of no person's posts."""
    return None if isinstance(source, Register) else source.use


def off_reason(source: Source) -> str:
    """Why a source stays off, as one sentence with its mend; empty when it is on."""
    if isinstance(source, XSource) and source.agreement is None:
        return (
            f"{source.source_id}: off: X serves public bodies only under a written agreement; "
            "name it in agreement (title, permits), or remove this source"
        )
    if isinstance(source, InstagramWebSource) and source.agreement is None:
        return (
            f"{source.source_id}: off: Instagram's terms forbid reading its pages by program; "
            "name the agreement that permits it in agreement (title, permits), or use "
            "way: official"
        )
    return ""


def source_mistakes(source: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What breaks a rule within one source of a city file, as (field, sentence)."""
    use, agreement = source.get("use", "listen"), source.get("agreement")
    if use not in EXTENT:
        return
    permits = agreement.get("permits", "listen") if isinstance(agreement, Mapping) else None
    if permits is not None and EXTENT[use] > EXTENT.get(permits, EXTENT["rank"]):
        yield (
            "use",
            f"is '{use}' but its agreement permits '{permits}'; write use: {permits}, or the "
            "agreement that permits more",
        )
    elif permits is None and use == "rank" and source.get("platform") in GUARDED_PLATFORMS:
        yield (
            "use",
            f"is 'rank' but {source['platform']} permits it only under a written agreement; name "
            "it in agreement (title, permits: rank) or write use: listen",
        )
