-- one row per author-day whose sums are made anew: (platform, author_id, day): of a touched post,
-- whether it counts for its author or not; all of them when the sums are of another version
create or replace temp table touched_days as
with touched as (
    select distinct platform, author_id, day from touched_posts where author_id is not null
),
every as (
    select distinct
        platform,
        author_id,
        cast(published_at at time zone $timezone as date) as day,
    from personal_posts
    where $is_every_day
),
joined as (
    select * from touched
    union
    select * from every
)
select * from joined
