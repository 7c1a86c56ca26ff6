-- Nothing is kept of an author whom no source permits to score and no member linked.
select platform, author_id
from authors
anti join permitted_authors using (platform, author_id);
