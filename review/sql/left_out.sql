-- How many posts the published night left out as sensitive: one row; an older snapshot has no count.
with
run as (select * from snapshot.run)

select *
from run
