-- one row per theme ('' overall) and person that may be ranked: (theme, person_id); affinity input
create or replace temp table inputs as
with affinities as (
    select
        persons.person_id,
        s.theme,
        s.value,
        s.low,
        s.high,
        greatest(coalesce(a.mentions, 0), 0.5) as mentions,
    from author_scores as s
    inner join persons using (platform, author_id)
    inner join scored_authors as a using (platform, author_id)
    semi join candidates using (person_id)
    where s.score = 'affinity'
),
spoken as (
    select persons.person_id, t.theme, exact_sum(t.n_theme) as mentions
    from theme_mentions as t
    inner join persons using (platform, author_id)
    semi join candidates using (person_id)
    group by persons.person_id, t.theme
),
by_theme as (
    select
        person_id,
        theme,
        exact_sum(value * mentions) / exact_sum(mentions) as x_affinity,
        exact_sum(low * mentions) / exact_sum(mentions) as x_affinity_low,
        exact_sum(high * mentions) / exact_sum(mentions) as x_affinity_high,
    from affinities
    group by person_id, theme
),
any_theme as (
    select
        person_id,
        1 - exp(exact_sum(ln(1 - least(x_affinity, 0.999)))) as x_affinity,
        1 - exp(exact_sum(ln(1 - least(x_affinity_low, 0.999)))) as x_affinity_low,
        1 - exp(exact_sum(ln(1 - least(x_affinity_high, 0.999)))) as x_affinity_high,
        arg_max(theme, (x_affinity, theme)) as main_theme,
    from by_theme
    group by person_id
),
gathered as (
    select by_theme.*, theme as main_theme
    from by_theme
    semi join (from spoken where mentions >= $least_mentions) using (person_id, theme)
    union all by name
    select
        person_id, '' as theme, coalesce(x_affinity, 0) as x_affinity,
        coalesce(x_affinity_low, 0) as x_affinity_low,
        coalesce(x_affinity_high, 0) as x_affinity_high, coalesce(main_theme, '') as main_theme,
    from candidates
    left join any_theme using (person_id)
)
select gathered.*, candidates.* exclude (person_id)
from gathered
inner join candidates using (person_id)
