-- No blocked author is stored.
with stored as (
    select platform, author_id from authors
    union
    select platform, author_id from posts where observed_at >= $as_of
    union
    select platform, from_author_id from edges where occurred_at >= $as_of - interval 7 day
),
hashed as (
    select sha256($key || sha256($key || platform || ':' || lower(author_id))) as block_hash
    from stored
    where $count_blocked > 0
)
select block_hash
from hashed
semi join brief_blocked using (block_hash);
