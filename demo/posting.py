"""The posts of a world: the drawn subjects put into words, with their tags, names and links."""

from __future__ import annotations

__all__ = ["make_posts"]

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import compress

from numpy.random import Generator

from demo.phrases import fold, lines, read
from demo.plan import Plan
from demo.texts import THEMES, Composer, MaterialExhaustedError, Text, languages_of
from demo.truth import TruePost
from demo.world import WorldAuthor, WorldPost

Progress = Callable[[int, int], None]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PROGRESS_EVERY = 500
_HASHTAG_ADDED = 0.75  # of the posts that name the city in words only
_UNLISTED = 0.004
_EDITS = (
    "(Edit : faute corrigée.)",
    "Edit : merci pour vos réponses !",
    "[corrigé]",
    "EDIT : 18 h.",
)
_LINK = re.compile(r"https?://[^\s«»()]+")
_LINK_HOSTS = ("infos", "agenda", "blog", "photos", "boutique")


def make_posts(
    composer: Composer, plan: Plan, authors: Sequence[WorldAuthor], *,
    rng: Generator, progress: Progress | None = None,
) -> tuple[list[WorldPost], list[TruePost]]:  # fmt: skip
    """Write every post, in order of time; `progress(done, total)` is called now and then."""
    total = len(plan.schedule)
    ids = [_post_id(plan, authors, post) for post in range(total)]
    posts, truth = [], []
    for post in range(total):
        text = _composed(composer, plan, post)
        posts.append(
            _row(plan, authors, post, ids=ids, words=_dressed(plan, authors, post, text, rng))
        )
        truth.append(_truth(plan, post, ids[post], text))
        if progress and (post + 1) % _PROGRESS_EVERY == 0:
            progress(post + 1, total)
    return posts, truth


def _post_id(plan: Plan, authors: Sequence[WorldAuthor], post: int) -> str:
    author = authors[plan.schedule.authors[post]]
    # Mastodon's own form: milliseconds, then 16 bits that tell apart posts of one moment.
    number = (int(plan.schedule.at_ms[post]) << 16) | (post * 40503 & 0xFFFF)
    return f"https://{author.host}/users/{author.username}/statuses/{number}"


def _moment(plan: Plan, post: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=int(plan.schedule.at_ms[post]))


def _composed(composer: Composer, plan: Plan, post: int) -> Text:
    """Words for a post; daily life, then French, where the material has no more of a subject."""
    voice = plan.population.voices[plan.schedule.authors[post]]
    number = int(plan.subjects.theme[post])
    theme = None if number < 0 else THEMES[number]
    tag_city = bool(plan.subjects.is_tagged[post] and not plan.subjects.is_off_topic[post])
    asks = list(_asks(voice, theme, is_english=bool(plan.subjects.is_english[post])))
    for at, (wanted, language) in enumerate(asks):
        try:
            return composer.post(
                voice=voice,
                theme=wanted,
                language=language,
                month=_moment(plan, post).month,
                tag_city=tag_city,
            )
        except MaterialExhaustedError:
            if at == len(asks) - 1:
                raise
    raise AssertionError("every post is asked for at least once")


def _asks(voice: str, theme: str | None, *, is_english: bool) -> Iterator[tuple[str | None, str]]:
    if is_english and "en" in languages_of(voice):
        yield theme, "en"
    yield theme, "fr"
    if theme is not None:
        yield None, "fr"


@dataclass(frozen=True, slots=True)
class Words:
    """The final words of a post."""

    text: str
    hashtags: tuple[str, ...]
    language: str | None
    mentions: tuple[str, ...]
    links: tuple[str, ...]
    edit: str
    is_unlisted: bool


