"""Mastodon's entities (4.4) of a world: Status, Account, Instance, in JSON."""

from __future__ import annotations

__all__ = ["account_entity", "instance_entity", "status_entity"]

from datetime import datetime
from typing import Any

from demo.answers.markup import bio_html, post_html, value_html
from demo.answers.view import MastodonView, normalised_tag
from demo.exchange import stamp
from demo.world import WorldAuthor, WorldPost

VERSION = "4.4.8"
API_VERSION = 6
Entity = dict[str, Any]


def status_entity(view: MastodonView, post: WorldPost, now: datetime) -> Entity:
    """A post as `view`'s instance shows it at `now`, with the post that it quotes."""
    return {**_status(view, post, now), "quote": _quote(view, post, now)}


def _status(view: MastodonView, post: WorldPost, now: datetime) -> Entity:
    figures = view.figures(post, now)
    mentioned = {name: view.author(name) for name in post.mentions}
    is_edited = post.is_edited_at(now) and post.edited_at is not None
    return {
        "id": str(view.id_of(post.post_id)),
        "created_at": stamp(post.published_at),
        **_thread(view, post, now),
        "sensitive": False,
        "spoiler_text": "",
        "visibility": post.visibility,
        "language": post.language,
        "uri": post.post_id,
        "url": post.url,
        "replies_count": figures.replies,
        "reblogs_count": figures.shares,
        "favourites_count": figures.likes,
        "quotes_count": 0,
        "edited_at": stamp(post.edited_at) if is_edited and post.edited_at else None,
        "content": post_html(post, post.text_at(now), view.author_of(post).host, mentioned),
        "reblog": None,
        "application": None,
        "account": account_entity(view, view.author_of(post), now),
        "media_attachments": [_media(view, post, place) for place in range(post.media_count)],
        "mentions": [_mention(view, author) for author in mentioned.values()],
        "tags": [_tag(view, tag) for tag in dict.fromkeys(map(normalised_tag, post.hashtags))],
        "emojis": [],
        "card": None,
        "poll": None,
    }


def _thread(view: MastodonView, post: WorldPost, now: datetime) -> Entity:
    """What a post replies to: the id is lost once that post is deleted, its author is not."""
    number = view.id_of(post.in_reply_to)
    if number is None:
        return {"in_reply_to_id": None, "in_reply_to_account_id": None}
    parent = view.held(number)
    return {
        "in_reply_to_id": str(number) if view.is_shown(parent, now) else None,
        "in_reply_to_account_id": _text(view.account_id_of(parent.author_id)),
    }


def _quote(view: MastodonView, post: WorldPost, now: datetime) -> Entity | None:
    if post.quote_of is None:
        return None
    number = view.id_of(post.quote_of)
    if number is None:
        return {"state": "unauthorized", "quoted_status": None}
    quoted = view.held(number)
    if not view.is_shown(quoted, now):
        return {"state": "deleted", "quoted_status": None}
    return {"state": "accepted", "quoted_status": {**_status(view, quoted, now), "quote": None}}


def account_entity(view: MastodonView, author: WorldAuthor, now: datetime) -> Entity:
    """An author as `view`'s instance shows them at `now`."""
    picture = f"https://{view.host}/avatars/original/missing.png"
    header = f"https://{view.host}/headers/original/missing.png"
    return {
        "id": _text(view.account_id_of(author.author_id)),
        "username": author.username,
        "acct": _acct(view, author),
        "display_name": author.display_name,
        "locked": author.is_locked,
        "bot": author.is_bot,
        "discoverable": author.discoverable,
        "indexable": author.indexable,
        "noindex": author.noindex,
        "group": False,
        "created_at": f"{author.created_on.isoformat()}T00:00:00.000Z",
        "note": bio_html(author.bio, view.host),
        "url": f"https://{author.host}/@{author.username}",
        "uri": f"https://{author.host}/users/{author.username}",
        "avatar": picture,
        "avatar_static": picture,
        "header": header,
        "header_static": header,
        "followers_count": author.audience_at(now),
        "following_count": author.following,
        "statuses_count": author.statuses_count,
        "last_status_at": None,
        "hide_collections": None,
        "emojis": [],
        "roles": [],
        "fields": [
            {"name": name, "value": value_html(value, view.host), "verified_at": None}
            for name, value in author.fields
        ],
    }


def _acct(view: MastodonView, author: WorldAuthor) -> str:
    """`user` at home, `user@host` elsewhere."""
    return author.username if author.host == view.host else f"{author.username}@{author.host}"


def _mention(view: MastodonView, author: WorldAuthor) -> Entity:
    return {
        "id": _text(view.account_id_of(author.author_id)),
        "username": author.username,
        "url": f"https://{author.host}/@{author.username}",
        "acct": _acct(view, author),
    }


def _tag(view: MastodonView, name: str) -> Entity:
    return {"name": name, "url": f"https://{view.host}/tags/{name}"}


def _media(view: MastodonView, post: WorldPost, place: int) -> Entity:
    number = (view.id_of(post.post_id) or 0) + place
    address = f"https://{view.host}/system/media_attachments/files/{number}"
    return {
        "id": str(number),
        "type": "image",
        "url": f"{address}/original.jpg",
        "preview_url": f"{address}/small.jpg",
        "remote_url": None,
        "preview_remote_url": None,
        "text_url": None,
        "meta": {"original": {"width": 1280, "height": 960, "size": "1280x960", "aspect": 4 / 3}},
        "description": None,
        "blurhash": None,
    }


def instance_entity(host: str, *, version: int) -> Entity:
    """`/api/v1/instance` or `/api/v2/instance`: what clients ask at start."""
    common: Entity = {
        "title": host,
        "version": VERSION,
        "description": "An invented server of the Portevoix demo.",
        "languages": ["fr"],
        "rules": [],
    }
    if version == 1:
        statistics = {"user_count": 0, "status_count": 0, "domain_count": 0}
        return {**common, "uri": host, "short_description": "", "email": "", "urls": {},
                "stats": statistics, "registrations": False, "approval_required": False,
                "invites_enabled": False, "configuration": {}, "contact_account": None}  # fmt: skip
    access = {"local": "public", "remote": "public"}
    timelines = dict.fromkeys(("live_feeds", "hashtag_feeds", "trending_link_feeds"), access)
    return {**common, "domain": host, "source_url": "https://github.com/mastodon/mastodon",
            "usage": {"users": {"active_month": 0}}, "api_versions": {"mastodon": API_VERSION},
            "configuration": {"timelines_access": timelines}, "registrations": {"enabled": False},
            "contact": {"email": "", "account": None}}  # fmt: skip


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
