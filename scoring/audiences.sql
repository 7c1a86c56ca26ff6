-- one row per author that may be scored: (platform, author_id); audience, engagement, local share
-- gained: followers won by leaps between two observations; robust: (mean √engagement)² a mention
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
-- how likely those who react live in the city, and the author too
homes as (
    select platform, author_id, value from author_scores where score = 'residency'
),
pairs as (
    select distinct platform, from_author_id, to_author_id
    from edges
    where from_author_id <> to_author_id
),
engaged as (
    select
        pairs.platform,
        pairs.to_author_id as author_id,
        count(*) as count_engaged,
        exact_sum(homes.value) as count_local,
    from pairs
    inner join homes
        on homes.platform = pairs.platform and homes.author_id = pairs.from_author_id
    group by pairs.platform, pairs.to_author_id
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
        least(coalesce(leaps.gained, 0) / greatest(scored_authors.audience, 1), 0.9) as gained,
        coalesce(mentions, 0) as mentions,
        if(mentions >= 0.5, power(sqrt_engagement / mentions, 2), null) as robust,
        if(mentions >= 3, engagement / mentions - robust, null) as variance,
        coalesce(count_engaged, 0) as count_engaged,
        coalesce(count_local, 0) as count_local,
        coalesce(homes.value, 0) as home,
    from scored_authors
    left join leaps using (platform, author_id)
    left join engaged using (platform, author_id)
    left join homes using (platform, author_id)
    left join typical using (platform)
)
select *, audience * (1 - gained) as own_audience from described
