-- one row per tie: (origin, target), places in the order of `reach_accounts.sql`
with placed as (
    select platform, author_id, row_number() over (order by platform, author_id) - 1 as place
    from audiences
),
-- one join after the other: all three together, DuckDB may pair all accounts of a platform first
reacting as materialized (
    select placed.place as origin, ties.*
    from ties
    inner join placed on placed.platform = ties.platform and placed.author_id = ties.from_author_id
),
paired as (
    select
        origin,
        placed.place as target,
        ln(1 + times) * if(is_mutual, 0.5, 1) as weight,
    from reacting
    inner join placed
        on placed.platform = reacting.platform and placed.author_id = reacting.to_author_id
)
select * from paired order by origin, target
