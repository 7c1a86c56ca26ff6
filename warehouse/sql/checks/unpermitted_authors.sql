-- Nothing is kept of an author whom no source permits to score and no member linked.
with stored as (
    select platform, author_id from authors
    union
    select platform, author_id from author_days
    union
    select platform, author_id from author_theme_days
)
select platform, author_id
from stored
anti join permitted_authors using (platform, author_id);
