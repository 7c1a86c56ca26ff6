-- Published posts by id: (platform, post_id).
with
shown as (select * from residents_shown($blocked::varchar[])),
posts as (select * from snapshot.posts where list_contains($post_ids::varchar[], post_id)),

published as (
    select
        posts.person_id, posts.platform, posts.post_id, posts.author_id, posts.url, posts.text,
        posts.published_at, posts.likes, posts.replies, posts.shares, posts.relevance,
        shown.display_name, shown.accounts
    from posts
    inner join shown using (person_id)
)

select * from published
order by platform, post_id
