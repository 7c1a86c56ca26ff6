"""What the collectors would land of a world, by their own rules of who and what is read."""

from __future__ import annotations

__all__ = ["openings_of", "posts_of"]

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

from cities.model import City
from cities.names import fold, name_forms
from cities.sources import BlogSource, InstagramWebSource, MastodonSource, Source, XSource
from collectors.records import Author, Base, Edge, Opening, Post
from demo.world import World, WorldAuthor, WorldOpening, WorldPost

PLACE_FIELDS = ("lieu", "ville", "location", "localisation", "place", "city")
# Feeds say nothing of their readers, Instagram's pages nothing of likes that are hidden.
WITHOUT_FIGURES = ("blog",)
WITH_VIEWS = ("x", "instagram")
A_WEEK = timedelta(days=7)
Reads = Callable[[WorldPost], bool]


def posts_of(world: World, city: City, source: Source, night: datetime) -> Iterator[Base]:
    """Authors, posts and edges that a source would have given by `night`."""
    authors = {(author.platform, author.author_id): author for author in world.authors}
    posts = {post.key: post for post in world.posts}
    closed = {site.host for site in world.file.sites if site.robots or site.is_noindex}
    is_read = _reading(city, source)
    seen: dict[str, datetime] = {}
    for post in world.posts:
        author = authors[post.platform, post.author_id]
        if (
            post.platform == source.platform
            and post.visibility == "public"
            and post.is_shown_at(night)
            and is_read(post)
            and not _has_opted_out(author, night)
            and author.host not in closed
        ):
            # profiles come with posts: how many followed, week after week, then as of the night
            last = seen.get(author.author_id)
            if last is None:
                yield _author(author, night)
            if last is None or post.published_at - last > A_WEEK:
                seen[author.author_id] = post.published_at
                yield _author(author, post.published_at)
            yield _post(post, night)
            yield from _edges(post, posts, night)


def openings_of(world: World, register: str, night: datetime) -> Iterator[Opening]:
    """Openings of the city that a register shows by `night`, as far as scores need them."""
    for opening in world.openings:
        is_known = register in opening.registers and opening.is_shown_at(night)
        if is_known and opening.family == "creation" and not opening.is_closed:
            yield _opening(opening, register, night)


def _reading(city: City, source: Source) -> Reads:
    """Whether a post is among what the source asks for."""
    tags = {fold(tag) for tag in city.names.hashtags}
    names = {form for name in (city.commune.name, *city.names.aliases) for form in name_forms(name)}
    words = "|".join(sorted(map(re.escape, names | tags), key=len, reverse=True))
    named = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    namesakes = tuple(fold(name) for name in city.names.namesakes)

    def tagged(post: WorldPost) -> bool:
        return not tags.isdisjoint(map(fold, post.hashtags))

    def spoken(post: WorldPost) -> bool:
        return named.search(fold(f"{post.title} {post.text}")) is not None

    if isinstance(source, MastodonSource):
        return lambda post: source.instance in post.seen_on and tagged(post)
    if isinstance(source, XSource):
        return lambda post: (
            (tagged(post) or spoken(post)) and not any(n in fold(post.text) for n in namesakes)
        )
    if isinstance(source, InstagramWebSource):
        return lambda post: tagged(post) or post.place_id in source.places
    return lambda post: isinstance(source, BlogSource) and (source.is_about_city or spoken(post))


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
    is_blog = author.platform == "blog"
    return Author(
        platform=author.platform,
        author_id=author.author_id,
        handle=author.author_id if is_blog else f"@{author.author_id}",
        display_name=author.display_name,
        bio=author.bio,
        declared_location=author.location or (places[0] if places else ""),
        url=f"https://{author.host}/" if is_blog else f"https://{author.host}/@{author.username}",
        created_at=None if is_blog else datetime.combine(author.created_on, time(), UTC),
        observed_at=night,
        is_declared_automated=author.is_bot,
        audience=None if is_blog else author.audience_at(night),
        following=None if is_blog else author.following,
        posts=None if is_blog else author.statuses_count,
    )


def _post(post: WorldPost, night: datetime) -> Post:
    likes, replies, shares = post.figures_at(night)
    is_told = post.platform not in WITHOUT_FIGURES
    return Post(
        platform=post.platform,
        post_id=post.post_id,
        author_id=post.author_id,
        url=post.url,
        published_at=post.published_at,
        edited_at=post.edited_at if post.is_edited_at(night) else None,
        observed_at=night,
        text="\n\n".join(filter(None, (post.title, post.text_at(night)))),
        language=post.language,
        hashtags=post.hashtags,
        links=post.links,
        media_count=post.media_count,
        is_reply=post.in_reply_to is not None,
        likes=likes if is_told else None,
        replies=replies,
        shares=shares if is_told and post.platform != "instagram" else None,
        views=_views(post, night) if post.platform in WITH_VIEWS else None,
    )


def _views(post: WorldPost, night: datetime) -> int | None:
    age_hours = max(0.0, (night - post.published_at).total_seconds() / 3600)
    part = 1 - 2 ** (-age_hours / post.half_life_hours)
    return None if post.views is None else int(part * post.views)


def _edges(
    post: WorldPost, posts: dict[tuple[str, str], WorldPost], night: datetime
) -> Iterator[Edge]:
    targets = [("mention", mentioned) for mentioned in post.mentions]
    for relation, other in (("reply", post.in_reply_to), ("reshare", post.quote_of)):
        if other is not None:
            targets.append((relation, posts[post.platform, other].author_id))
    for relation, target in dict.fromkeys(targets):
        if target != post.author_id:
            yield Edge.model_validate({
                "platform": post.platform,
                "from_author_id": post.author_id,
                "to_author_id": target,
                "relation": relation,
                "post_id": post.post_id,
                "occurred_at": post.published_at,
                "observed_at": night,
            })  # fmt: skip


def _opening(opening: WorldOpening, register: str, night: datetime) -> Opening:
    is_sirene = register == "sirene"
    is_named = not (is_sirene and (opening.is_partial or opening.is_sole_trader))
    return Opening.model_validate({
        "register_name": register,
        "opening_id": opening.siret if is_sirene and opening.siret else opening.opening_id,
        "siren": opening.siren,
        "siret": opening.siret if is_sirene else None,
        "is_partial": is_sirene and opening.is_partial,
        "name": (opening.sign or opening.name) if is_named else "",
        "activity": "" if is_sirene else opening.activity,
        "naf": opening.naf if is_sirene else None,
        "naf_nomenclature": "NAFRev2" if is_sirene and opening.naf else None,
        "address": "" if is_sirene and opening.is_partial else opening.address,
        "postcode": opening.postcode,
        "town": opening.town,
        "opened_on": opening.opened_on,
        "published_on": opening.published_on,
        "observed_at": night,
    })  # fmt: skip
