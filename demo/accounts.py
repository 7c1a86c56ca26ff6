"""The accounts of a world: what each author's profile shows, and what is true of them."""

from __future__ import annotations

__all__ = ["Accounts", "make_accounts"]

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

import numpy as np
from numpy.random import Generator

from demo.audience import audience_points
from demo.people import Population
from demo.plan import Plan
from demo.platforms import LONGEST_HANDLES, author_id_of, profile_url
from demo.texts import THEMES, Bio, Composer
from demo.truth import AccountType, TrueAuthor
from demo.voices import ACCOUNT_TYPES
from demo.world import WorldAuthor

_PLACE_FIELDS = ("Ville", "Lieu", "Où", "Location", "📍")
_SAYS_PLACE = 0.6
_SHOWS_SHOP = 0.7  # of one-person shops, those that bear the shop's name, not the person's
_VERIFIED = {"institution": 0.6, "media": 0.5, "business": 0.15, "association": 0.1}


@dataclass(frozen=True, slots=True)
class Accounts:
    """Rows of the authors, in the order of the population."""

    authors: tuple[WorldAuthor, ...]
    truth: tuple[TrueAuthor, ...]


def make_accounts(composer: Composer, plan: Plan, rng: Generator) -> Accounts:
    """Make the profile of every author."""
    count, days = len(plan.population), plan.size.days
    jump = rng.uniform(0.1, 0.9, count)
    points = audience_points(plan.audience, plan.nights, days=days, jump=jump)
    posts = np.bincount(plan.schedule.authors, minlength=count)
    elsewhere = rng.lognormal(4.5, 1.3, count).astype(int)
    following = rng.lognormal(4.8, 0.9, count).astype(int)
    ages = rng.integers(days + 10, 3000, count)
    rows = [
        _profile(composer, plan, at, rng)
        | {
            "created_on": (plan.nights[0] - timedelta(days=int(ages[at]))).date(),
            "audience": points[at],
            "following": int(following[at]),
            "statuses_count": int(posts[at] + elsewhere[at]),
            "gone_at": plan.changes.authors_gone.get(at),
        }
        for at in range(count)
    ]
    _link_pairs(rows, plan.population.pairs)
    _claim_another(rows, plan.population)
    authors = tuple(WorldAuthor.model_validate(row) for row in rows)
    return Accounts(authors=authors, truth=_truth(authors, plan))


def _profile(composer: Composer, plan: Plan, at: int, rng: Generator) -> dict[str, object]:
    population, opt_out = plan.population, plan.opt_outs.get(at)
    voice, platform = population.voices[at], population.platforms[at]
    shows_shop = population.is_shop[at] and rng.random() < _SHOWS_SHOP
    identity = composer.identity(
        voice="business" if shows_shop else voice, longest=LONGEST_HANDLES[platform]
    )
    username = _username(identity.handle, platform, rng)
    host = population.hosts[at] or f"{username.replace('_', '-')}.example"
    site = composer.site(voice=voice) if platform == "blog" else None
    if site:
        username, host = site.stem, f"{site.stem}.example"
    language = "en" if population.english[at] > 0.5 else "fr"
    order = np.argsort(-population.themes[at], kind="stable")[:3]
    themes = [THEMES[number] for number in order if population.themes[at, number] > 0]
    bio = composer.bio(voice=voice, themes=themes, language=language)
    row: dict[str, object] = {
        "platform": platform,
        "author_id": author_id_of(platform, username, host),
        "username": username,
        "host": host,
        "display_name": site.title if site else identity.display_name,
        "is_bot": identity.is_declared_automated and platform in ("mastodon", "x"),
        "is_verified": bool(rng.random() < _VERIFIED.get(voice, 0.04)),
        **_placed(bio, platform, rng),
        **_marks(platform, rng),
    }
    if site:
        row["bio"] = site.description
    if opt_out and opt_out.bio:
        row["bio"] = f"{row['bio']} {opt_out.bio}".strip()
    return row | (opt_out.marks if opt_out else {})


def _username(handle: str, platform: str, rng: Generator) -> str:
    """The handle as its platform lets people write it: capitals on X, points on Instagram."""
    if platform == "x" and rng.random() < 0.3:
        return handle.title()
    if platform == "instagram" and rng.random() < 0.4:
        return handle.replace("_", ".")
    return handle


def _marks(platform: str, rng: Generator) -> dict[str, object]:
    """What only Mastodon lets an account say about being found."""
    is_discoverable = bool(rng.random() < 0.85)
    if platform == "mastodon":
        return {"discoverable": is_discoverable, "is_verified": False}
    return {"discoverable": None, "indexable": None, "noindex": None}


def _placed(bio: Bio, platform: str, rng: Generator) -> dict[str, object]:
    """Where the author says they are: in a field of the profile, or at the end of the bio."""
    place, says_place = bio.declared_location, rng.random() < _SAYS_PLACE
    label = _PLACE_FIELDS[int(rng.integers(len(_PLACE_FIELDS)))]
    if not place or platform == "blog":
        return {"bio": bio.text}
    if platform == "x":
        return {"bio": bio.text, "location": place}
    if platform == "mastodon" and says_place:
        return {"bio": bio.text, "fields": [(label, place)]}
    return {"bio": f"{bio.text} 📍 {place}".strip()}


def _link_pairs(rows: list[dict[str, object]], pairs: Sequence[tuple[int, int]]) -> None:
    """Give the two accounts of one person the same name, and a link from each to the other."""
    for first, second in pairs:
        rows[second]["display_name"] = rows[first]["display_name"]
        for here, there in ((first, second), (second, first)):
            _add_link(rows[here], rows[there])


def _claim_another(rows: list[dict[str, object]], population: Population) -> None:
    """Let one person say that another's account is theirs too: only a link back proves it."""
    paired = population.paired
    visitors = np.flatnonzero(population.is_voice("visitor"))
    if len(visitors):
        claimed = next(at for at in np.argsort(-population.activity).tolist() if at not in paired)
        _add_link(rows[int(visitors[0])], rows[claimed])


def _add_link(row: dict[str, object], other: dict[str, object]) -> None:
    """Name another profile: in the profile's table where there is one, else in the bio."""
    link = profile_url(str(other["platform"]), str(other["username"]), str(other["host"]))
    if row["platform"] == "mastodon":
        row["fields"] = [*_fields(row), ("Autre compte", link)]
    else:
        row["bio"] = f"{row['bio']} {link}".strip()


def _fields(row: dict[str, object]) -> list[tuple[str, str]]:
    fields = row.get("fields")
    return fields if isinstance(fields, list) else []


def _truth(authors: Sequence[WorldAuthor], plan: Plan) -> tuple[TrueAuthor, ...]:
    population = plan.population
    return tuple(
        TrueAuthor(
            platform=author.platform,
            author_id=author.author_id,
            person_id=f"p{population.person[at]:06d}",
            voice=population.voices[at],
            account_type=_account_type(population, at),
            is_resident=bool(population.is_resident[at]),
            themes={
                theme: round(float(weight), 4)
                for theme, weight in zip(THEMES, population.themes[at], strict=True)
                if weight > 0
            },
            true_reach=float(plan.engagement.author_reach[at]),
            has_bought_followers=bool(plan.audience.bought[at]),
            has_opted_out=at in plan.opt_outs,
            in_pod=bool(plan.rings.ring[at] >= 0),
        )
        for at, author in enumerate(authors)
    )


def _account_type(population: Population, at: int) -> AccountType:
    kind = "business" if population.is_shop[at] else ACCOUNT_TYPES[population.voices[at]]
    return cast("AccountType", kind)
