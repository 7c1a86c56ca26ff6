"""From a row of an export to records, by its map."""

from __future__ import annotations

__all__ = ["Found", "Maker"]

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from collectors.errors import PayloadError
from collectors.optouts import asks_not_to_be_found, states_minor_age
from collectors.records import Author, Edge, Post
from collectors.sources.imports.identity import (
    author_id_of,
    platform_of,
    post_id_of,
    post_url_of,
    profile_url_of,
)
from collectors.sources.imports.plan import Block, Map, PlatformColumn, Skip
from collectors.sources.imports.values import at, is_filled, value_of

HASHTAG = re.compile(r"(?<!\w)#(\w+)")
LONGEST_LINE = 500
IDS = ("post_id", "author_id", "observed_at")


@dataclass(frozen=True, slots=True)
class Found:
    """What one row says. `wants_out`: the author does not want to be found."""

    post: Post
    author: Author | None
    edges: tuple[Edge, ...]
    wants_out: bool


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes records of the rows of one file.

    `oldest`: posts before it are not kept by the city. `refused`: platforms of which this source
    may take nothing, platform → cause.
    """

    plan: Map
    as_of: datetime
    oldest: datetime
    refused: Mapping[str, str]

    def is_skipped(self, row: Mapping[str, Any]) -> bool:
        """Whether the map leaves this row out."""
        return any(_holds(row, skip) for skip in self.plan.skip)

    def make(self, row: Mapping[str, Any]) -> Found:
        """The records of a row; `PayloadError` or `ValidationError` when it has not the form."""
        platform = self._platform(row)
        fields = self._values(row, self.plan.fields)
        author_id = fields.get("author_id")
        who = author_id_of(platform, author_id) if author_id is not None else None
        post = self._post(platform, who, fields)
        if who is None:
            return Found(post, None, (), wants_out=False)
        profile = self._values(row, self.plan.author)
        wants_out = self._wants_out(profile)
        author = self._author(platform, who, profile, post.observed_at)
        return Found(post, author, tuple(self._edges(row, post, who)), wants_out)

    def _platform(self, row: Mapping[str, Any]) -> str:
        named = self.plan.platform
        platform = named if isinstance(named, str) else platform_of(_cell(row, named))
        if platform in self.refused:
            raise PayloadError(self.refused[platform])
        return platform

    def _values(self, row: Mapping[str, Any], block: Block) -> dict[str, Any]:
        zone = ZoneInfo(self.plan.timezone)
        sources = block.sources.items()
        found = {name: value_of(row, name, source, zone=zone) for name, source in sources}
        return {name: value for name, value in found.items() if value is not None}

    def _post(self, platform: str, who: str | None, fields: dict[str, Any]) -> Post:
        for needed in ("post_id", "published_at", "text"):
            if needed not in fields:
                raise PayloadError(f"{needed}: is empty")
        published_at: datetime = fields["published_at"]
        if published_at > self.as_of:
            raise PayloadError("published_at: is later than this night")
        if published_at < self.oldest:
            raise PayloadError("published_at: is older than the city keeps (retention.posts_days)")
        post_id = post_id_of(platform, str(fields["post_id"]))
        given = {name: value for name, value in fields.items() if name not in IDS}
        hashtags = given.get("hashtags", HASHTAG.findall(given["text"]))
        given["hashtags"] = tuple(tag.removeprefix("#")[:LONGEST_LINE] for tag in hashtags)
        given["links"] = _links(given)
        given.setdefault("url", post_url_of(platform, post_id, who) if "url" not in given else "")
        return Post(
            platform=platform,
            post_id=post_id,
            author_id=who,
            # Figures are of the moment when the tool read them: a newer night's stay.
            observed_at=min(fields.get("observed_at", self.as_of), self.as_of),
            **given,
        )

    def _author(
        self, platform: str, who: str, profile: dict[str, Any], observed_at: datetime
    ) -> Author:
        given = {name: value for name, value in profile.items() if name != "is_private"}
        for name in ("display_name", "declared_location"):
            given[name] = str(given.get(name, ""))[:LONGEST_LINE]
        given["links"] = _links(given)
        return Author(
            platform=platform,
            author_id=who,
            handle=f"@{who}" if platform != "blog" else who,
            observed_at=observed_at,
            **{"url": profile_url_of(platform, who), **given},
        )

    def _edges(self, row: Mapping[str, Any], post: Post, who: str) -> Iterator[Edge]:
        named = self._values(row, self.plan.edges)
        relations: tuple[Literal["reply", "mention", "reshare"], ...]
        relations = ("reply", "mention", "reshare")
        for relation in relations:
            for other in _accounts(post.platform, named.get(relation, ())):
                if other != who:
                    yield Edge(
                        platform=post.platform,
                        from_author_id=who,
                        to_author_id=other,
                        relation=relation,
                        post_id=post.post_id,
                        occurred_at=post.published_at,
                        observed_at=post.observed_at,
                    )

    def _wants_out(self, profile: dict[str, Any]) -> bool:
        bio = str(profile.get("bio", ""))
        said = f"{bio} {profile.get('display_name', '')}"
        is_private = bool(profile.get("is_private", False))
        return is_private or asks_not_to_be_found(said) or states_minor_age(bio, self.as_of)


def _cell(row: Mapping[str, Any], named: PlatformColumn) -> str:
    cell = at(row, named.column)
    return cell if isinstance(cell, str) else ""


def _links(given: Mapping[str, Any]) -> tuple[str, ...]:
    links = (link[:LONGEST_LINE] for link in given.get("links", ()))
    return tuple(link for link in links if link.startswith(("http://", "https://")))


def _accounts(platform: str, names: tuple[str, ...]) -> Iterator[str]:
    """Those of the names that are accounts; what is none makes no edge, and spoils no post."""
    for name in names:
        try:
            yield author_id_of(platform, name)
        except PayloadError:
            continue


def _holds(row: Mapping[str, Any], skip: Skip) -> bool:
    cell = at(row, skip.column)
    if skip.is_ is not None:
        return is_filled(cell) == (skip.is_ == "present")
    cells = cell if isinstance(cell, list) else [cell]
    wanted = {str(value).lower() for value in skip.equals}
    return any(str(each).strip().lower() in wanted for each in cells)
