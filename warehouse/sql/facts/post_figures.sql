-- One row per post and change: (platform, post_id, observed_at): the figures that a later night
-- replaced, at the last night that read them. Those of a post that never changed are in posts.
insert into post_figures
with nights as (
    select landed.*
    from landed_post_figures as landed
    semi join known_posts using (platform, post_id)
),
next_nights as (
    select
        known.platform,
        known.post_id,
        known.observed_at,
        known.likes,
        known.replies,
        known.shares,
        known.views,
        row(known.likes, known.replies, known.shares, known.views) as figures,
        row(
            coalesce(nights.likes, known.likes),
            coalesce(nights.replies, known.replies),
            coalesce(nights.shares, known.shares),
            coalesce(nights.views, known.views)
        ) as next_figures,
    from known_posts as known
    inner join nights using (platform, post_id)
    where nights.observed_at > known.observed_at
    qualify row_number() over (
        partition by known.platform, known.post_id order by nights.observed_at
    ) = 1
),
replaced as (
    select platform, post_id, observed_at, likes, replies, shares, views
    from next_nights
    where figures is distinct from next_figures
    union all
    select
        landed.platform, landed.post_id, landed.observed_at,
        landed.likes, landed.replies, landed.shares, landed.views,
    from merged_figures as landed
    left join known_posts as known using (platform, post_id)
    where
        landed.is_superseded
        and (known.observed_at is null or landed.observed_at > known.observed_at)
)
select * from replaced;
