"""A plain world of any length for one platform: the same short post again and again.

For speed and memory only: nothing in it is worth a score.
"""

from __future__ import annotations

__all__ = ["plain_world"]

from datetime import UTC, datetime, timedelta

from demo.limits import GENEROUS
from demo.numbers import short_code
from demo.plan import NIGHTS
from demo.services import (
    InstagramService,
    Instance,
    SireneService,
    Website,
    XService,
)
from demo.world import World, WorldAuthor, WorldFile, WorldOpening, WorldPost

HOSTS = {"mastodon": "saone.example", "x": "x.com", "instagram": "www.instagram.com"}
# X's search goes back seven days.
SPAN = {"x": timedelta(days=6), "mastodon": timedelta(days=100), "instagram": timedelta(days=100),
        "blog": timedelta(days=100)}  # fmt: skip
COUNT_AUTHORS = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def plain_world(platform: str, count: int) -> World:
    """`count` posts of `platform` (or openings of the two registers) before the first night."""
    is_register = platform in ("bodacc", "sirene")
    authors = () if is_register else tuple(_author(platform, n) for n in range(COUNT_AUTHORS))
    posts = () if is_register else tuple(_post(platform, n, count) for n in range(count))
    openings = tuple(_opening(platform, n) for n in range(count)) if is_register else ()
    sites = tuple(
        Website(host=author.host, title=author.display_name, entries_a_page=50)
        for author in authors
        if platform == "blog"
    )
    file = WorldFile(
        city_id="montreval",
        seed=0,
        starts_at=NIGHTS[0] - timedelta(days=120),
        ends_at=NIGHTS[-1],
        nights=NIGHTS,
        instances=(Instance(host=HOSTS["mastodon"]),),
        sirene=SireneService(),
        x=XService(),
        instagram=InstagramService(),
        sites=sites,
    )
    return World(file, authors, posts, openings, GENEROUS)


def _author(platform: str, number: int) -> WorldAuthor:
    name = f"plain{number}"
    host = f"{name}.example" if platform == "blog" else HOSTS[platform]
    author_id = {"mastodon": f"{name}@{host}", "blog": host}.get(platform, name)
    return WorldAuthor.model_validate({
        "platform": platform,
        "author_id": author_id,
        "username": name,
        "host": host,
        "display_name": name.title(),
        "bio": "Une personne qui n'existe pas",
        "created_on": "2020-01-01",
        "audience": [[NIGHTS[0], 100 + number]],
    })  # fmt: skip


def _post(platform: str, number: int, count: int) -> WorldPost:
    author = _author(platform, number % COUNT_AUTHORS)
    when = NIGHTS[0] - SPAN[platform] + SPAN[platform] * (number + 1) / (count + 1)
    serial = (int((when - EPOCH) / timedelta(milliseconds=1)) << 22) + number
    post_id, url = {
        "mastodon": (
            f"https://{author.host}/users/{author.username}/statuses/{number + 1}",
            f"https://{author.host}/@{author.username}/{number + 1}",
        ),
        "x": (str(serial), f"https://x.com/{author.username}/status/{serial}"),
        "instagram": (short_code(serial), f"https://www.instagram.com/p/{short_code(serial)}/"),
        "blog": (
            f"https://{author.host}/?p={number + 1}",
            f"https://{author.host}/n-{number + 1}/",
        ),
    }[platform]
    return WorldPost.model_validate({
        "platform": platform,
        "post_id": post_id,
        "url": url,
        "author_id": author.author_id,
        "title": f"Billet {number}" if platform == "blog" else "",
        "published_at": when,
        "text": f"Au marché de Montréval ce matin, {number} tomates et du soleil. #Montréval",
        "hashtags": ["Montréval"],
        "language": "fr",
        "likes": number % 40,
        "seen_on": [author.host] if platform == "mastodon" else [],
    })  # fmt: skip


def _opening(register: str, number: int) -> WorldOpening:
    day = NIGHTS[0].date() - timedelta(days=1 + number % 80)
    siren = f"{number:09d}"
    return WorldOpening.model_validate({
        "opening_id": f"A2026{number:07d}",
        "published_on": day,
        "siren": siren,
        "siret": f"{siren}00010",
        "name": f"MAISON {number}",
        "activity": "Boulangerie",
        "address": f"{number} rue des Tanneurs",
        "postcode": "71990",
        "town": "Montréval",
        "opened_on": day,
        "departement": "71",
        "insee": "71999",
        "naf": "10.71C",
        "registers": [register],
        "recorded_at": datetime.combine(day, datetime.min.time(), UTC),
    })  # fmt: skip
