"""The objects of X's API v2 that an answer holds: the fields that we use and no other."""

from __future__ import annotations

__all__ = ["LONGEST_LINE", "Account", "AccountEntities", "AccountFigures", "PostFigures", "Tweet"]

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

LONGEST_LINE = 500
Number = Annotated[str, Field(pattern=r"^[0-9]{1,19}$")]
Username = Annotated[str, Field(pattern=r"^\w{1,50}$")]


def _or_empty(value: Any) -> Any:
    return () if value is None else value


class Payload(BaseModel):
    """Part of an answer; unknown fields are fine, they are not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Mention(Payload):
    """An account that a text names."""

    username: Username
    id: Number | None = None


class Tag(Payload):
    """A hashtag."""

    tag: Annotated[str, Field(max_length=LONGEST_LINE)]


class Link(Payload):
    """An address in a text; `media_key` when it leads to the post's own picture."""

    expanded_url: str = ""
    media_key: str | None = None


class Entities(Payload):
    """What a text names."""

    mentions: Annotated[tuple[Mention, ...], BeforeValidator(_or_empty)] = ()
    hashtags: Annotated[tuple[Tag, ...], BeforeValidator(_or_empty)] = ()
    urls: Annotated[tuple[Link, ...], BeforeValidator(_or_empty)] = ()


class Note(Payload):
    """The whole of a text of more than 280 characters."""

    text: str
    entities: Entities | None = None


class Reference(Payload):
    """A post that this one answers or quotes."""

    type: str
    id: Number


class Attachments(Payload):
    """Pictures and films."""

    media_keys: Annotated[tuple[str, ...], BeforeValidator(_or_empty)] = ()


class PostFigures(Payload):
    """Counts of a post."""

    like_count: int | None = None
    reply_count: int | None = None
    retweet_count: int | None = None
    quote_count: int | None = None
    impression_count: int | None = None


class Tweet(Payload):
    """A post, as the search and `GET /2/tweets` give it."""

    id: Number
    author_id: Number
    text: str
    created_at: AwareDatetime
    lang: str | None = None
    entities: Entities | None = None
    note_tweet: Note | None = None
    in_reply_to_user_id: Number | None = None
    referenced_tweets: Annotated[tuple[Reference, ...], BeforeValidator(_or_empty)] = ()
    attachments: Attachments | None = None
    public_metrics: PostFigures | None = None
    withheld: dict[str, Any] | None = None

    @property
    def all_entities(self) -> tuple[Entities, ...]:
        """Those of the short text and of the whole."""
        note = self.note_tweet.entities if self.note_tweet else None
        return tuple(entities for entities in (self.entities, note) if entities)


class AccountFigures(Payload):
    """Counts of an account."""

    followers_count: int | None = None
    following_count: int | None = None
    tweet_count: int | None = None


class AccountEntities(Payload):
    """Addresses of a profile."""

    url: Entities | None = None
    description: Entities | None = None


class Account(Payload):
    """An account, as an answer includes it."""

    id: Number
    username: Username
    name: str = ""
    description: str | None = None
    location: str | None = None
    protected: bool | None = None
    verified_type: str | None = None
    created_at: AwareDatetime | None = None
    entities: AccountEntities | None = None
    public_metrics: AccountFigures | None = None
    withheld: dict[str, Any] | None = None
