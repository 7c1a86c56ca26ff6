-- Figures of a night that a further source saw larger in the same night: the largest stay.
merge into post_figures as known
using (
    select landed.*
    from landed_post_figures as landed
    inner join known_posts as before using (platform, post_id)
    where
        landed.observed_at = before.observed_at
        and (
            coalesce(landed.likes > before.likes, landed.likes is not null)
            or coalesce(landed.replies > before.replies, landed.replies is not null)
            or coalesce(landed.shares > before.shares, landed.shares is not null)
            or coalesce(landed.views > before.views, landed.views is not null)
        )
) as landed
on
    known.platform = landed.platform
    and known.post_id = landed.post_id
    and known.observed_at = landed.observed_at
when matched then update set
    likes = greatest(known.likes, landed.likes),
    replies = greatest(known.replies, landed.replies),
    shares = greatest(known.shares, landed.shares),
    views = greatest(known.views, landed.views)
when not matched then insert values (
    landed.platform, landed.post_id, landed.observed_at,
    landed.likes, landed.replies, landed.shares, landed.views
);
