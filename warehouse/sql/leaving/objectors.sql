-- One row per author blocked since the last load: (platform, author_id).
select distinct platform, lower(author_id) as author_id
from leaving_authors
where is_blocked
order by all;
