-- One page of the businesses newly opened, newest first: (opening_id).
with
openings as (select * from snapshot.openings),

counted as (
    select *, count(*) over () as count_all
    from openings
)

select *
from counted
order by published_on desc, opening_id
limit $limit offset $offset
