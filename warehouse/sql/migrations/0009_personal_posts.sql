-- Which posts may speak of their author, said once.

-- one row per post that counts for its author: (platform, post_id), `row_id` is its place in
-- posts: shown by a source that ranks, or by one that is for members and of a linked account.
-- What only a listening source shows counts for the city, never for the person.
create view personal_posts as
with permitted as (
    select
        coalesce(list(source_id) filter (use = 'rank'), []) as ranking,
        coalesce(list(source_id) filter (use = 'members'), []) as joining,
    from sources
)
select posts.rowid as row_id, posts.*
from posts
where
    list_has_any(source_ids, (select ranking from permitted))
    or (
        list_has_any(source_ids, (select joining from permitted))
        and (platform, author_id) in (select (platform, author_id) from brief_accounts)
    );
