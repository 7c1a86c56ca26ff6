-- one row per post to be looked at for what article 9 of the GDPR protects: (row_id): never
-- scored, or with another text, or all; batch: number of the batch, by place in the table
create or replace temp table sensitive_unread as
with looked_at as (
    select
        posts.rowid as row_id,
        known.model is null
        or split_part(known.model, '/', 2) <> left(md5(posts.text), 8) as is_new,
    from posts
    left join post_relevance as known using (platform, post_id)
),
numbered as (
    select row_id, (row_number() over (order by row_id) - 1) // $batch_posts as batch
    from looked_at
    where $reads_all or is_new
)
select * from numbered
