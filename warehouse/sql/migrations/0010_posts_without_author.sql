-- A platform may show a post and not tell its author (Instagram's official hashtag search): such a
-- post counts for the city, never for a person.

alter table posts alter column author_id drop not null;
-- the sources that told the author, where not all of source_ids did; null: all of them
alter table posts add column named_by varchar[];

-- one row per author that may be scored: (platform, author_id): seen by a source that ranks, or
-- linked by a member and seen by a source that is for members
create or replace view rankable_authors as
with permitted as (
    select
        list(source_id) filter (use = 'rank') as ranking,
        list(source_id) filter (use = 'members') as joining,
    from sources
),
ranked as (
    select distinct platform, author_id
    from posts
    where
        author_id is not null
        and list_has_any(coalesce(named_by, source_ids), (select ranking from permitted))
),
linked as (
    select distinct platform, author_id
    from posts
    semi join brief_accounts using (platform, author_id)
    where list_has_any(coalesce(named_by, source_ids), (select joining from permitted))
)
select platform, author_id from ranked
union
select platform, author_id from linked;

-- one row per post that counts for its author: (platform, post_id), `row_id` is its place in
-- posts: its author is told by a source that ranks, or by one that is for members and of a linked
-- account. What only a listening source tells counts for the city, never for the person.
create or replace view personal_posts as
with permitted as (
    select
        coalesce(list(source_id) filter (use = 'rank'), []) as ranking,
        coalesce(list(source_id) filter (use = 'members'), []) as joining,
    from sources
)
select posts.rowid as row_id, posts.*
from posts
where
    author_id is not null
    and (
        list_has_any(coalesce(named_by, source_ids), (select ranking from permitted))
        or (
            list_has_any(coalesce(named_by, source_ids), (select joining from permitted))
            and (platform, author_id) in (select (platform, author_id) from brief_accounts)
        )
    );
