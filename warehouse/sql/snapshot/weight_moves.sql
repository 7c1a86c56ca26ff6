-- One row per resident among the first, by the weights in use or proposed: (person_id).
create table snapshot.weight_moves as
select person_id, before, after, count_first,
from weight_moves
semi join snapshot.residents using (person_id)
order by after, person_id;
