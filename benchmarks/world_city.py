"""A city folder whose warehouse holds a demo world as of one night, without proxy or clients.

The rules of what is read are those of the Mastodon collector: public posts under a hashtag of the
city, on an instance of the city file, by authors who did not opt out.
"""

from __future__ import annotations

__all__ = ["load_world"]

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from cities.brief import blank_brief
from cities.folder import CityFolder
from cities.model import City
from cities.names import fold
from cities.settings import Settings
from cities.sources import MastodonSource
from collectors.landing import Lander
from collectors.records import Author, Base, Edge, Post
from demo.world import World, WorldAuthor, WorldPost, read_world
from warehouse.load import load

EXAMPLES = Path(__file__).parents[1] / "cities" / "examples"
PLACE_FIELDS = ("lieu", "ville", "location", "localisation", "place", "city")


def load_world(directory: Path, folder: CityFolder, as_of: datetime | None = None) -> datetime:
    """Land and load a world into `folder`; the night is the world's last unless given."""
    world = read_world(directory)
    night = as_of or world.file.nights[-1]
    folder.make()
    shutil.copy(EXAMPLES / f"{world.file.city_id}.yaml", folder.city_file)
    folder.brief_file(night).write_text(
        blank_brief(world.file.city_id, night).model_dump_json(), encoding="utf-8"
    )
    for source in folder.city().sources:
        if isinstance(source, MastodonSource):
            records = list(_records(world, folder.city(), source, night))
            Lander(folder, source.source_id, night).land(0, records)
    load(folder, night, settings=Settings(data=folder.root.parent, hash_key="b" * 64))
    return night


def _records(world: World, city: City, source: MastodonSource, night: datetime) -> Iterator[Base]:
    authors = {author.author_id: author for author in world.authors}
    posts = {post.post_id: post for post in world.posts}
    tags = {fold(tag) for tag in city.names.hashtags}
    seen: set[str] = set()
    for post in world.posts:
        author = authors[post.author_id]
        is_read = (
            source.instance in post.seen_on
            and post.visibility == "public"
            and post.is_shown_at(night)
            and not tags.isdisjoint(map(fold, post.hashtags))
            and not _has_opted_out(author, night)
        )
        if is_read:
            if author.author_id not in seen:
                seen.add(author.author_id)
                yield _author(author, night)
            yield _post(post, night)
            yield from _edges(post, posts, night)


def _has_opted_out(author: WorldAuthor, night: datetime) -> bool:
    return (
        not author.is_there_at(night)
        or author.is_locked
        or author.indexable is False
        or bool(author.noindex)
        or "#nobot" in author.bio.lower()
    )


def _author(author: WorldAuthor, night: datetime) -> Author:
    places = [value for name, value in author.fields if fold(name) in PLACE_FIELDS]
    return Author(
        platform="mastodon",
        author_id=author.author_id,
        handle=f"@{author.author_id}",
        display_name=author.display_name,
        bio=author.bio,
        declared_location=places[0] if places else "",
        url=f"https://{author.host}/@{author.username}",
        created_at=datetime.combine(author.created_on, time(), UTC),
        observed_at=night,
        is_declared_automated=author.is_bot,
        audience=author.audience_at(night),
        following=author.following,
        posts=author.statuses_count,
    )


def _post(post: WorldPost, night: datetime) -> Post:
    likes, replies, shares = post.figures_at(night)
    return Post(
        platform="mastodon",
        post_id=post.post_id,
        author_id=post.author_id,
        url=post.url,
        published_at=post.published_at,
        edited_at=post.edited_at if post.is_edited_at(night) else None,
        observed_at=night,
        text=post.text_at(night),
        language=post.language,
        hashtags=post.hashtags,
        links=post.links,
        media_count=post.media_count,
        is_reply=post.in_reply_to is not None,
        likes=likes,
        replies=replies,
        shares=shares,
    )


def _edges(post: WorldPost, posts: dict[str, WorldPost], night: datetime) -> Iterator[Edge]:
    targets = [("mention", mentioned) for mentioned in post.mentions]
    for relation, other in (("reply", post.in_reply_to), ("reshare", post.quote_of)):
        if other is not None:
            targets.append((relation, posts[other].author_id))
    for relation, target in dict.fromkeys(targets):
        if target != post.author_id:
            yield Edge.model_validate({
                "platform": "mastodon",
                "from_author_id": post.author_id,
                "to_author_id": target,
                "relation": relation,
                "post_id": post.post_id,
                "occurred_at": post.published_at,
                "observed_at": night,
            })  # fmt: skip
