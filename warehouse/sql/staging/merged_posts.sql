-- One row per repeated post: (platform, post_id): the latest version, the largest figures of
-- the latest night, every source that showed it; an author told by one way is told.
create temp table merged_posts as
with versions as (
    select staged.*, batches.source_id
    from staged
    inner join batches using (batch)
    semi join repeated_posts using (platform, post_id)
),
ordered as (
    select
        * replace (
            coalesce(author_id, max(author_id) over post) as author_id,
            max(likes) over night as likes,
            max(replies) over night as replies,
            max(shares) over night as shares,
            max(views) over night as views
        ),
        list_sort(list_distinct(list(source_id) over post)) as source_ids,
        if(
            bool_or(author_id is null) over post,
            list_sort(list_distinct(
                list_filter(list(if(author_id is null, '', source_id)) over post, lambda s: s <> '')
            )),
            null
        ) as named_by,
        min(observed_at) over post as first_observed_at,
    from versions
    window
        night as (partition by platform, post_id, observed_at),
        post as (partition by platform, post_id)
),
latest as (
    select * exclude (batch, size, is_odd, other, source_id)
    from ordered
    qualify row_number() over (
        partition by platform, post_id
        order by observed_at desc, edited_at desc nulls last, source_id, url, text, hashtags, links
    ) = 1
)
select * from latest;
