-- one row per author with mentions: (platform, author_id); how they spread over time
create or replace temp table presence as
with mention_days as (
    select
        author_days.platform,
        author_days.author_id,
        author_days.day,
        cast(author_days.sum_relevance as decimal(28, 9)) as mentions,
    from author_days
    semi join scored_authors using (platform, author_id)
    where author_days.sum_relevance >= 0.5
),
windowed as (
    select
        *,
        sum(mentions) over (
            partition by platform, author_id
            order by day range between current row and interval 13 days following
        ) as fortnight,
    from mention_days
),
summed as (
    select
        platform,
        author_id,
        sum(mentions)::double as mentions,
        count(distinct date_trunc('week', day)) as count_weeks,
        max(day) - min(day) + 1 as span_days,
        max(fortnight)::double / sum(mentions)::double as burst,
    from windowed
    group by platform, author_id
)
select * from summed
