"""The posts of a world: the drawn subjects put into words, as rows of each platform."""

from __future__ import annotations

__all__ = ["make_posts"]

from collections.abc import Callable, Sequence
from itertools import compress

from numpy.random import Generator

from demo.plan import Plan
from demo.platforms import PLACES, X_PLACE, Moment, post_id_of, post_url_of
from demo.texts import Composer, Text
from demo.truth import TruePost
from demo.wording import Words, composed, dressed, moment_of
from demo.world import WorldAuthor, WorldPost

Progress = Callable[[int, int], None]

_PROGRESS_EVERY = 500


def make_posts(
    composer: Composer, plan: Plan, authors: Sequence[WorldAuthor], *,
    rng: Generator, progress: Progress | None = None,
) -> tuple[list[WorldPost], list[TruePost]]:  # fmt: skip
    """Write every post, in order of time; `progress(done, total)` is called now and then."""
    total = len(plan.schedule)
    ids = [_post_id(plan, authors, post) for post in range(total)]
    posts, truth = [], []
    for post in range(total):
        text = composed(composer, plan, post, rng)
        words = dressed(plan, authors, post, text, rng)
        posts.append(_row(plan, authors, post, ids=ids, words=words))
        truth.append(_truth(plan, post, posts[-1], text))
        if progress and (post + 1) % _PROGRESS_EVERY == 0:
            progress(post + 1, total)
    return posts, truth


def _post_id(plan: Plan, authors: Sequence[WorldAuthor], post: int) -> str:
    author = authors[plan.schedule.authors[post]]
    moment = Moment(int(plan.schedule.at_ms[post]), post)
    return post_id_of(author.platform, author.username, author.host, moment)


def _row(
    plan: Plan, authors: Sequence[WorldAuthor], post: int, *, ids: Sequence[str], words: Words
) -> WorldPost:
    at = int(plan.schedule.authors[post])
    author, figures = authors[at], plan.engagement
    parent, quoted = plan.threads.replies.get(post), plan.threads.quotes.get(post)
    edited_at = plan.changes.edited.get(post)
    hidden = words.is_unlisted or (at in plan.opt_outs and plan.opt_outs[at].is_unlisted)
    return WorldPost(
        platform=author.platform,
        post_id=ids[post],
        url=post_url_of(
            author.platform, author.username, author.host, post_id=ids[post], title=words.title
        ),
        author_id=author.author_id,
        title=words.title,
        published_at=moment_of(plan, post),
        edited_at=edited_at,
        text=words.text,
        text_edited=f"{words.text}\n{words.edit}" if edited_at else None,
        language=words.language,
        hashtags=words.hashtags,
        mentions=words.mentions,
        in_reply_to=None if parent is None else ids[parent],
        quote_of=None if quoted is None else ids[quoted],
        media_count=max(int(plan.subjects.media_count[post]), int(words.is_photo)),
        visibility="unlisted" if hidden else "public",
        links=words.links,
        likes=int(figures.likes[post]),
        replies=int(figures.replies[post]),
        shares=int(figures.shares[post]),
        views=int(figures.views[post]) if figures.views[post] >= 0 else None,
        place_id=_place_id(author.platform, int(plan.subjects.place[post])),
        is_tagging_city=bool(plan.subjects.names_account[post]),
        half_life_hours=float(figures.half_life_hours[post]),
        gone_at=plan.changes.gone.get(post),
        seen_on=tuple(compress(plan.size.instances, plan.population.seen[at])),
    )


def _place_id(platform: str, place: int) -> str | None:
    """X knows the city alone, Instagram some of its places."""
    if place < 0:
        return None
    return X_PLACE if platform == "x" else PLACES[place].place_id


def _truth(plan: Plan, post: int, row: WorldPost, text: Text) -> TruePost:
    voice = plan.population.voices[plan.schedule.authors[post]]
    is_about = plan.subjects.is_tagged[post] and not plan.subjects.is_off_topic[post]
    return TruePost(
        platform=row.platform,
        post_id=row.post_id,
        is_about_city=bool(is_about) and voice != "namesake",
        themes=text.themes,
        true_reach=float(plan.engagement.reach[post]),
        frame_id=text.frame_id,
        manner=text.manner,
    )
