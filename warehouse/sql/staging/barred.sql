-- One row per author of tonight's landing who must not enter: (platform, author_id).
create temp table barred as
with seen as (
    select distinct platform, author_id from staged where post_id is not null
    union
    select platform, author_id from staged_authors
    union
    select edge.platform, edge.from_author_id from staged_others where edge is not null
    union
    select edge.platform, edge.to_author_id from staged_others where edge is not null
),
hashed as (
    select
        platform,
        author_id,
        sha256($key || sha256($key || platform || ':' || lower(author_id))) as block_hash,
    from seen
    where $count_blocked > 0 -- known before the run: the plan is empty when nobody is blocked
)
select platform, author_id
from hashed
semi join brief_blocked using (block_hash);
