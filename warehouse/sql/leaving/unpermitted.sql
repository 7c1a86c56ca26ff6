-- One row per author of whom only counts may be kept: (platform, author_id).
create temp table unpermitted_authors as
with stored as (
    select platform, author_id from authors
    union
    select platform, from_author_id from edges
    union
    select platform, author_id from author_days
    union
    select platform, author_id from author_theme_days
    union
    select platform, author_id from author_scores
    union
    select platform, author_id from persons
)
select platform, author_id
from stored
anti join permitted_authors using (platform, author_id);
