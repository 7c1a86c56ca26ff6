-- One page of the ranking of $theme ('' is overall), narrowed and sorted: (person_id).
-- `count_all` is the number of rows on all pages; `ends` the axis of the intervals.
with
shown as (select * from residents_shown($blocked::varchar[])),
ranked as (select * from snapshot.rankings where theme = $theme),

placed as (
    select
        shown.* exclude (block_hashes),
        ranked.position,
        ranked.score,
        ranked.low,
        ranked.high,
        ranked.band,
        ranked.tie_group,
        ranked.kept_for,
        min(ranked.low) over () as axis_least,
        max(ranked.high) over () as axis_most,
        count(*) over (partition by ranked.tie_group) as count_tied
    from ranked
    inner join shown using (person_id)
),

named as (
    select
        *,
        folded(
            display_name || ' ' || array_to_string([account.handle for account in accounts], ' ')
        ) as names
    from placed
),

narrowed as (
    select *, count(*) over () as count_all
    from named
    where
        ($platform = '' or list_contains([a.platform for a in accounts], $platform))
        and ($band = '' or band = $band)
        and ($member = '' or is_member = ($member = 'yes'))
        and contains(names, folded($text))
)

select * exclude (names)
from narrowed
order by
    case when $sort = 'name' then folded(display_name) end asc nulls last,
    case when $sort = 'reach' then reach end desc nulls last,
    case when $sort = 'recent' then last_post_at end desc nulls last,
    position asc
limit $limit offset $offset
