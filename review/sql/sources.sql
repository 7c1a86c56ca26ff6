-- The last run of each source, those missing first, those off last: (source_id).
with
sources as (select * from snapshot.sources)

select *
from sources
order by case state when 'done' then 1 when 'off' then 2 else 0 end, source_id
