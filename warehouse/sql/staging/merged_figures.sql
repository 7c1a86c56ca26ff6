-- One row per repeated post and night: (platform, post_id, observed_at); superseded when a later
-- night of this landing says otherwise.
create temp table merged_figures as
with nights as (
    select
        platform,
        post_id,
        observed_at,
        max(likes) as likes,
        max(replies) as replies,
        max(shares) as shares,
        max(views) as views,
    from staged
    semi join repeated_posts using (platform, post_id)
    group by all
),
compared as (
    select
        *,
        coalesce(
            row(likes, replies, shares, views) is distinct from lead(
                row(likes, replies, shares, views)
            ) over post
            and lead(observed_at) over post is not null,
            false
        ) as is_superseded,
    from nights
    window post as (partition by platform, post_id order by observed_at)
)
select * from compared;
