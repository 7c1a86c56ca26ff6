-- one row per post to be looked at for what article 9 of the GDPR protects: (row_id): never
-- scored, or with another text, or all; batch: number of the batch, by place in the table
-- What an earlier night took in was looked at then, unless a load came late and left some.
create or replace temp table sensitive_unread as
with taken as (
    select max(observed_until) as until from score_runs where as_of < $as_of::timestamptz
),
counted as (
    select
        (select count(*) from posts where observed_at <= (select until from taken))
        <= (select count(*) from post_relevance) as is_complete,
),
since as (
    select if(is_complete and not $reads_all, until, null) as seen_until from taken, counted
),
recent as (
    select rowid as row_id, platform, post_id, text
    from posts
    where observed_at > coalesce((select seen_until from since), '-infinity'::timestamptz)
),
looked_at as (
    select
        recent.row_id,
        known.model is null
        or split_part(known.model, '/', 2) <> left(md5(recent.text), 8) as is_new,
    from recent
    left join post_relevance as known using (platform, post_id)
),
numbered as (
    select row_id, (row_number() over (order by row_id) - 1) // $batch_posts as batch
    from looked_at
    where $reads_all or is_new
)
select * from numbered
