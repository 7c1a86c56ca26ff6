-- One row per author who leaves with everything: (platform, author_id): gone at the source, or
-- among those blocked since the last load ($newly_blocked); twice when both.
create temp table leaving_authors as
with gone as (
    select gone.platform, gone.gone_id as author_id
    from staged_others
    where gone.what = 'author'
),
stored as (
    select platform, author_id from authors
    union
    select platform, author_id from posts
    union
    select platform, from_author_id from edges
    union
    select platform, to_author_id from edges
),
hashed as (
    select
        platform,
        author_id,
        sha256($key || sha256($key || platform || ':' || lower(author_id))) as block_hash,
    from stored
    where len($newly_blocked::varchar[]) > 0
),
blocked as (
    select platform, author_id
    from hashed
    where list_contains($newly_blocked::varchar[], block_hash)
)
select distinct platform, author_id, false as is_blocked from gone
union all
select platform, author_id, true as is_blocked from blocked;
