-- One row per repeated post and night that saw a change: (platform, post_id, observed_at).
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
        row(likes, replies, shares, views) as figures,
        row_number() over post = 1 as is_first,
        lag(figures) over post as figures_before,
    from nights
    window post as (partition by platform, post_id order by observed_at)
)
select * exclude (figures, figures_before)
from compared
where is_first or figures is distinct from figures_before;
