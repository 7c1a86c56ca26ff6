-- one row per post of a touched author-day that counts for its author: (platform, post_id);
-- `row_id` is its place in posts
create or replace temp table day_posts as
with touched as (
    select * from touched_days
),
-- the bounds and the authors first: local days are dear to compute over years of posts
near as (
    select
        row_id,
        platform,
        post_id,
        author_id,
        cast(published_at at time zone $timezone as date) as day,
    from personal_posts
    semi join touched using (platform, author_id)
    where published_at >= $first_at::timestamptz and published_at < $last_at::timestamptz
),
chosen as (
    select near.* from near semi join touched using (platform, author_id, day)
)
select * from chosen
