-- one row per author that may be scored and theme that they speak of: (platform, author_id, theme)
insert into author_scores by name
with authors_mentions as (
    select platform, author_id, max(n) as n from theme_mentions group by platform, author_id
),
of_city as (
    select
        theme,
        exact_sum(n_theme * least(50 / greatest(n, 0.5), 1)) as n_theme,
        -- squares of shares, and what chance alone adds to them, of who says enough to tell
        exact_sum(if(n >= 3, power(least(n_theme / n, 1), 2), 0)) as squares,
        exact_sum(if(n >= 3, least(n_theme / n, 1) * (1 - least(n_theme / n, 1)) / n, 0)) as chance,
        exact_sum(if(n >= 3, least(n_theme / n, 1), 0)) as sum_shares,
    from theme_mentions
    group by theme
),
shares as (
    select theme, clip(n_theme / greatest(
        (select exact_sum(least(n, 50)) from authors_mentions), 0.5), 0.002, 0.9) as share,
    from of_city
),
-- how much authors differ beyond chance, over all themes: A = Σ π (1 − π) / Σ variance − 1
heard as (
    select greatest(count(*), 1) as people from authors_mentions where n >= 3
),
moments as (
    select
        any_value(people) as people,
        exact_sum(sum_shares / people * (1 - sum_shares / people)) as alike,
        exact_sum((squares - chance) / people - power(sum_shares / people, 2)) as apart,
    from of_city
    cross join heard
),
differing as (
    select
        if(people >= $fewest and apart > 0, clip(alike / greatest(apart, 1e-6) - 1, 2, 40), $prior)
            as prior,
    from moments
),
joined as (
    select
        platform, author_id, theme, share, n, n_said, count_weeks,
        least(theme_mentions.n_theme, n) as n_own,
        prior + n as weight,
        prior * share as prior_theme,
        log_odds((n_own + prior_theme) / weight) - log_odds(share) as distance,
        distance / sqrt(1 / (n_own + prior_theme) + 1 / greatest(weight - n_own - prior_theme,
            0.1)) as z,
    from theme_mentions
    inner join shares using (theme)
    cross join differing
    where theme_mentions.n_theme >= 0.5
        and not exists (
            from brief_corrections as c
            where c.subject = 'theme' and c.value = theme_mentions.theme
                and c.platform = theme_mentions.platform
                and c.author_id = theme_mentions.author_id
        )
),
scored as (
    select
        platform, author_id, 'affinity' as score, theme,
        [
            clue('city_share', prior_theme / weight, round(100 * share) || ' %'),
            clue('own_posts', n_own / weight, round(n_own, 1) || ' / ' || round(n, 1) || ', '
                || count_weeks || ', z = ' || round(z, 1)),
        ] as evidence,
        total_of(evidence) as total,
        total as value,
        least(beta_quantile(n_own + prior_theme, weight - n_own - prior_theme, -1.2816),
            value) as low,
        greatest(beta_quantile(n_own + prior_theme, weight - n_own - prior_theme, 1.2816),
            value) as high,
        if(z >= 2 and n_said >= 3 and count_weeks >= 3, 'declared', '') as label,
        'share' as scale,
    from joined
)
select * from scored
