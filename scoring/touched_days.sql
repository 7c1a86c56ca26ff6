-- one row per author-day whose sums are made anew: (platform, author_id, day): with a touched post
-- that counts for its author; all of them when the sums are of another version
create or replace temp table touched_days as
with touched as (
    select distinct platform, author_id, day
    from touched_posts
    semi join personal_posts using (row_id)
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
