-- One row: the author who leaves, in the forms of case in which stores write them.
create temp table leaving_authors as
with stored as (
    select platform, author_id from authors
    union
    select platform, author_id from posts
    union
    select platform, from_author_id from edges
    union
    select platform, to_author_id from edges
    union
    select platform, author_id from persons
    union
    select platform, author_id from author_figures
    union
    select platform, author_id from author_days
    union
    select platform, author_id from brief_accounts
    union
    select platform, author_id from brief_corrections
    union
    select platform, author_id from brief_contacts
    union
    select platform, author_id from brief_invitations
    union
    select platform, author_id from brief_relays
    union
    select platform, author_id from brief_preferences
    union
    select platform, author_id from relay_proposals
)
select platform, author_id
from stored
where platform = $platform and lower(author_id) = lower($author_id);
