-- One row per week, theme and platform: (week, theme, platform), over all sources, `listen` too.
-- Cells under ten authors are withheld, as they could speak of a person; a post whose author is not
-- told counts as a post, never as an author. Weeks are the city's; theme is '' for all. A post counts
-- when it probably speaks of the city.
create table snapshot.volumes as
with mentions as (
    select
        posts.platform,
        posts.post_id,
        posts.author_id,
        epoch_us(posts.published_at) // 900000000 as quarter,
    from posts
    inner join post_relevance using (platform, post_id)
    where post_relevance.relevance >= $least_relevance
),
quarters as (
    select distinct quarter from mentions
),
-- The calendar is asked once a quarter of an hour, not once a post: zones shift by quarters.
weeks as (
    select
        quarter,
        date_trunc('week', to_timestamp(quarter * 900) at time zone $timezone)::date as week,
    from quarters
),
themed as (
    select mentions.quarter, post_themes.theme, mentions.platform, mentions.author_id,
    from mentions
    inner join post_themes using (platform, post_id)
    where post_themes.probability >= 0.5
    union all
    select quarter, '' as theme, platform, author_id from mentions
),
counted as (
    select
        week, theme, platform,
        count(*) as count_posts,
        count(distinct author_id) as count_authors,
    from themed
    inner join weeks using (quarter)
    group by all
)
select *
from counted
where count_authors >= 10
order by all;
