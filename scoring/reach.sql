-- one row per author that may be scored: (platform, author_id); logarithm of people
insert into author_scores by name
with expected as (
    select
        audiences.*,
        -- a platform on which nobody was seen yet has the plain curve
        coalesce(spread, 1) as spread,
        coalesce(slope, 0.5) as slope,
        coalesce(height, -1.5) as height,
        coalesce(prior_shape, 1) as prior_shape,
        coalesce(prior_rate, 1) as prior_rate,
        exp(height + slope * ln(own_audience + 10)) as usual,
    from audiences
    left join baselines using (platform)
),
performed as (
    select
        *,
        prior_shape + mentions * coalesce(robust, 0) / spread as shape,
        prior_rate + mentions * usual / spread as rate,
        (count_local + 4 * (0.05 + 0.55 * home)) / (count_engaged + 4) as local_share,
    from expected
),
weighed as (
    select
        *,
        ln($people) + height + slope * ln(audience + 10) as by_audience,
        slope * (ln(own_audience + 10) - ln(audience + 10)) as by_jumps,
        ln(shape / rate) as by_engagement,
        ln(local_share) as by_local,
        least(ln($population) - by_audience - by_jumps - by_engagement - by_local, 0) as by_bound,
    from performed
),
clued as (
    select
        *,
        weighing([
            clue('audience', by_audience, audience),
            clue('jumps', by_jumps, round(100 * gained) || ' %'),
            clue('engagement', by_engagement, 'x ' || round(shape / rate, 2)),
            clue('local_share', by_local, round(count_local, 1) || ' / ' || count_engaged),
            clue('bound', by_bound, $population::bigint),
        ]) as evidence,
        total_of(evidence) as total,
        exp(total) as value,
    from weighed
),
scored as (
    select
        platform, author_id, 'reach' as score, '' as theme,
        total, value,
        least(value * gamma_quantile(shape, rate, -1.2816) / (shape / rate), value) as low,
        least(greatest(value * gamma_quantile(shape, rate, 1.2816) / (shape / rate), value),
            greatest($population, value)) as high,
        '' as label, 'log-people' as scale, evidence,
    from clued
)
select * from scored
