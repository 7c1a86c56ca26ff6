-- An opening is stored once: (register_name, opening_id).
select register_name, opening_id
from openings
group by all
having count(*) > 1;
