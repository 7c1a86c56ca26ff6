-- one row per post observed since the last scoring: (platform, post_id)
-- is_fresh: its score is missing, or of another version or text; is_known: the latter;
-- batch: number of the batch of fresh posts, by their place in the table
create or replace temp table touched_posts as
with observed as (
    select
        rowid as row_id,
        platform,
        post_id,
        author_id,
        cast(published_at at time zone $timezone as date) as day,
        $version || '/' || left(md5(text), 8) as model,
    from posts
    where $since::timestamptz is null or observed_at > $since::timestamptz
),
compared as (
    select
        observed.*,
        known.model is not null as is_known_any,
        known.model is distinct from observed.model as is_fresh,
    from observed
    left join post_relevance as known using (platform, post_id)
),
numbered as (
    select
        * exclude (is_known_any),
        is_known_any and is_fresh as is_known,
        (row_number() over (partition by is_fresh order by row_id) - 1) // $batch_posts as batch,
    from compared
)
select * from numbered
