-- An author is stored once: (platform, author_id).
select platform, author_id
from authors
group by all
having count(*) > 1;
