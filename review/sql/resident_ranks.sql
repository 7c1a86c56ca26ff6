-- The places of one resident: (theme); `count_ranked` residents have a place in that theme.
with
shown as (select person_id from residents_shown($blocked::varchar[])),
rankings as (select * from snapshot.rankings),

sizes as (
    select
        theme,
        count(*) as count_ranked,
        min(low) as axis_least,
        max(high) as axis_most
    from rankings
    group by theme
),

places as (
    select rankings.*, sizes.count_ranked, sizes.axis_least, sizes.axis_most
    from rankings
    inner join sizes using (theme)
    semi join shown using (person_id)
    where rankings.person_id = $person_id
)

select
    theme, position, score, low, high, band, evidence, count_ranked, axis_least, axis_most
from places
order by theme <> '', position, theme
