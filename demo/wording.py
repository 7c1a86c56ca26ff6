"""Words of a post: composed from the material, then given the tags, names and links of its plan."""

from __future__ import annotations

__all__ = ["Words", "composed", "dressed", "moment_of"]

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from numpy.random import Generator

from demo.entries import entry_of
from demo.habits import Ask
from demo.phrases import fold, lines, read, season_of
from demo.plan import Plan
from demo.platforms import ACCOUNT_OF_CITY
from demo.texts import THEMES, Composer, MaterialExhaustedError, Text, languages_of
from demo.world import WorldAuthor

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
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
_LONGEST_ON_X = 280
_ARTICLES, _TITLED = 0.6, 0.4  # of a blog's entries: written as an article, or given a title


@dataclass(frozen=True, slots=True)
class Words:
    """The final words of a post; a blog's entry has a title."""

    text: str
    hashtags: tuple[str, ...]
    language: str | None
    mentions: tuple[str, ...]
    links: tuple[str, ...]
    edit: str
    is_unlisted: bool
    is_photo: bool
    title: str = ""


def moment_of(plan: Plan, post: int) -> datetime:
    """When a post is published."""
    return _EPOCH + timedelta(milliseconds=int(plan.schedule.at_ms[post]))


def composed(composer: Composer, plan: Plan, post: int, rng: Generator) -> Text:
    """Words for a post; daily life, then French, where the material has no more of a subject."""
    asks = list(_asks(plan, post))
    for at, ask in enumerate(asks):
        try:
            text = composer.compose(ask, month=moment_of(plan, post).month)
        except MaterialExhaustedError:
            if at == len(asks) - 1:
                raise
        else:
            if plan.population.platforms[plan.schedule.authors[post]] != "blog":
                return text
            return _lengthened(composer, ask, text, plan=plan, post=post, rng=rng)
    raise AssertionError("every post is asked for at least once")


def _asks(plan: Plan, post: int) -> Iterator[Ask]:
    subjects, number = plan.subjects, int(plan.subjects.theme[post])
    voice = plan.population.voices[plan.schedule.authors[post]]
    if voice == "leaver" and not plan.schedule.has_left[post]:
        voice = "resident"
    ask = Ask(
        voice=voice,
        theme=None if number < 0 else THEMES[number],
        language="fr",
        season=season_of(moment_of(plan, post).month),
        tag_city=bool(subjects.is_tagged[post] and not subjects.is_off_topic[post]),
        manner=subjects.manner[post],
    )
    if subjects.is_english[post] and "en" in languages_of(voice):
        yield replace(ask, language="en", manner="")
    yield ask
    if ask.theme is not None:
        yield replace(ask, theme=None)


def _lengthened(
    composer: Composer, ask: Ask, text: Text, *, plan: Plan, post: int, rng: Generator
) -> Text:
    """A blog's entry goes on: an article where there is one, paragraphs of the same subject."""
    more = replace(ask, theme=text.themes[0] if text.themes else None, tag_city=False, manner="")
    more = more.in_manner("", language=text.language)
    found = [text]
    about = replace(more, tag_city=ask.tag_city)
    month = moment_of(plan, post).month
    is_french, chance = more.language == "fr", rng.random(2)
    is_article, is_titled = is_french and chance[0] < _ARTICLES, is_french and chance[1] < _TITLED
    body = composer.article(about, month=month) if is_article else ""
    title = composer.title(about, month=month) if body or is_titled else ""
    for _ in range(int(rng.integers(0, 2) if body else rng.integers(1, 4))):
        try:
            found.append(composer.compose(more, month=moment_of(plan, post).month))
        except MaterialExhaustedError:
            break
    return replace(
        text,
        text="\n\n".join([*(part.text for part in found), *([body] if body else [])]),
        title=title,
        hashtags=tuple(dict.fromkeys(tag for part in found for tag in part.hashtags)),
        themes=tuple(dict.fromkeys(theme for part in found for theme in part.themes)),
    )


def dressed(
    plan: Plan, authors: Sequence[WorldAuthor], post: int, text: Text, rng: Generator
) -> Words:
    """Add to the composed text what the threads ask for: a tag, a name in front, a link."""
    author = authors[plan.schedule.authors[post]]
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
        body = f"{handle} {body}" if post in plan.threads.replies else f"{body} {handle}"
    if plan.subjects.names_account[post]:
        body = f"{body} @{ACCOUNT_OF_CITY}"
    links = tuple(_LINK.findall(body))
    if plan.subjects.has_link[post] and not links and author.platform != "instagram":
        host = _LINK_HOSTS[choice[1] % len(_LINK_HOSTS)]
        links = (f"https://{host}.example/{author.username}/{post}",)
        body = f"{body} {links[0]}"
    title = ""
    if author.platform == "blog":
        title, body = entry_of(body)
        title = text.title or title
    return Words(
        text=_fitted(body, _LONGEST_ON_X) if author.platform == "x" else body,
        hashtags=hashtags,
        language=None if chance[1] < 0.06 or author.platform == "instagram" else text.language,
        mentions=() if named is None else (authors[named].author_id,),
        links=links,
        edit=_EDITS[choice[2] % len(_EDITS)],
        is_unlisted=author.platform == "mastodon" and bool(chance[2] < _UNLISTED),
        is_photo=text.manner == "photo",
        title=title,
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


def _fitted(text: str, longest: int) -> str:
    """Cut words that are no tag, name or link, from the last on, until the text fits.

    >>> _fitted("Un deux trois quatre #cinq", 20)
    'Un deux trois… #cinq'
    """
    if len(text) <= longest:
        return text
    words = text.split()
    at = last = len(words)
    while at and len(" ".join(words)) > longest - 1:
        at -= 1
        if not words[at].startswith(("#", "@", "http")):
            del words[at]
            last = at
    kept = words[:last]
    if kept and not kept[-1].startswith(("#", "@", "http")):
        kept[-1] += "…"
    return " ".join([*kept, *words[last:]])
