-- One row per post of a resident since $published_since that counts for them: (platform, post_id).
create table snapshot.posts as
with written as (
    select persons.person_id, posts.*
    from personal_posts as posts
    inner join persons using (platform, author_id)
    semi join snapshot.residents using (person_id)
    where posts.published_at >= $published_since
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
