"""A world of a few authors and posts, whose every answer can be reckoned by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from demo.limits import GENEROUS, Limits
from demo.services import Instance
from demo.world import World, WorldAuthor, WorldFile, WorldOpening, WorldPost

STARTS_AT = datetime(2026, 11, 1, tzinfo=UTC)
NIGHT_1 = datetime(2026, 11, 17, 1, 30, tzinfo=UTC)
NIGHT_2 = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
SAONE, HALLE = "saone.example", "halle.example"
BODACC = "bodacc-datadila.opendatasoft.com"


def author(name: str, host: str = SAONE, **fields: object) -> WorldAuthor:
    """One author; `fields` over the defaults."""
    row = {
        "author_id": f"{name}@{host}",
        "username": name,
        "host": host,
        "display_name": name.title(),
        "created_on": date(2021, 3, 5),
        "audience": [[STARTS_AT, 100], [NIGHT_2, 200]],
        **fields,
    }
    return WorldAuthor.model_validate(row)


def post(number: int, by: str, when: datetime, **fields: object) -> WorldPost:
    """One post on both instances; `by` is an author's id, `fields` go over the defaults."""
    name, _, host = by.partition("@")
    row = {
        "post_id": f"https://{host}/users/{name}/statuses/{number}",
        "url": f"https://{host}/@{name}/{number}",
        "author_id": by,
        "published_at": when,
        "text": f"Billet {number} #Montréval",
        "hashtags": ["Montréval"],
        "language": "fr",
        "seen_on": [SAONE, HALLE],
        **fields,
    }
    return WorldPost.model_validate(row)


def opening(number: int, published_on: date, **fields: object) -> WorldOpening:
    """One notice of a creation in the city; `fields` over the defaults."""
    row = {
        "opening_id": f"A20260{number:05d}",
        "published_on": published_on,
        "siren": f"{900_000_000 + number}",
        "name": f"MAISON {number}",
        "activity": "Boulangerie",
        "address": f"{number} rue des Tanneurs",
        "postcode": "71990",
        "town": "Montréval",
        "departement": "71",
        **fields,
    }
    return WorldOpening.model_validate(row)


def world(
    authors: Iterable[WorldAuthor],
    posts: Iterable[WorldPost],
    openings: Iterable[WorldOpening] = (),
    *,
    limits: Limits = GENEROUS,
    tokens: tuple[str | None, str | None] = (None, None),
) -> World:
    """A world of two instances and the register, of two nights."""
    hosts = zip((SAONE, HALLE), tokens, strict=True)
    file = WorldFile(
        city_id="montreval",
        seed=1,
        starts_at=STARTS_AT,
        ends_at=NIGHT_2,
        nights=(NIGHT_1, NIGHT_2),
        instances=tuple(Instance(host=host, token=token) for host, token in hosts),
    )
    return World(file, tuple(authors), tuple(posts), tuple(openings), limits)


def hourly(count: int, by: str) -> list[WorldPost]:
    """`count` posts of one author, an hour apart, the last at the first night."""
    first = NIGHT_1 - timedelta(hours=count - 1)
    return [post(n, by, first + timedelta(hours=n)) for n in range(count)]
