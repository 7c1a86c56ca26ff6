-- The published night: one row.
with
run as (select * from snapshot.run)

select run_id, as_of, city_id, city_name, timezone, is_ranking_open
from run
