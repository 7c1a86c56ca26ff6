-- one row per author that replies to others or names them: (platform, author_id); how many accounts,
-- and how many of these speak of the city week after week
create or replace temp table acquaintances as
with regulars as (
    select platform, author_id from presence where count_weeks >= $weeks
),
pairs as (
    select distinct edges.platform, edges.from_author_id as author_id, edges.to_author_id
    from edges
    semi join scored_authors
        on scored_authors.platform = edges.platform
        and scored_authors.author_id = edges.from_author_id
    where edges.from_author_id <> edges.to_author_id
),
counted as (
    select
        pairs.platform,
        pairs.author_id,
        count(*) as count_acquainted,
        count(regulars.author_id) as count_local_acquainted,
    from pairs
    left join regulars
        on regulars.platform = pairs.platform and regulars.author_id = pairs.to_author_id
    group by pairs.platform, pairs.author_id
)
select * from counted