def _dressed(
    plan: Plan, authors: Sequence[WorldAuthor], post: int, text: Text, rng: Generator
) -> Words:
    """Add to the composed text what the threads ask for: a tag, a name in front, a link."""
    body, hashtags = text.text, text.hashtags
    chance, choice = rng.random(4), rng.integers(1 << 16, size=4)
    if _lacks_tag(plan, post, hashtags) and (
        plan.subjects.is_off_topic[post] or chance[0] < _HASHTAG_ADDED
    ):
        tags = lines(read("tags")["city"])
        hashtags = (*hashtags, tags[choice[0] % len(tags)])
        body = f"{body} #{hashtags[-1]}"
    named = _named(plan, post)
    if named is not None:
        handle = f"@{authors[named].username}"
        is_reply = post in plan.threads.replies
        body = f"{handle} {body}" if is_reply else f"{body} {handle}"
    links = tuple(_LINK.findall(body))
    if plan.subjects.has_link[post] and not links:
        host = _LINK_HOSTS[choice[1] % len(_LINK_HOSTS)]
        links = (f"https://{host}.example/{authors[plan.schedule.authors[post]].username}/{post}",)
        body = f"{body} {links[0]}"
    return Words(
        text=body,
        hashtags=hashtags,
        language=None if chance[1] < 0.06 else text.language,
        mentions=() if named is None else (authors[named].author_id,),
        links=links,
        edit=_EDITS[choice[2] % len(_EDITS)],
        is_unlisted=bool(chance[2] < _UNLISTED),
    )


def _lacks_tag(plan: Plan, post: int, hashtags: Sequence[str]) -> bool:
    is_tagged = bool(plan.subjects.is_tagged[post])
    return is_tagged and not any(fold(tag).lower().startswith("montreval") for tag in hashtags)


def _named(plan: Plan, post: int) -> int | None:
    """The author whom a post names: of the post that it answers, or of a plain mention."""
    parent = plan.threads.replies.get(post)
    named = plan.threads.mentions.get(post)
    if parent is not None:
        named = int(plan.schedule.authors[parent])
    return None if named == plan.schedule.authors[post] else named


def _row(
    plan: Plan, authors: Sequence[WorldAuthor], post: int, *, ids: Sequence[str], words: Words
) -> WorldPost:
    at = int(plan.schedule.authors[post])
    author, figures = authors[at], plan.engagement
    parent, quoted = plan.threads.replies.get(post), plan.threads.quotes.get(post)
    edited_at = plan.changes.edited.get(post)
    hidden = words.is_unlisted or (at in plan.opt_outs and plan.opt_outs[at].is_unlisted)
    return WorldPost(
        post_id=ids[post],
        url=f"https://{author.host}/@{author.username}/{ids[post].rpartition('/')[2]}",
        author_id=author.author_id,
        published_at=_moment(plan, post),
        edited_at=edited_at,
        text=words.text,
        text_edited=f"{words.text}\n{words.edit}" if edited_at else None,
        language=words.language,
        hashtags=words.hashtags,
        mentions=words.mentions,
        in_reply_to=None if parent is None else ids[parent],
        quote_of=None if quoted is None else ids[quoted],
        media_count=int(plan.subjects.media_count[post]),
        visibility="unlisted" if hidden else "public",
        links=words.links,
        likes=int(figures.likes[post]),
        replies=int(figures.replies[post]),
        shares=int(figures.shares[post]),
        half_life_hours=float(figures.half_life_hours[post]),
        gone_at=plan.changes.gone.get(post),
        seen_on=tuple(compress(plan.size.instances, plan.population.seen[at])),
    )


def _truth(plan: Plan, post: int, post_id: str, text: Text) -> TruePost:
    voice = plan.population.voices[plan.schedule.authors[post]]
    is_about = plan.subjects.is_tagged[post] and not plan.subjects.is_off_topic[post]
    return TruePost(
        post_id=post_id,
        is_about_city=bool(is_about) and voice != "namesake",
        themes=text.themes,
        true_reach=float(plan.engagement.reach[post]),
        frame_id=text.frame_id,
    )
