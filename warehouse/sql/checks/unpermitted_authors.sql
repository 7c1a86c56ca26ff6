-- Nothing is kept of an author whom no source permits to score and no member linked.
with permitted as (
    select platform, author_id from rankable_authors
    union
    select platform, author_id from brief_accounts
)
select platform, author_id
from authors
anti join permitted using (platform, author_id);
