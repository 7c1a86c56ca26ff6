-- one row per platform: usual engagement by audience, its spread, and the prior of λ
create or replace temp table baselines as
with points as (
    select
        *,
        least(mentions, 10) as weight,
        ln(own_audience + 10) as x,
        ln(robust + 0.25) as y,
    from audiences
    where robust is not null and mentions >= 1
),
fitted as (
    select
        platform,
        exact_sum(weight) as w,
        exact_sum(weight * x) / w as mean_x,
        exact_sum(weight * y) / w as mean_y,
        exact_sum(weight * x * x) / w - mean_x * mean_x as var_x,
        exact_sum(weight * x * y) / w - mean_x * mean_y as cov_xy,
        -- a variance of √engagement of 1/4 is what chance alone gives
        greatest(4 * exact_sum(if(variance is null, 0, weight * variance))
            / greatest(exact_sum(if(variance is null, 0, weight)), 1), 1) as spread,
    from points
    group by platform
),
lines as (
    select
        platform,
        spread,
        if(w >= 20 and var_x > 0.01, clip(cov_xy / var_x, 0, 1.2), 0.5) as slope,
        mean_y - slope * mean_x as height,
    from fitted
),
expected as (
    select
        points.platform,
        -- bounded, so that squares of absurd counts still fit a decimal
        least(points.mentions * points.robust / lines.spread, 1e6) as y,
        least(points.mentions * exp(lines.height + lines.slope * points.x) / lines.spread, 1e6)
            as e,
    from points
    inner join lines using (platform)
),
moments as (
    select
        platform,
        greatest(exact_sum(y) / greatest(exact_sum(e), 0.001), 0.05) as mean,
        (exact_sum(y * y) - 2 * mean * exact_sum(y * e) + mean * mean * exact_sum(e * e)
            - mean * exact_sum(e)) / greatest(exact_sum(e * e), 0.001) as variance,
    from expected
    group by platform
),
priors as (
    select
        lines.*,
        moments.mean / clip(moments.variance, 0.05, 4) as prior_rate,
        prior_rate * moments.mean as prior_shape,
    from lines
    inner join moments using (platform)
)
select * from priors
