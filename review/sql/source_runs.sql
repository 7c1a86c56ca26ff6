-- The last runs of every source, newest first: (source_id, as_of).
with
runs as (select * from snapshot.source_runs),

numbered as (
    select *, row_number() over (partition by source_id order by as_of desc) as age
    from runs
)

select * exclude (age)
from numbered
where age <= $nights
order by source_id, as_of desc
