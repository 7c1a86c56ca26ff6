-- One row per post that leaves: (platform, post_id): gone at the source and not seen since, of an
-- author who leaves, older than is kept, or shown by no source that the city still has.
create temp table leaving_posts as
with gone as (
    select posts.platform, posts.post_id
    from posts
    inner join staged_others
        on posts.platform = staged_others.gone.platform
        and posts.post_id = staged_others.gone.gone_id
    where staged_others.gone.what = 'post' and staged_others.gone.observed_at >= posts.observed_at
),
authored as (
    select posts.platform, posts.post_id
    from posts
    semi join leaving_authors using (platform, author_id)
),
old as (
    select platform, post_id from posts where published_at < $keep_since
),
orphaned as (
    select platform, post_id
    from posts
    where $has_lost_source and not list_has_any(source_ids, (select list(source_id) from sources))
)
select platform, post_id from gone
union
select platform, post_id from authored
union
select platform, post_id from old
union
select platform, post_id from orphaned;
