-- One resident: (person_id).
with
shown as (select * from residents_shown($blocked::varchar[]))

select * exclude (block_hashes)
from shown
where person_id = $person_id
