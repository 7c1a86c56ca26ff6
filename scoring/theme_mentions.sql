-- one row per author that may be scored and theme that they speak of: (platform, author_id, theme)
-- n: mentions of the city, n_theme: those that bear on the theme, both fading with age;
-- n_said: those that bear on it, of whatever age; count_weeks: in how many weeks
-- (summed first, kept after: most authors stay, and the join would cost more than the sum)
create or replace temp table theme_mentions as
with mentioned as (
    select
        platform,
        author_id,
        exact_sum(sum_relevance * power(2, -greatest($today - day, 0) / $half_life_days)) as n,
    from author_days
    group by platform, author_id
),
themed as (
    select
        platform,
        author_id,
        theme,
        exact_sum(sum_theme * power(2, -greatest($today - day, 0) / $half_life_days)) as n_theme,
        exact_sum(sum_theme) as n_said,
        count(distinct date_trunc('week', day)) filter (sum_theme >= 0.5) as count_weeks,
    from author_theme_days
    where list_contains($themes::varchar[], theme)
    group by platform, author_id, theme
)
select themed.*, mentioned.n
from themed
inner join mentioned using (platform, author_id)
semi join scored_authors using (platform, author_id)
