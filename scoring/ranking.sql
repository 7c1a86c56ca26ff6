-- one row per theme ('' overall) and person: (theme, person_id); a weighted sum of shares
insert into rankings by name
with weighed as (
    select
        theme,
        person_id,
        weighing([
            clue('reach', $weights.reach * x_reach, round(reach)::bigint),
            clue('affinity', $weights.affinity * x_affinity, main_theme),
            clue('regularity', $weights.regularity * x_regularity, count_weeks)
        ]) as evidence,
        total_of(evidence) as score,
        least($weights.reach * x_reach_low + $weights.affinity * x_affinity_low
            + $weights.regularity * x_regularity, score) as low,
        greatest($weights.reach * x_reach_high + $weights.affinity * x_affinity_high
            + $weights.regularity * x_regularity, score) as high,
    from inputs
),
placed as (
    select
        *,
        row_number() over (
            partition by theme order by score desc, sha256(theme || ':' || person_id)
        ) as position,
    from weighed
),
cuts as (
    select theme, min(score) as cut from placed where position <= $best group by theme
),
compared as (
    select placed.*, (score - cut) / greatest((high - low) / 2.5632, 1e-9) as z
    from placed
    inner join cuts using (theme)
),
banded as (
    select
        theme, person_id, position::integer as position, score, low, high, evidence,
        case when z >= 0 then 'A' when z >= -1.2816 then 'B' else 'C' end as band,
    from compared
)
select * from banded
