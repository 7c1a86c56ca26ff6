-- An edge is stored once: (platform, post_id, to_author_id, relation).
select platform, post_id, to_author_id, relation
from edges
group by all
having count(*) > 1;
