-- one row per tie: (origin, target), places in the order of `reach_accounts.sql`
with placed as (
    select platform, author_id, row_number() over (order by platform, author_id) - 1 as place
    from audiences
)
select
    reacting.place as origin,
    named.place as target,
    ln(1 + times) * if(is_mutual, 0.5, 1) as weight,
from ties
inner join placed as reacting
    on reacting.platform = ties.platform and reacting.author_id = ties.from_author_id
inner join placed as named
    on named.platform = ties.platform and named.author_id = ties.to_author_id
order by origin, target
