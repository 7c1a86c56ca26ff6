-- one row per theme ('' overall) and person that may be ranked: (theme, person_id); what is weighed
-- overall, affinity is the share of their mentions that bear on any theme, shrunk as each theme's
with accounts as (
    select persons.* from persons semi join candidates using (person_id)
),
spoken as (
    select
        accounts.person_id,
        t.theme,
        exact_sum(t.n_theme) as n_theme,
    from theme_mentions as t
    inner join accounts using (platform, author_id)
    group by accounts.person_id, t.theme
),
mentioned as (
    select accounts.person_id, exact_sum(n) as n
    from accounts
    inner join (select distinct platform, author_id, n from theme_mentions)
        using (platform, author_id)
    group by accounts.person_id
),
by_theme as (
    select
        accounts.person_id,
        s.theme,
        exact_sum(s.value * m.mentions) / exact_sum(m.mentions) as x_affinity,
        exact_sum(s.low * m.mentions) / exact_sum(m.mentions) as x_affinity_low,
        exact_sum(s.high * m.mentions) / exact_sum(m.mentions) as x_affinity_high,
        bool_or(s.label = 'declared') as is_declared,
    from author_scores as s
    inner join accounts using (platform, author_id)
    inner join (
        select platform, author_id, greatest(coalesce(mentions, 0), 0.5) as mentions
        from scored_authors
    ) as m using (platform, author_id)
    where s.score = 'affinity'
    group by accounts.person_id, s.theme
),
of_any as (
    select person_id, least(exact_sum(n_theme), max(n)) as n_any, max(n) as n,
    from spoken
    inner join mentioned using (person_id)
    group by person_id
),
usual as (
    select clip(exact_sum(least(n_any, 50)) / greatest(exact_sum(least(n, 50)), 0.5), 0.002, 0.9)
        as share,
    from of_any
),
any_theme as (
    select
        candidates.person_id,
        coalesce(n_any, 0) + $prior * share as bearing,
        coalesce(n, 0) + $prior - bearing as other,
    from candidates
    cross join usual
    left join of_any using (person_id)
),
gathered as (
    select by_theme.* exclude (is_declared), theme as main_theme
    from by_theme
    semi join (from spoken where n_theme >= $least_mentions) using (person_id, theme)
    union all by name
    select
        person_id, '' as theme, bearing / (bearing + other) as x_affinity,
        least(beta_quantile(bearing, other, -1.2816), x_affinity) as x_affinity_low,
        greatest(beta_quantile(bearing, other, 1.2816), x_affinity) as x_affinity_high,
        coalesce(main.theme, '') as main_theme,
    from any_theme
    left join (
        select person_id, arg_max(theme, (is_declared, x_affinity, theme)) as theme
        from by_theme
        group by person_id
    ) as main using (person_id)
)
select gathered.*, candidates.* exclude (person_id)
from gathered
inner join candidates using (person_id)
order by gathered.theme, gathered.person_id
