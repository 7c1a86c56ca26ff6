-- one row per author that may be scored and theme that they speak of: (platform, author_id, theme)
insert into author_scores by name
with authors_mentions as (
    select platform, author_id, max(n) as n from theme_mentions group by platform, author_id
),
of_city as (
    select
        theme,
        exact_sum(n_theme * least(50 / greatest(n, 0.5), 1)) as n_theme,
    from theme_mentions
    group by theme
),
shares as (
    select
        theme,
        clip(of_city.n_theme / greatest(
            (select exact_sum(least(n, 50)) from authors_mentions), 0.5
        ), 0.002, 0.9) as share,
    from of_city
),
joined as (
    select
        *,
        $prior + n as weight,
        $prior * share as prior_theme,
        log_odds((n_theme + prior_theme) / weight) - log_odds(share) as distance,
        distance / sqrt(1 / (n_theme + prior_theme) + 1 / greatest(weight - n_theme - prior_theme,
            0.1)) as z,
    from theme_mentions
    inner join shares using (theme)
    where n_theme >= 0.5
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
            clue('own_posts', n_theme / weight, round(n_theme, 1) || ' / ' || round(n, 1) || ', '
                || count_weeks || ', z = ' || round(z, 1)),
        ] as evidence,
        total_of(evidence) as total,
        total as value,
        least(beta_quantile(n_theme + prior_theme, weight - n_theme - prior_theme, -1.2816),
            value) as low,
        greatest(beta_quantile(n_theme + prior_theme, weight - n_theme - prior_theme, 1.2816),
            value) as high,
        '' as label, 'share' as scale,
    from joined
)
select * from scored
