-- Posts that might be relayed, occasion by occasion: (occasion_id, platform, post_id).
with
shown as (select * from residents_shown($blocked::varchar[])),
relays as (select * from snapshot.relays),
posts as (select * from snapshot.posts),

proposed as (
    select
        relays.occasion_id, relays.position, relays.person_id, relays.probability,
        relays.evidence, posts.platform, posts.post_id, posts.author_id, posts.url, posts.text,
        posts.published_at, posts.likes, posts.replies, posts.shares, posts.relevance,
        shown.display_name, shown.accounts
    from relays
    inner join posts using (person_id, platform, post_id)
    inner join shown using (person_id)
)

select * from proposed
order by occasion_id, position
