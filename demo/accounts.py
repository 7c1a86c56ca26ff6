"""The accounts of a world: what each author's profile shows, and what is true of them."""

from __future__ import annotations

__all__ = ["Accounts", "make_accounts"]

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.random import Generator

from demo.audience import audience_points
from demo.people import ACCOUNT_TYPES, RESIDENT_VOICES, Population
from demo.plan import Plan
from demo.texts import THEMES, Bio, Composer
from demo.truth import TrueAuthor
from demo.world import WorldAuthor

_PLACE_FIELDS = ("Ville", "Lieu", "Où", "Location", "📍")
_SAYS_PLACE = 0.6


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
    voice, host = population.voices[at], population.hosts[at]
    identity = composer.identity(voice=voice)
    language = "en" if population.english[at] > 0.5 else "fr"
    order = np.argsort(-population.themes[at], kind="stable")[:3]
    themes = [THEMES[number] for number in order if population.themes[at, number] > 0]
    bio = composer.bio(voice=voice, themes=themes, language=language)
    text, fields = _placed(bio, rng)
    if opt_out and opt_out.bio:
        text = f"{text} {opt_out.bio}".strip()
    marks = opt_out.marks if opt_out else {}
    return {
        "author_id": f"{identity.handle}@{host}".lower(),
        "username": identity.handle,
        "host": host,
        "display_name": identity.display_name,
        "bio": text,
        "fields": fields,
        "is_bot": identity.is_declared_automated,
        "discoverable": bool(rng.random() < 0.85),
        **marks,
    }


def _placed(bio: Bio, rng: Generator) -> tuple[str, list[tuple[str, str]]]:
    """Where the author says they are: in the profile's table, or at the end of the bio."""
    if not bio.declared_location:
        return bio.text, []
    if rng.random() < _SAYS_PLACE:
        label = _PLACE_FIELDS[int(rng.integers(len(_PLACE_FIELDS)))]
        return bio.text, [(label, bio.declared_location)]
    return f"{bio.text} 📍 {bio.declared_location}".strip(), []


def _link_pairs(rows: list[dict[str, object]], pairs: Sequence[tuple[int, int]]) -> None:
    """Give the two accounts of one person the same name, and a link from each to the other."""
    for first, second in pairs:
        rows[second]["display_name"] = rows[first]["display_name"]
        for here, there in ((first, second), (second, first)):
            _add_link(rows[here], rows[there])


def _claim_another(rows: list[dict[str, object]], population: Population) -> None:
    """Let one person say that another's account is theirs too: only a link back proves it."""
    paired = {author for pair in population.pairs for author in pair}
    visitor = next(at for at in range(len(rows)) if population.voices[at] == "visitor")
    claimed = next(at for at in np.argsort(-population.activity).tolist() if at not in paired)
    _add_link(rows[visitor], rows[claimed])


def _add_link(row: dict[str, object], other: dict[str, object]) -> None:
    link = f"https://{other['host']}/@{other['username']}"
    row["fields"] = [*_fields(row), ("Autre compte", link)]


def _fields(row: dict[str, object]) -> list[tuple[str, str]]:
    fields = row["fields"]
    return fields if isinstance(fields, list) else []


def _truth(authors: Sequence[WorldAuthor], plan: Plan) -> tuple[TrueAuthor, ...]:
    population = plan.population
    return tuple(
        TrueAuthor(
            author_id=author.author_id,
            person_id=f"p{population.person[at]:06d}",
            voice=population.voices[at],
            account_type=ACCOUNT_TYPES[population.voices[at]],
            is_resident=population.voices[at] in RESIDENT_VOICES,
            themes={
                theme: round(float(weight), 4)
                for theme, weight in zip(THEMES, population.themes[at], strict=True)
                if weight > 0
            },
            true_reach=float(plan.engagement.author_reach[at]),
            has_bought_followers=bool(plan.audience.bought[at]),
            has_opted_out=at in plan.opt_outs,
        )
        for at, author in enumerate(authors)
    )
