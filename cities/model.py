"""The city as its file states it: who listens, to what, for which use, under which rules."""

from __future__ import annotations

__all__ = [
    "BodaccSource",
    "City",
    "Commune",
    "MastodonSource",
    "Names",
    "Privacy",
    "RankingRules",
    "Retention",
    "Source",
    "TeamRules",
    "Theme",
    "Use",
    "rule_mistakes",
    "use_of",
]

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from cities.schedule import schedule_mistake

Use = Literal["listen", "members", "rank"]
Theme = Literal[
    "gastronomy", "wine", "sport", "photography", "nature", "fashion", "decoration", "music"
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Host = Annotated[str, Field(pattern=r"^[a-z0-9-]+(?:\.[a-z0-9-]+)+$", max_length=253)]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]

ALL_THEMES: tuple[Theme, ...] = (
    "gastronomy",
    "wine",
    "sport",
    "photography",
    "nature",
    "fashion",
    "decoration",
    "music",
)


class Part(BaseModel):
    """A frozen part of the city file that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Commune(Part):
    """The official identity of the city; degrees for coordinates."""

    insee: Annotated[str, Field(pattern=r"^[0-9AB]{5}$")]
    name: Text
    departement: Annotated[str, Field(pattern=r"^(?:[0-9]{2,3}|2[AB])$")]
    region: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    population: Annotated[int, Field(gt=0)]
    postcodes: tuple[Annotated[str, Field(pattern=r"^[0-9]{5}$")], ...] = Field(min_length=1)
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class Names(Part):
    """The words by which posts speak of the city, and those that speak of another.

    `namesakes` are other places of the same short name, `neighbours` other towns nearby,
    `inhabitants` the demonyms, `places` streets, quarters, venues.
    """

    aliases: tuple[Text, ...] = ()
    hashtags: tuple[Annotated[str, Field(pattern=r"^\w+$", max_length=100)], ...] = Field(
        min_length=1
    )
    inhabitants: tuple[Text, ...] = ()
    places: tuple[Text, ...] = ()
    namesakes: tuple[Text, ...] = ()
    neighbours: tuple[Text, ...] = ()


class MastodonSource(Part):
    """Hashtag timelines of one Mastodon instance."""

    source_id: Slug
    platform: Literal["mastodon"]
    instance: Host
    use: Use = "listen"
    agreement: Text | None = None
    history_days: Annotated[int, Field(ge=1, le=3650)] = 120


class BodaccSource(Part):
    """Openings announced in the official bulletin of civil and commercial announcements."""

    source_id: Slug
    platform: Literal["bodacc"]
    history_days: Annotated[int, Field(ge=1, le=3650)] = 120


Source = Annotated[MastodonSource | BodaccSource, Field(discriminator="platform")]


class Privacy(Part):
    """What must be settled in writing before people are ranked."""

    deliberation: Text
    data_protection_officer: Text
    impact_assessment: Text
    notice_url: Annotated[str, Field(pattern=r"^https://\S+$", max_length=300)]


class RankingRules(Part):
    """The city's weights for the overall ranking (they are normalised to sum 1)."""

    reach: Weight = 0.45
    affinity: Weight = 0.35
    regularity: Weight = 0.2
    minimum_residency: Share = 0.5
    minimum_person: Share = 0.5

    @model_validator(mode="after")
    def _weights_count(self) -> Self:
        if self.reach + self.affinity + self.regularity <= 0:
            raise ValueError("all weights are zero; give at least one a positive number")
        return self


class TeamRules(Part):
    """Constraints on the Dream Team."""

    size: Annotated[int, Field(ge=1, le=100)] = 12
    newcomers_share: Share = 0.2
    small_accounts_share: Share = 0.25
    small_account_audience: Annotated[int, Field(ge=1)] = 500
    cool_down_days: Annotated[int, Field(ge=0)] = 60
    invitations_each: Annotated[int, Field(ge=1, le=50)] = 6


class Retention(Part):
    """Days that each kind of data is kept."""

    posts_days: Annotated[int, Field(ge=30, le=730)] = 365
    landing_days: Annotated[int, Field(ge=1, le=30)] = 7
    rejects_days: Annotated[int, Field(ge=1, le=90)] = 30
    published_posts_days: Annotated[int, Field(ge=7, le=365)] = 90


class City(Part):
    """One commune that listens: the whole city file."""

    city_id: Slug
    commune: Commune
    names: Names
    timezone: str = "Europe/Paris"
    schedule: Annotated[str, Field(pattern=r"^\S+ \S+ \S+ \S+ \S+$")] = "30 2 * * *"
    sources: tuple[Source, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = ALL_THEMES
    ranking: RankingRules = RankingRules()
    team: TeamRules = TeamRules()
    retention: Retention = Retention()
    privacy: Privacy | None = None

    @field_validator("schedule")
    @classmethod
    def _possible_schedule(cls, schedule: str) -> str:
        problem = schedule_mistake(schedule)
        if problem:
            raise ValueError(f"{problem}; write minute hour day month weekday, as 30 2 * * *")
        return schedule

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("is not a time zone; write one such as Europe/Paris")
        return name

    @model_validator(mode="after")
    def _rules_hold(self) -> Self:
        for _, sentence in rule_mistakes(self.model_dump()):
            raise ValueError(sentence)
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone, for schedules and pages; stores keep UTC."""
        return ZoneInfo(self.timezone)

    def source(self, source_id: str) -> MastodonSource | BodaccSource:
        """The source of this id; `KeyError` when the city has none."""
        for source in self.sources:
            if source.source_id == source_id:
                return source
        raise KeyError(source_id)


def use_of(source: MastodonSource | BodaccSource) -> Use | None:
    """The use of a source; None for registers of businesses, which speak of no person's posts."""
    return source.use if isinstance(source, MastodonSource) else None


def rule_mistakes(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What breaks a rule between fields, as (place, sentence), in the data of a city file.

    The data may be wrong in any other way: these rules are told beside all other mistakes.
    """
    sources = data.get("sources")
    known: set[str] = set()
    for at, source in enumerate(sources if isinstance(sources, (list, tuple)) else ()):
        if not isinstance(source, Mapping):
            continue
        if source.get("use") == "rank" and data.get("privacy") is None:
            yield (
                ("sources", at, "use"),
                "is 'rank' but the privacy block is not filled; fill privacy (deliberation, "
                "data_protection_officer, impact_assessment, notice_url) or write use: listen",
            )
        source_id = source.get("source_id")
        if isinstance(source_id, str):
            if source_id in known:
                yield ("sources", at, "source_id"), "is used twice; give each source its own"
            known.add(source_id)
