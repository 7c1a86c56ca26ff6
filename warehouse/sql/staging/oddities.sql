-- One row: how many records of $batch cannot be taken as they are, and the bytes that were read.
-- Looser than collectors.records on purpose: what is odd here is read again line by line there.
with odd_posts as (
    select
        count(*) filter (
            is_odd
            or (other is null and (
                platform is null or post_id is null or text is null
                or url is null or published_at is null or observed_at is null
                or hashtags is null or links is null or media_count is null or is_reply is null
                or post_id = '' or author_id = '' or not starts_with(url, 'http')
                or least(media_count, likes, replies, shares, views) < 0
                -- in microseconds: timestamptz + interval asks the calendar, 20 times slower
                or epoch_us(published_at) > epoch_us(observed_at) + 86400000000
                or strlen(text) > 100000
            ))
        ) as count_odd,
        sum(size + 1) as count_bytes,
    from staged
    where batch = $batch
),
odd_authors as (
    select
        count(*) filter (
            is_odd or platform is null or author_id is null or handle is null
            or display_name is null or bio is null or declared_location is null or url is null
            or links is null or observed_at is null or is_declared_automated is null
            or is_declared_organisation is null or author_id = '' or strlen(bio) > 10000
            or least(audience, following, posts) < 0
        ) as count_odd,
    from staged_authors
    where batch = $batch
),
odd_others as (
    select
        count(*) filter (
            is_odd
            or (edge is not null and (
                edge.platform is null or edge.from_author_id is null or edge.post_id is null
                or edge.to_author_id is null or edge.occurred_at is null
                or coalesce(edge.relation not in ('reply', 'mention', 'reshare'), true)
            ))
            or (opening is not null and (
                opening.register_name is null or opening.opening_id is null
                or opening.name is null or opening.activity is null or opening.address is null
                or opening.postcode is null or opening.town is null
                or opening.published_on is null or opening.observed_at is null
            ))
            or (gone is not null and (
                gone.gone_id is null or gone.observed_at is null
                or coalesce(gone.what not in ('post', 'author', 'opening'), true)
            ))
        ) as count_odd,
    from staged_others
    where batch = $batch
)
select
    odd_posts.count_odd + odd_authors.count_odd + odd_others.count_odd as count_odd,
    coalesce(odd_posts.count_bytes, 0) as count_bytes,
from odd_posts, odd_authors, odd_others;
