-- One row per landed edge, opening or gone of $batch; a line of no known kind is odd.
insert into staged_others
with lines as (
    select other, other ->> '$.kind' as kind
    from staged
    where
        batch = $batch
        and other is not null
        and not starts_with(other::varchar, '{"kind":"author"')
),
typed as (
    select
        other,
        kind,
        case when kind = 'edge' then read_edge(other) end as edge,
        case when kind = 'opening' then read_opening(other) end as opening,
        case when kind = 'gone' then read_gone(other) end as gone,
    from lines
),
marked as (
    select
        $batch as batch,
        (edge is null and opening is null and gone is null)
        or json_type(other) != 'OBJECT'
        or coalesce(len(json_keys(other)), 0) != key_count(kind) as is_odd,
        edge,
        opening,
        gone,
    from typed
)
select * from marked;
