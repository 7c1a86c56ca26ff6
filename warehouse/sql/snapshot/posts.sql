-- One row per post of a resident since $published_since: (platform, post_id), if a source that
-- may speak of persons showed it.
create table snapshot.posts as
with permitted as (
    select list(source_id) as source_ids from sources where use in ('rank', 'members')
),
written as (
    select persons.person_id, posts.*
    from posts
    inner join persons using (platform, author_id)
    semi join snapshot.residents using (person_id)
    where
        posts.published_at >= $published_since
        and list_has_any(posts.source_ids, (select source_ids from permitted))
),
themed as (
    select
        platform,
        post_id,
        list_sort(list(struct_pack(theme, probability))) as themes,
    from post_themes
    semi join written using (platform, post_id)
    where probability >= 0.5
    group by all
)
select
    written.person_id, written.platform, written.post_id, written.author_id, written.url,
    written.text, written.published_at, written.likes, written.replies, written.shares,
    post_relevance.relevance,
    coalesce(themed.themes, []) as themes,
from written
left join post_relevance using (platform, post_id)
left join themed using (platform, post_id)
