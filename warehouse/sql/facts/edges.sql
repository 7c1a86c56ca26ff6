-- One row per edge: (platform, post_id, to_author_id, relation).
insert into edges by name
with landed as (
    select
        edge.platform,
        edge.post_id,
        edge.to_author_id,
        edge.relation,
        any_value(edge.from_author_id order by edge.from_author_id) as from_author_id,
        min(edge.occurred_at) as occurred_at,
    from staged_others
    where edge is not null
    group by all
)
select *
from landed
anti join edges using (platform, post_id, to_author_id, relation);
