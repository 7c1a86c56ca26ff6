"""A warehouse of any size for `benchmarks.bench_score`: posts, authors, edges, made as sets.

The city is Aix-en-Provence, as its example file has it, so that all models have something to read:
names, hashtags, squares, namesakes. A post is the beginning of a text of `data/` and the end of
another, four in five name the city as searches find it, one in four is an answer, one in three
names or passes on somebody. Authors are drawn with unequal weights; audiences, likes, shares have
long tails. The source is one that ranks. The same size makes the same warehouse.
"""

from __future__ import annotations

__all__ = ["CITY_FILE", "Size", "add_posts", "make_world", "world_texts"]

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cities.brief import blank_brief
from cities.folder import CityFolder
from warehouse.connection import Warehouse, open_warehouse

CITY_FILE = Path(__file__).parents[1] / "cities" / "examples" / "aix-en-provence.yaml"
DATA = Path(__file__).parent / "data"
SETS = ("theme_posts_fr", "theme_lessons_fr", "poi_themes_fr", "topic_sentences_fr", "topic_posts")
MOST_CHARACTERS = 300
NAMINGS = (
    *("#aixenprovence",) * 5, "à Aix-en-Provence", "à Aix-en-Provence #aixmaville", "à Aix",
    "d'Aix-en-Provence", "aix en provence", "#AixEnProvence #provence", "cours Mirabeau",
    "#visitaixenprovence", "place Richelme à Aix", "à Aix-les-Bains", "entre Aixois",
    "", "", "",
)  # fmt: skip
BIOS = (
    "Maman de deux enfants, passionnée de photo", "J'aime les livres et la montagne", "",
    "Aixoise de cœur", "Boutique de décoration, ouvert du mardi au samedi, 04 42 00 00 00",
    "Association de quartier", "Professeure, cycliste, curieux de tout", "Ingénieur, papa, coureur",
    "L'actualité de la région en continu", "Vie de quartier, balades et bons plans",
)  # fmt: skip
PLACES = ("Aix-en-Provence", "Aix", "Marseille", "", "", "Provence", "Lyon", "ici et là", "Paris")
NAMES = (
    "Camille", "Sophie Martin", "Nicolas", "Atelier des Cardeurs", "Julie R.", "Club des marcheurs",
    "Voix", "Mehdi", "Le Petit Journal", "Anne-Laure", "Thomas B.", "Librairie du Cours",
)  # fmt: skip
AUTHORS = """
insert into authors by name
with numbered as (
    select
        range as n, (hash(range, 1) // 2)::bigint as h, (hash(range, 2) // 2)::bigint as g,
        (hash(range, 3) // 2)::bigint as f,
    from range($authors)
),
told as (
    select
        'mastodon' as platform,
        'voix' || n || '@saone.example' as author_id,
        '@' || author_id as handle,
        $names[(h % len($names)) + 1] || ' ' || n as display_name,
        $bios[(g % len($bios)) + 1] as bio,
        $places[(f % len($places)) + 1] as declared_location,
        'https://saone.example/@voix' || n as url,
        [] as links,
        $as_of::timestamptz - interval 900 days as created_at,
        h % 60 = 0 as is_declared_automated,
        g % 40 = 0 as is_declared_organisation,
        least((60 / (1e-4 + (h % 10000) / 10000)), 200000)::bigint as audience,
        (g % 900)::bigint as following,
        (f % 3000)::bigint as posts,
        $as_of::timestamptz - interval 300 days as first_observed_at,
        $as_of::timestamptz as observed_at,
    from numbered
)
select * from told
"""
FIGURES = """
insert into author_figures by name
select
    platform, author_id, audience, following, posts,
    observed_at - to_days((30 * range)::integer) as observed_at,
from authors cross join range(4)
"""
POSTS = """
insert into posts by name
with numbered as (
    select
        range as n, (hash(range, 1) // 2)::bigint as h, (hash(range, 2) // 2)::bigint as g,
        (hash(range, 3) // 2)::bigint as f, (hash(range, 4) // 2)::bigint as e,
    from range($first::bigint, $first::bigint + $posts::bigint)
),
drawn as (
    select
        *,
        -- the square of a share: some write much, most write little
        (power((h % 1000003) / 1000003, 2) * $authors)::bigint % $authors as author,
        $starts[(g % len($starts)) + 1] || ' ' || $namings[(f % len($namings)) + 1] || ' '
            || $ends[(e % len($ends)) + 1] || if(f % 7 = 0, ' #provence', '') as text,
    from numbered
),
told as (
    select
        'mastodon' as platform,
        'https://saone.example/users/voix' || author || '/statuses/' || (110000000000 + n)
            as post_id,
        'voix' || author || '@saone.example' as author_id,
        'https://saone.example/@voix' || author || '/' || (110000000000 + n) as url,
        -- in order of time, as nights store them
        $as_of::timestamptz
            - to_seconds((($first + $posts - n) * $days * 86400 // $posts)::bigint) as published_at,
        null as edited_at,
        text,
        if(e % 5 = 0, null, 'fr') as language,
        list_transform(regexp_extract_all(text, '#([\\p{L}\\p{N}_]+)', 1), lambda t: t) as hashtags,
        if(g % 9 = 0, ['https://agenda.example/' || n], []) as links,
        (f % 3)::integer as media_count,
        e % 4 = 0 as is_reply,
        least((1 / (1e-4 + (g % 10000) / 10000))::bigint - 1, 5000) as likes,
        (f % 4)::bigint as replies,
        least((1 / (1e-3 + (e % 1000) / 1000))::bigint - 1, 900) as shares,
        null as views,
        ['mastodon-saone'] as source_ids,
        -- by the first night after it
        least(published_at + interval 1 day, $as_of::timestamptz) as first_observed_at,
        first_observed_at as observed_at,
    from drawn
)
select * from told
"""
EDGES = """
insert into edges by name
select
    platform,
    author_id as from_author_id,
    'voix' || (power((hash(post_id) % 1000003) / 1000003.0, 3) * $authors)::bigint % $authors
        || '@saone.example' as to_author_id,
    case hash(post_id) % 3 when 0 then 'reply' when 1 then 'mention' else 'reshare' end as relation,
    post_id,
    published_at as occurred_at,
from posts
where hash(post_id, 5) % 3 = 0 and published_at >= $as_of::timestamptz - to_days($days::integer)
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How many posts, numbered from `first`, by how many authors, over how many days."""

    posts: int
    authors: int
    days: int
    first: int = 0


