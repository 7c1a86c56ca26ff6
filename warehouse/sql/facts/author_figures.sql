-- One row per author and night that saw a change: (platform, author_id, observed_at).
merge into author_figures as kept
using (
    with nights as (
        select
            platform,
            author_id,
            observed_at,
            max(audience) as audience,
            max(following) as following,
            max(posts) as posts,
        from staged_authors
        where author_id is not null
        group by all
    ),
    compared as (
        select
            nights.*,
            row(nights.audience, nights.following, nights.posts) as figures,
            known.observed_at as known_at,
            coalesce(
                lag(figures) over (
                    partition by nights.platform, nights.author_id order by nights.observed_at
                ),
                row(known.audience, known.following, known.posts)
            ) as figures_before,
        from nights
        left join authors as known using (platform, author_id)
    )
    select * exclude (figures, figures_before)
    from compared
    where
        (known_at is null or observed_at >= known_at)
        and figures is distinct from figures_before
) as landed
on
    kept.platform = landed.platform
    and kept.author_id = landed.author_id
    and kept.observed_at = landed.observed_at
when matched then update set
    audience = greatest(kept.audience, landed.audience),
    following = greatest(kept.following, landed.following),
    posts = greatest(kept.posts, landed.posts)
when not matched then insert values (
    landed.platform, landed.author_id, landed.observed_at,
    landed.audience, landed.following, landed.posts
);
