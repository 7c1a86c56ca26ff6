"""A past that was scored already, made as sets: millions of posts are not read to measure a night.

Every post gets a relevance, a reading, one or two themes and their evidence, of the length that the
readers write; days are summed from them in few columns. `version` is the model that had read them.
"""

from __future__ import annotations

__all__ = ["pretend_scored"]

from datetime import datetime

from warehouse.connection import Warehouse

RELEVANCE = """
insert into post_relevance by name
select
    platform, post_id, 0.6 + (hash(post_id) % 39) / 100 as relevance, 2.2 as total,
    [struct_pack(name := 'base', contribution := -0.8, detail := ''),
        struct_pack(name := 'hashtag', contribution := 3.0, detail := 'aixenprovence')] as evidence,
    $relevance || '/' || left(md5(text), 8) as model,
from posts
"""
READINGS = """
insert into theme_readings by name
select platform, post_id, $themes || '/' || left(md5(text), 8) as model from posts
"""
THEMES = """
insert into post_themes by name
select
    platform, post_id,
    $names[((hash(post_id, 1) // 2)::bigint % 7 + 7 * range) + 1] as theme,
    0.2 + (hash(post_id, range) % 70) / 100 as probability, 0.4 as total,
    [struct_pack(name := 'base', contribution := -3.3, detail := ''),
        struct_pack(name := 'word', contribution := 2.5, detail := 'marché'),
        struct_pack(name := 'word', contribution := 1.0, detail := 'fraises'),
        struct_pack(name := 'words', contribution := 0.2, detail := '')] as evidence,
    $themes || '/' || left(md5(text), 8) as model,
from posts cross join range(2)
where hash(post_id, 2) % (range + 1) = 0
"""
DAYS = """
insert into author_days by name
select
    platform, author_id, cast(published_at at time zone 'Europe/Paris' as date) as day,
    count(*) as count_posts,
    round(sum(relevance), 9) as sum_relevance,
    round(sum(relevance * (likes + replies + shares)), 9) as sum_engagement,
    round(sum(relevance * sqrt(likes + replies + shares)), 9) as sum_sqrt_engagement,
    round(sum(relevance * replies), 9) as sum_replies,
    count(*) filter (len(links) > 0) as count_links,
    count(*) filter (media_count > 0) as count_media,
    count(*) filter (is_reply) as count_replies,
    count(*) filter (hash(post_id, 3) % 20 = 0) as count_resident_words,
    count(*) filter (hash(post_id, 3) % 40 = 1) as count_visitor_words,
    count(*) as count_mentions,
    count(*) filter (hash(post_id, 3) % 4 = 0) as count_evenings,
    count(*) filter (hash(post_id, 3) % 5 = 0) as count_first_person,
    count(*) filter (hash(post_id, 3) % 9 = 0) as count_everyday_places,
    left(min(md5(post_id)), 8) as text_shape,
from posts
inner join post_relevance using (platform, post_id)
group by all
"""
THEME_DAYS = """
insert into author_theme_days by name
select
    platform, author_id, cast(published_at at time zone 'Europe/Paris' as date) as day, theme,
    round(sum(relevance * probability), 9) as sum_theme,
from posts
inner join post_relevance using (platform, post_id)
inner join post_themes using (platform, post_id)
group by all
"""
RUN = """
insert into score_runs by name
select
    $as_of::timestamptz as as_of, $relevance as relevance_version, $themes as themes_version,
    $days as days_version, max(observed_at) as observed_until, count(*) as count_posts,
    0 as count_rescored,
    if($is_old, count(*), 0) as count_waiting_relevance,
    if($is_old, count(*), 0) as count_waiting_themes,
from posts
"""


def pretend_scored(
    connection: Warehouse,
    as_of: datetime,
    versions: tuple[str, str, str],
    *,
    themes: tuple[str, ...],
    is_old: bool,
) -> None:
    """Scores of all posts under the versions of relevance, themes and days; `is_old`: they wait."""
    relevance, of_themes, days = versions
    connection.execute(RELEVANCE, {"relevance": relevance})
    connection.execute(READINGS, {"themes": of_themes})
    connection.execute(THEMES, {"themes": of_themes, "names": list(themes)})
    connection.execute(DAYS)
    connection.execute(THEME_DAYS)
    said = {"relevance": relevance, "themes": of_themes, "days": days}
    connection.execute(RUN, {"as_of": as_of, "is_old": is_old, **said})
