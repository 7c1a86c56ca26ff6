-- The last run of each source, those missing first: (source_id).
with
sources as (select * from snapshot.sources)

select *
from sources
order by state = 'done', source_id
