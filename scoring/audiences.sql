-- one row per author that may be scored: (platform, author_id); audience, engagement, echo
-- gained: followers won by leaps between two observations; usual_root: mean √engagement of a
-- mention; ring: share of the echo that comes from accounts whom the author echoes too
create or replace temp table audiences as
with followed as (
    select
        author_figures.platform,
        author_figures.author_id,
        author_figures.audience,
        lag(author_figures.audience) over (
            partition by author_figures.platform, author_figures.author_id
            order by author_figures.observed_at, author_figures.audience
        ) as earlier,
    from author_figures
    semi join scored_authors using (platform, author_id)
    where author_figures.audience >= 0
),
leaps as (
    select platform, author_id, sum(audience - earlier) as gained
    from followed
    where audience - earlier > $leap * (earlier + 100)
    group by platform, author_id
),
homes as (
    select platform, author_id, value from author_scores where score = 'residency'
),
echoed as (
    select
        ties.platform,
        ties.to_author_id as author_id,
        count(*) as count_engaged,
        exact_sum(homes.value) as count_local,
        sum(times) filter (is_mutual) / (sum(times) + 2) as ring,
        count(*) filter (is_answered and not is_mutual) as mentions_received,
        count(*) filter (is_reshared and not is_mutual) as reshares_received,
    from ties
    inner join homes on homes.platform = ties.platform and homes.author_id = ties.from_author_id
    group by ties.platform, ties.to_author_id
),
figures as (
    select
        platform,
        author_id,
        exact_sum(sum_replies) as replies,
        exact_sum(sum_views) as views,
        exact_sum(sum_viewed_engagement) as viewed_engagement,
    from author_days
    group by platform, author_id
),
typical as (
    select platform, quantile_disc(audience, 0.5) as audience
    from scored_authors
    where is_audience_known
    group by platform
),
described as (
    select
        scored_authors.platform,
        scored_authors.author_id,
        if(is_audience_known, scored_authors.audience, coalesce(typical.audience, 0)) as audience,
        least(coalesce(leaps.gained, 0) / greatest(scored_authors.audience, 1), 0.98) as gained,
        coalesce(count_posts, 0) as count_posts,
        coalesce(homes.value, 0) as home,
        columns(['mentions', 'engagement', 'sqrt_engagement', 'replies', 'views',
            'viewed_engagement', 'count_engaged', 'count_local', 'ring', 'mentions_received',
            'reshares_received']),
    from scored_authors
    left join leaps using (platform, author_id)
    left join echoed using (platform, author_id)
    left join figures using (platform, author_id)
    left join homes using (platform, author_id)
    left join typical using (platform)
)
select *, audience * (1 - gained) as own_audience from described order by platform, author_id
