-- one row per theme ('' overall) and person: (theme, person_id); a weighted sum of shares
insert into rankings by name
with weighed as (
    select
        *,
        weighing([
            clue('reach', by_reach, round(reach)::bigint),
            clue('affinity', by_affinity, main_theme),
            clue('regularity', by_regularity, count_weeks),
            clue('doubt', by_doubt, round(100 * doubt) || ' %')
        ]) as clues,
        total_of(clues) as score,
    from placed
),
told as (
    select
        theme, person_id, position::integer as position, score,
        least(low, score) as low,
        greatest(high, score) as high,
        band,
        -- a kept place weighs nothing in the score, and is told
        if(kept_for = '', clues, list_append(clues, clue('kept_' || kept_for, 0, ''))) as evidence,
        probability, tie_group::integer as tie_group, kept_for,
    from weighed
)
select * from told
