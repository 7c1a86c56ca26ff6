"""The city as its file states it: who listens, to what, for which use, under which rules."""

from __future__ import annotations

__all__ = [
    "City",
    "Commune",
    "Names",
    "Privacy",
    "Project",
    "RankingRules",
    "Retention",
    "TeamRules",
    "rule_mistakes",
]

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator, model_validator

from cities.part import Part, Slug, Text
from cities.schedule import schedule_mistake
from cities.sources import Source, source_mistakes
from cities.theme_rules import theme_mistakes
from cities.themes import ALL_THEMES, Both, OwnTheme, WordChanges, label_of

Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


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


class Privacy(Part):
    """What must be settled in writing before people are ranked."""

    deliberation: Text
    data_protection_officer: Text
    impact_assessment: Text
    notice_url: Annotated[str, Field(pattern=r"^https://\S+$", max_length=300)]


class RankingRules(Part):
    """The city's weights for the rankings (they are normalised to sum 1), and their rules.

    Regularity weighs little: who writes often is heard often, and reach counts that already.
    `half_life_days`: after so many days a mention counts half in affinities. `newcomers_share`:
    share of the places of each ranking kept for newcomers and small accounts.
    """

    reach: Weight = 0.55
    affinity: Weight = 0.35
    regularity: Weight = 0.1
    minimum_residency: Share = 0.5
    minimum_person: Share = 0.5
    half_life_days: Annotated[int, Field(ge=14, le=730)] = 180
    newcomers_share: Share = 0.2

    @model_validator(mode="after")
    def _weights_count(self) -> Self:
        if self.reach + self.affinity + self.regularity <= 0:
            raise ValueError("all weights are zero; give at least one a positive number")
        return self


class TeamRules(Part):
    """What the city asks of the Dream Team; shares of its size.

    Small, middle and large accounts are parted by followers. `cool_down_days`: how long who was
    written to is left in peace. `invitations_each`: how many are proposed for an occasion.
    """

    size: Annotated[int, Field(ge=1, le=100)] = 12
    newcomers_share: Share = 0.2
    small_accounts_share: Share = 0.25
    middle_accounts_share: Share = 0.25
    large_accounts_share_max: Share = 0.34
    small_account_audience: Annotated[int, Field(ge=1)] = 500
    large_account_audience: Annotated[int, Field(ge=1)] = 5_000
    platform_share: Share = 0.1
    platform_share_max: Share = 0.6
    cool_down_days: Annotated[int, Field(ge=0)] = 60
    invitations_each: Annotated[int, Field(ge=1, le=50)] = 6

    @model_validator(mode="after")
    def _bands_in_order(self) -> Self:
        if self.small_account_audience > self.large_account_audience:
            raise ValueError("small_account_audience is above large_account_audience; lower it")
        return self


class Retention(Part):
    """Days that each kind of data is kept; of posts that speak of something else, fewer."""

    posts_days: Annotated[int, Field(ge=30, le=730)] = 365
    irrelevant_days: Annotated[int, Field(ge=1, le=30)] = 30
    landing_days: Annotated[int, Field(ge=1, le=30)] = 7
    rejects_days: Annotated[int, Field(ge=1, le=90)] = 30
    published_posts_days: Annotated[int, Field(ge=7, le=365)] = 90


class Project(Part):
    """A project of the city for which residents may be invited; `on`: the day it happens."""

    project_id: Slug
    title: Text
    themes: tuple[Slug, ...] = Field(min_length=1)
    # A name of outreach/activities.yaml.
    activity: Annotated[str, Field(pattern=r"^[a-z]+(?:_[a-z]+)*$", max_length=60)] | None = None
    on: date | None = None
    place: Text | None = None


class City(Part):
    """One commune that listens: the whole city file.

    `themes`: those that the city follows, in its order, known or its own (`own_themes`);
    `theme_words`: words more or fewer of a known theme.
    """

    city_id: Slug
    commune: Commune
    names: Names
    timezone: str = "Europe/Paris"
    schedule: Annotated[str, Field(pattern=r"^\S+ \S+ \S+ \S+ \S+$")] = "30 2 * * *"
    sources: tuple[Source, ...] = Field(min_length=1)
    themes: tuple[Slug, ...] = Field(default=ALL_THEMES, min_length=1)
    own_themes: dict[Slug, OwnTheme] = Field(default={}, max_length=20)
    theme_words: dict[Slug, WordChanges] = Field(default={}, max_length=20)
    projects: tuple[Project, ...] = ()
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

    @property
    def theme_labels(self) -> dict[str, Both]:
        """What each theme of the city is called, in the city's order."""
        own = {theme: self.own_themes[theme].label for theme in self.own_themes}
        named = {theme: own.get(theme) or label_of(theme) for theme in self.themes}
        return {theme: label for theme, label in named.items() if label}

    def source(self, source_id: str) -> Source:
        """The source of this id; `KeyError` when the city has none."""
        for source in self.sources:
            if source.source_id == source_id:
                return source
        raise KeyError(source_id)


def rule_mistakes(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What breaks a rule between fields, as (place, sentence), in the data of a city file.

    The data may be wrong in any other way: these rules are told beside all other mistakes.
    """
    yield from theme_mistakes(data)
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
        for name, sentence in source_mistakes(source):
            yield ("sources", at, name), sentence
        source_id = source.get("source_id")
        if isinstance(source_id, str):
            if source_id in known:
                yield ("sources", at, "source_id"), "is used twice; give each source its own"
            known.add(source_id)
