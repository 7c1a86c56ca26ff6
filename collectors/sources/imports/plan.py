"""The map of a file: which column of an export becomes which field of a record."""

from __future__ import annotations

__all__ = ["KINDS", "Author", "Edges", "Fields", "Join", "Map", "Platform", "Skip", "Value"]

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

Platform = Literal["x", "instagram", "facebook", "youtube", "mastodon", "bluesky", "blog"]
Column = Annotated[str, Field(min_length=1, max_length=200)]
Encoding = Literal["utf-8", "utf-16", "latin-1", "cp1252"]
Conversion = Literal[
    "text", "html", "digest", "date", "epoch", "count", "size", "list", "language", "yes", "present"
]

# What a record's field is → the conversions that make one, the usual one first.
MAKES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "html", "digest"),
    "moment": ("date", "epoch"),
    "count": ("count", "size"),
    "list": ("list",),
    "language": ("language",),
    "flag": ("yes", "present"),
}
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("published_at", "edited_at", "observed_at", "created_at"), "moment"),
    **dict.fromkeys(("media_count", "likes", "replies", "shares", "views"), "count"),
    **dict.fromkeys(("audience", "following", "posts"), "count"),
    **dict.fromkeys(("hashtags", "links", "mention", "reply", "reshare"), "list"),
    **dict.fromkeys(("is_reply", "is_private", "is_declared_automated"), "flag"),
    **dict.fromkeys(("is_declared_organisation",), "flag"),
    "language": "language",
}


class Part(BaseModel):
    """A frozen part of a map that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _full(value: Any) -> Any:
    # `likes: like_count` is short for `likes: {column: like_count}`.
    return {"column": value} if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str | int | bool) else value


class Value(Part):
    """Where a field comes from: a column (the first filled one of several), or a constant.

    `as`: how it is read. `format`: of dates that are not ISO 8601 (strptime). `unit`: of an epoch.
    `separator`: of a list in one cell. `optional`: a file without the column is taken all the same.
    """

    column: Annotated[tuple[Column, ...], BeforeValidator(_listed)] = ()
    value: str | int | bool | None = None
    as_: Conversion | None = Field(default=None, alias="as")
    format: str | None = None
    unit: Literal["seconds", "milliseconds"] = "seconds"
    separator: Annotated[str, Field(min_length=1, max_length=5)] = "|"
    optional: bool = False

    @model_validator(mode="after")
    def _comes_from_somewhere(self) -> Self:
        if bool(self.column) == (self.value is not None):
            raise ValueError("comes from nowhere, or from two places; write column or value")
        return self


Source = Annotated[Value, BeforeValidator(_full)]


class Block(Part):
    """Fields of one record, each with a conversion that can make it."""

    @field_validator("*")
    @classmethod
    def _conversion_fits(cls, value: Value | None, info: ValidationInfo) -> Value | None:
        fitting = MAKES[KINDS.get(str(info.field_name), "text")]
        if value is not None and value.as_ is not None and value.as_ not in fitting:
            raise ValueError(f"cannot be made as {value.as_}; write as: {' or '.join(fitting)}")
        return value

    @cached_property
    def sources(self) -> dict[str, Value]:
        """The fields that the map fills, by name."""
        return {name: value for name, value in self if isinstance(value, Value)}


class Fields(Block):
    """The fields of a post (collectors.records.Post)."""

    post_id: Source
    published_at: Source
    text: Source
    author_id: Source | None = None
    url: Source | None = None
    edited_at: Source | None = None
    observed_at: Source | None = None
    language: Source | None = None
    hashtags: Source | None = None
    links: Source | None = None
    media_count: Source | None = None
    is_reply: Source | None = None
    likes: Source | None = None
    replies: Source | None = None
    shares: Source | None = None
    views: Source | None = None


class Author(Block):
    """The fields of its author (collectors.records.Author); `is_private` ones are left out."""

    display_name: Source | None = None
    bio: Source | None = None
    declared_location: Source | None = None
    url: Source | None = None
    links: Source | None = None
    created_at: Source | None = None
    audience: Source | None = None
    following: Source | None = None
    posts: Source | None = None
    is_private: Source | None = None
    is_declared_automated: Source | None = None
    is_declared_organisation: Source | None = None


class Edges(Block):
    """The accounts that a post mentions, answers, or passes on."""

    mention: Source | None = None
    reply: Source | None = None
    reshare: Source | None = None


class Skip(Part):
    """Rows to leave out: the column is filled (`is: present`), empty, or holds one of `equals`."""

    column: Column
    is_: Literal["present", "absent"] | None = Field(default=None, alias="is")
    equals: Annotated[tuple[str | int | bool, ...], BeforeValidator(_listed)] = ()

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if (self.is_ is None) == (not self.equals):
            raise ValueError("says not when to skip; write is: present, is: absent, or equals")
        return self


class Join(Part):
    """A part of a line put into its items: the one of `from` whose `key` is the item's `on`.

    twarc writes the page of an answer on a line: posts in `data`, their authors in
    `includes.users`.
    """

    as_: Column = Field(alias="as")
    from_: Column = Field(alias="from")
    key: Column = "id"
    on: Column


class PlatformColumn(Part):
    """The platform stands in a column."""

    column: Column


class Map(Part):
    """A whole map. `each`: where a line holds several items. `timezone`: of dates without one."""

    format: Literal["csv", "ndjson", "parquet"]
    platform: Platform | PlatformColumn
    fields: Fields
    author: Author = Author()
    edges: Edges = Edges()
    skip: tuple[Skip, ...] = ()
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: Encoding = "utf-8"
    timezone: str = "UTC"
    each: Column | None = None
    join: tuple[Join, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("is not a time zone; write one such as Europe/Paris")
        return name

    @field_validator("platform", mode="before")
    @classmethod
    def _named_or_column(cls, platform: Any) -> Any:
        if isinstance(platform, str) and platform not in get_args(Platform):
            known = ", ".join(get_args(Platform))
            raise ValueError(f"is not one that Portevoix knows; write one of {known}")
        return platform

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Field → the columns of which a file must have one, dotted paths by their first part."""
        needed: dict[str, tuple[str, ...]] = {}
        for part in (self.fields, self.author, self.edges):
            for name, value in part.sources.items():
                if value.column and not value.optional:
                    needed[name] = value.column
        needed |= {f"skip {at}": (skip.column,) for at, skip in enumerate(self.skip)}
        if isinstance(self.platform, PlatformColumn):
            needed["platform"] = (self.platform.column,)
        return needed
