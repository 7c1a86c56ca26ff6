-- The published posts of one resident, newest first: (platform, post_id).
with
shown as (select person_id from residents_shown($blocked::varchar[])),
posts as (select * from snapshot.posts where person_id = $person_id),

of_person as (
    select
        posts.*,
        coalesce(likes, 0) + coalesce(replies, 0) + coalesce(shares, 0) as engagement
    from posts
    semi join shown using (person_id)
)

select
    platform, post_id, author_id, url, text, published_at, likes, replies, shares, relevance, themes,
    engagement
from of_person
order by published_at desc, platform, post_id
limit 500
