-- one row per author-day that counts another number of posts than count for its author:
-- (platform, author_id, day)
create or replace temp table touched_days as
with stored as (
    select
        platform,
        author_id,
        cast(published_at at time zone $timezone as date) as day,
        count(*) as count_posts,
    from personal_posts
    group by all
),
compared as (
    select platform, author_id, day
    from author_days
    full join stored using (platform, author_id, day)
    where author_days.count_posts is distinct from stored.count_posts
)
select * from compared
