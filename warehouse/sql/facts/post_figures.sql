-- One row per post and night that saw a change: (platform, post_id, observed_at).
insert into post_figures
with landed as (
    select *, row(likes, replies, shares, views) as figures from landed_post_figures
),
known as (
    select *, row(likes, replies, shares, views) as figures from known_posts
),
news as (
    select landed.* exclude (is_first, figures)
    from landed
    left join known on known.platform = landed.platform and known.post_id = landed.post_id
    where
        known.post_id is null
        or (
            landed.observed_at > known.observed_at
            and (not landed.is_first or landed.figures is distinct from known.figures)
        )
)
select platform, post_id, observed_at, likes, replies, shares, views from news;
