-- The weights of the rankings: (name); proposed is null where nothing is proposed.
with
weights as (select * from snapshot.weights)

select name, city, now, proposed
from weights
order by position
