-- one row per part of a place: (name), its weight in the last night; taught: by preferences
with last as (
    select max_by(weights_from, as_of) as weights_from from score_runs
)
select weights.name, weights.now, coalesce(last.weights_from, '') <> '' as is_learnt,
from weights
cross join last
order by weights.position
