"""Synthetic landing files: a seeded history of posts and authors, in the form that collectors land.

Written as text, since a million pydantic records would take longer than all that is measured.
"""

from __future__ import annotations

__all__ = ["Volume", "write_landing"]

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cities.folder import CityFolder, run_id_of

POSTS_A_FILE = 5000
POSTS_AN_AUTHOR = 20
HISTORY_DAYS = 120
SAMPLE = (
    "ce matin la halle aux Grains le marché les fraises une assiette chez notre voisin quai des "
    "Tanneurs la lumière ce soir après le match stade bravo aux petites mains vitrine nouvelle "
    "collection robe jardin roses au parc de la Cerisaie photo concert salle on y retourne vite "
    "merci à toutes et tous bouteille du domaine dégustation samedi encore une belle découverte"
)
WORDS = SAMPLE.split()


@dataclass(frozen=True, slots=True)
class Volume:
    """How much is landed: posts numbered from `first`, over the last `days`.

    With `authors`, that many people wrote all of them in turn; else twenty posts a person.
    """

    posts: int
    first: int = 0
    authors: int | None = None
    days: int = HISTORY_DAYS


def write_landing(folder: CityFolder, source_id: str, as_of: datetime, *, volume: Volume) -> None:
    """Land posts and their authors; the same each time."""
    landing = folder.landing(source_id)
    landing.mkdir(mode=0o700, parents=True, exist_ok=True)
    chance = random.Random(volume.first)
    end = volume.first + volume.posts
    for seq, start in enumerate(range(volume.first, end, POSTS_A_FILE)):
        numbers = range(start, min(start + POSTS_A_FILE, end))
        lines = "".join(f"{line}\n" for line in _lines(numbers, volume, as_of, chance=chance))
        path = landing / f"{run_id_of(as_of)}-{seq:05d}.ndjson.gz"
        path.write_bytes(gzip.compress(lines.encode(), 1, mtime=0))


def _lines(
    numbers: range, volume: Volume, as_of: datetime, *, chance: random.Random
) -> Iterator[str]:
    observed_at = as_of.astimezone(UTC).isoformat().replace("+00:00", "Z")
    for number in numbers:
        if volume.authors:
            author, is_first = number % volume.authors, number - volume.first < volume.authors
        else:
            author, is_first = number // POSTS_AN_AUTHOR, number % POSTS_AN_AUTHOR == 0
        if is_first:
            yield _text(_author(author, observed_at, chance))
        published_at = as_of - timedelta(seconds=chance.randrange(volume.days * 86_400))
        yield _text(_post(number, author, published_at, observed_at) | _figures(chance))


def _text(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _post(number: int, author: int, published_at: datetime, observed_at: str) -> dict[str, object]:
    words = random.Random(number).choices(WORDS, k=18)
    address = f"https://saone.example/users/voix{author}/statuses/{110_000_000_000 + number}"
    return {
        "kind": "post",
        "platform": "mastodon",
        "post_id": address,
        "author_id": f"voix{author}@saone.example",
        "url": f"https://saone.example/@voix{author}/{110_000_000_000 + number}",
        "published_at": published_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "edited_at": None,
        "observed_at": observed_at,
        "text": " ".join(words),
        "language": "fr",
        "hashtags": ["montreval"],
        "links": [],
    }


def _figures(chance: random.Random) -> dict[str, object]:
    return {
        "media_count": chance.randrange(3),
        "is_reply": chance.random() < 0.2,
        "likes": int(chance.paretovariate(1.2)) - 1,
        "replies": chance.randrange(4),
        "shares": int(chance.paretovariate(1.5)) - 1,
        "views": None,
    }


def _author(author: int, observed_at: str, chance: random.Random) -> dict[str, object]:
    return {
        "kind": "author",
        "platform": "mastodon",
        "author_id": f"voix{author}@saone.example",
        "handle": f"@voix{author}@saone.example",
        "display_name": f"Voix {author}",
        "bio": " ".join(random.Random(author).choices(WORDS, k=10)),
        # About half of those who speak of a city live there.
        "declared_location": "Montréval" if author % 2 else "Lyon",
        "url": f"https://saone.example/@voix{author}",
        "links": [],
        "created_at": "2020-05-01T08:00:00Z",
        "observed_at": observed_at,
        "is_declared_automated": False,
        "is_declared_organisation": False,
        "audience": int(100 * chance.paretovariate(1.1)),
        "following": chance.randrange(900),
        "posts": chance.randrange(3000),
    }
