-- posts given by hand, for reading them without a warehouse: (platform, post_id), by their number
insert into posts by name
select
    'given' as platform,
    post_id::varchar as post_id,
    '' as url,
    to_timestamp(0) as published_at,
    text,
    language,
    hashtags,
    [] as links,
    0 as media_count,
    false as is_reply,
    [] as source_ids,
    to_timestamp(0) as first_observed_at,
    to_timestamp(0) as observed_at,
from given_posts;

create or replace temp table touched_posts as
select
    rowid as row_id, platform, post_id, author_id,
    date '1970-01-01' as day, 'given' as model, true as is_fresh, 0 as batch,
from posts;