def make_world(folder: CityFolder, size: Size, as_of: datetime) -> None:
    """A city folder with a brief of `as_of` and a warehouse in which nothing is scored."""
    folder.make()
    folder.city_file.write_bytes(CITY_FILE.read_bytes())
    with open_warehouse(folder) as connection:
        connection.execute(
            AUTHORS,
            {"authors": size.authors, "as_of": as_of, "names": NAMES, "bios": BIOS,
             "places": PLACES},
        )  # fmt: skip
        connection.execute(FIGURES)
        connection.execute("insert into sources values ('mastodon-saone', 'mastodon', 'rank', 0)")
        add_posts(folder, connection, size, as_of)


def add_posts(folder: CityFolder, connection: Warehouse, size: Size, as_of: datetime) -> None:
    """Posts of one observation with their edges, and the brief of their night."""
    brief = blank_brief(folder.city_id, as_of).model_dump_json()
    folder.brief_file(as_of).write_text(brief, encoding="utf-8")
    starts, ends = world_texts()
    connection.execute(
        POSTS,
        {"first": size.first, "posts": size.posts, "authors": size.authors, "as_of": as_of,
         "days": size.days, "starts": starts, "ends": ends, "namings": NAMINGS},
    )  # fmt: skip
    connection.execute(EDGES, {"authors": size.authors, "as_of": as_of, "days": size.days})


def world_texts() -> tuple[list[str], list[str]]:
    """Beginnings and ends of the texts of the sets."""
    rows = (
        json.loads(line)
        for name in SETS
        for line in (DATA / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()
    )
    words = [row["text"][:MOST_CHARACTERS].split() for row in rows]
    starts = [" ".join(w[: len(w) // 2]) for w in words]
    return starts, [" ".join(w[len(w) // 2 :]) for w in words]
